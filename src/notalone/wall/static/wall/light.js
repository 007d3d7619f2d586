/**
 * The wall's light as functions of time: slow, never a flash (docs: SAFETY, Light).
 *
 * Every change here takes at least SLOWEST_RISE_MS from dark to bright, and what breathes does so less than once
 * in six seconds, far below three flashes a second.
 */

export const VOICES = 5;
export const TONES = 6;
export const HEATS = 4;
export const FLIGHT_MS = 2200;
export const CALM_FLIGHT_MS = 1200;
export const SETTLE_MS = 1800;
const BREATHS_MS = [6700, 7900, 9100, 10700, 12300];
const DEPTH = 0.16;

/**
 * Return a number in 0..1 that belongs to brick `index` and stays the same (a hash; integers up to 2**31).
 *
 * @param {number} index
 * @param {number} salt
 */
export function chance(index, salt = 0) {
  let h = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32;
}

/** Return which of the wall's voices brick `index` breathes with, its tone, how white it glows and how bright. */
export function character(index) {
  const drawn = chance(index, 3) ** 1.7;
  return {
    voice: Math.floor(chance(index, 1) * VOICES),
    tone: Math.floor(chance(index, 2) * TONES),
    heat: Math.min(HEATS - 1, Math.floor(drawn * HEATS)),
    level: 0.34 + 0.66 * drawn,
  };
}

/**
 * Return the light of a voice at a time: 1 - 2 * DEPTH to 1.
 *
 * @param {number} voice
 * @param {number} now ms
 * @param {boolean} still reduced motion: no breathing
 */
export function breath(voice, now, still) {
  if (still) return 1 - DEPTH;
  return 1 - DEPTH + DEPTH * Math.sin((2 * Math.PI * now) / BREATHS_MS[voice] + voice * 1.7);
}

/** Ease in and out, 0..1 → 0..1, with no jump in speed. */
export function ease(t) {
  const x = Math.min(1, Math.max(0, t));
  return x * x * (3 - 2 * x);
}

/**
 * Return how bright a brick is after it was laid: it swells, lingers above its rest, and joins the glow.
 *
 * @param {number} age ms since it landed
 * @returns {{light: number, halo: number}} light 0..1 of the brick, halo 0..1 around it
 */
export function settling(age) {
  const light = ease(age / SETTLE_MS);
  const halo = ease(age / SETTLE_MS) * (1 - ease((age - SETTLE_MS - 3200) / 2600));
  return { light, halo };
}

/**
 * Return the way of a point of light: a slow arc from the sea to its place.
 *
 * @param {{x: number, y: number}} from
 * @param {{x: number, y: number}} to
 * @param {number} t 0..1
 */
export function flight(from, to, t) {
  const e = ease(t);
  const lift = Math.min(260, Math.abs(to.y - from.y) * 0.55 + 60);
  const top = { x: (from.x + to.x) / 2, y: Math.min(from.y, to.y) - lift };
  const a = (1 - e) * (1 - e);
  const b = 2 * (1 - e) * e;
  const c = e * e;
  return { x: a * from.x + b * top.x + c * to.x, y: a * from.y + b * top.y + c * to.y };
}
