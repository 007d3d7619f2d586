/** Paints the plan: floors that catch the light, halos that add up, and the lamps themselves. */

import { encode, fit, floors, means } from "./plan.js";

const SOFT = 4; // halos are painted small and stretched: soft, and cheap on a 4-m wall
const HALO_M = 3.1;
const PIXEL_HALO_M = 1.4;

const css = (r, g, b, alpha = 1) => `rgb(${r} ${g} ${b} / ${alpha})`;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{cells: number[][], places: {id: string}[]}} plan
 */
export function painter(canvas, plan) {
  const screen = canvas.getContext("2d");
  const halo = document.createElement("canvas");
  const soft = halo.getContext("2d");
  const ground = floors(plan.cells, plan.places.length);
  let to = null;
  let ratio = 1;

  /** Fit the plan into a box, in CSS pixels. Returns the floors in CSS pixels. */
  function resize(width, height, box) {
    ratio = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    halo.width = Math.ceil(width / SOFT);
    halo.height = Math.ceil(height / SOFT);
    to = fit(plan.cells, ground, box);
    return ground.map((f) => ({ left: to.x(f.left), right: to.x(f.right), top: to.y(f.back), bottom: to.y(f.front) }));
  }

  function paintFloors(shown) {
    const light = means(plan.cells, plan.places.length, shown);
    ground.forEach((f, i) => {
      if (!Number.isFinite(f.left)) return;
      const [left, top] = [to.x(f.left), to.y(f.back)];
      const [width, height] = [to.x(f.right) - left, to.y(f.front) - top];
      const [r, g, b] = light[i].map(encode);
      screen.beginPath();
      screen.roundRect(left, top, width, height, 0.55 * to.scale);
      screen.fillStyle = css(9, 17, 30);
      screen.fill();
      screen.fillStyle = css(r, g, b, 0.13);
      screen.fill();
      screen.lineWidth = Math.max(1, 0.035 * to.scale);
      screen.strokeStyle = css(60 + r / 3, 84 + g / 3, 112 + b / 3, 0.5);
      screen.stroke();
    });
  }

  function paintHalos(shown) {
    soft.setTransform(1 / SOFT, 0, 0, 1 / SOFT, 0, 0);
    soft.globalCompositeOperation = "source-over";
    soft.clearRect(0, 0, halo.width * SOFT, halo.height * SOFT);
    soft.globalCompositeOperation = "lighter";
    plan.cells.forEach(([x, y, , width], i) => {
      const [r, g, b] = [encode(shown[3 * i]), encode(shown[3 * i + 1]), encode(shown[3 * i + 2])];
      if (r + g + b < 6) return;
      const radius = (width ? PIXEL_HALO_M : HALO_M) * to.scale;
      const [cx, cy] = [to.x(x), to.y(y)];
      const fall = soft.createRadialGradient(cx, cy, 0, cx, cy, radius);
      const strength = width ? 0.26 : 0.66;
      fall.addColorStop(0, css(r, g, b, strength));
      fall.addColorStop(0.25, css(r, g, b, strength * 0.5));
      fall.addColorStop(0.6, css(r, g, b, strength * 0.12));
      fall.addColorStop(1, css(r, g, b, 0));
      soft.fillStyle = fall;
      soft.fillRect(cx - radius, cy - radius, 2 * radius, 2 * radius);
    });
    screen.globalCompositeOperation = "lighter";
    screen.imageSmoothingQuality = "high";
    screen.drawImage(halo, 0, 0, halo.width * SOFT, halo.height * SOFT);
    screen.globalCompositeOperation = "source-over";
  }

  function paintLamps(shown) {
    plan.cells.forEach(([x, y, , width], i) => {
      const [r, g, b] = [encode(shown[3 * i]), encode(shown[3 * i + 1]), encode(shown[3 * i + 2])];
      const [cx, cy] = [to.x(x), to.y(y)];
      screen.beginPath();
      if (width) {
        const [w, h] = [0.84 * width * to.scale, 0.42 * to.scale];
        screen.roundRect(cx - w / 2, cy - h / 2, w, h, 0.05 * to.scale);
      } else {
        screen.arc(cx, cy, 0.27 * to.scale, 0, 2 * Math.PI);
      }
      const dark = 1 - Math.max(r, g, b) / 255; // an unlit lamp is still there to be seen
      screen.fillStyle = css(r + 14 * dark, g + 22 * dark, b + 36 * dark);
      screen.fill();
      if (!width) {
        screen.beginPath();
        screen.arc(cx, cy, 0.13 * to.scale, 0, 2 * Math.PI);
        screen.fillStyle = css(r + (255 - r) * 0.45, g + (255 - g) * 0.45, b + (255 - b) * 0.45, (r + g + b) / 765);
        screen.fill();
      }
    });
  }

  /** Paint light; `shown` has three numbers of 0 to 255 a cell, linear. */
  function paint(shown) {
    screen.setTransform(ratio, 0, 0, ratio, 0, 0);
    screen.fillStyle = css(5, 10, 19);
    screen.fillRect(0, 0, canvas.width / ratio, canvas.height / ratio);
    paintFloors(shown);
    paintHalos(shown);
    paintLamps(shown);
  }

  return { resize, paint };
}
