/** Light on its way and around things, added to what is there. */

import { ease } from "./light.js";

const TRAIL = 44;
const TRAIL_STEP = 0.0055;

/** Add a glow around a point. */
export function glimmer(pen, sprite, x, y, width, height, alpha) {
  if (alpha <= 0.004) return;
  pen.globalCompositeOperation = "lighter";
  pen.globalAlpha = alpha;
  pen.drawImage(sprite, x - width / 2, y - height / 2, width, height);
  pen.globalCompositeOperation = "source-over";
  pen.globalAlpha = 1;
}

/**
 * Add a point of light with the trail it leaves.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {CanvasImageSource} sprite
 * @param {(t: number) => {x: number, y: number}} way
 * @param {number} t how far it is, 0..1
 * @param {number} unit pixels of the device in one of the page
 */
export function comet(pen, sprite, way, t, unit) {
  const dawn = ease(t * 5);
  for (let n = TRAIL; n >= 0; n -= 1) {
    const then = t - n * TRAIL_STEP;
    if (then < 0) continue;
    const { x, y } = way(then);
    const size = (n ? 34 * (1 - n / TRAIL) + 5 : 84) * unit;
    glimmer(pen, sprite, x, y, size, size, (n ? 0.3 * (1 - n / (TRAIL + 1)) : 1) * dawn);
  }
}
