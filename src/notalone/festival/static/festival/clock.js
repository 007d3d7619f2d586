/**
 * The server's clock, as far as answers tell it.
 *
 * An answer's `Date` says the server's second D somewhere between asking and answering, so the offset
 * (server minus browser) lies between D - answered and D + 1000 - asked. Many answers narrow the interval.
 * A kiosk whose clock is minutes off would otherwise send moments that count but fire no cue.
 */

/**
 * @typedef {{low: number, high: number}} Bounds bounds of the offset in milliseconds
 */

/** @type {Bounds} */
export const UNKNOWN = Object.freeze({ low: -Infinity, high: Infinity });

/**
 * Take one answer into account.
 *
 * @param {Bounds} bounds
 * @param {number} asked browser's time of the request, ms
 * @param {number} answered browser's time of the answer, ms
 * @param {string | null} date the answer's `Date` header
 * @returns {Bounds}
 */
export function learn(bounds, asked, answered, date) {
  const second = Date.parse(date ?? "");
  if (Number.isNaN(second) || answered < asked) return bounds;
  const seen = { low: second - answered, high: second + 1000 - asked };
  const low = Math.max(bounds.low, seen.low);
  const high = Math.min(bounds.high, seen.high);
  return low <= high ? { low, high } : seen;
}

/**
 * Return the best guess of the offset, 0 while nothing is known.
 *
 * @param {Bounds} bounds
 * @returns {number} milliseconds to add to the browser's time
 */
export function offset(bounds) {
  return Number.isFinite(bounds.low) && Number.isFinite(bounds.high) ? (bounds.low + bounds.high) / 2 : 0;
}
