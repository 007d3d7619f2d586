/** Small pictures drawn once: a brick of light in each tone, a point of light, the night and the sea. */

import { chance } from "./light.js";

const TONES = [
  ["#fff1cf", "#ffbf5e", "#d9822b"],
  ["#fff6df", "#ffd083", "#e09a3c"],
  ["#ffe9cb", "#ffab5c", "#cf6f2a"],
  ["#fffaea", "#ffe0a0", "#e0ac55"],
  ["#ffe4d2", "#ff9c70", "#c8603c"],
  ["#fff0c6", "#f8a53a", "#c47a1c"],
];

/** Return an empty canvas of at least one pixel. */
export function blank(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.ceil(width));
  canvas.height = Math.max(1, Math.ceil(height));
  return canvas;
}

function mixed(hex, alpha) {
  const n = parseInt(hex.slice(1), 16);
  return `rgba(${n >> 16},${(n >> 8) & 255},${n & 255},${alpha})`;
}

/**
 * Draw a brick of light.
 *
 * @param {number} tone
 * @param {number} width pixels, the joint included
 * @param {number} height pixels, the joint included
 * @returns {HTMLCanvasElement} as large as the brick with its joint
 */
export function brick(tone, width, height) {
  const canvas = blank(width, height);
  const pen = canvas.getContext("2d");
  const [core, body, edge] = TONES[tone];
  const joint = Math.max(0.6, height * 0.075);
  const [w, h] = [width - joint, height - joint];
  if (h < 5) {
    pen.fillStyle = mixed(body, 0.85);
    pen.fillRect(joint / 2, joint / 2, w, h);
    return canvas;
  }
  pen.beginPath();
  pen.roundRect(joint / 2, joint / 2, w, h, Math.min(h * 0.2, 14));
  pen.save();
  pen.clip();
  const glass = pen.createLinearGradient(0, 0, 0, height);
  glass.addColorStop(0, mixed(body, 0.78));
  glass.addColorStop(0.5, mixed(body, 0.62));
  glass.addColorStop(1, mixed(edge, 0.72));
  pen.fillStyle = glass;
  pen.fillRect(0, 0, width, height);
  pen.translate(width / 2, height * 0.52);
  pen.scale(1, h / w);
  const lamp = pen.createRadialGradient(0, 0, 0, 0, 0, w * 0.56);
  lamp.addColorStop(0, mixed(core, 0.92));
  lamp.addColorStop(0.32, mixed(core, 0.5));
  lamp.addColorStop(1, mixed(body, 0));
  pen.fillStyle = lamp;
  pen.fillRect(-w, -w, 2 * w, 2 * w);
  pen.restore();
  pen.lineWidth = Math.max(0.7, h * 0.028);
  pen.strokeStyle = mixed(core, 0.55);
  pen.stroke();
  return canvas;
}

/** Draw a soft round glow; `core` 0..1 is how large its bright middle is. */
export function glow(size, colour, core) {
  const canvas = blank(size, size);
  const pen = canvas.getContext("2d");
  const light = pen.createRadialGradient(size / 2, size / 2, 0, size / 2, size / 2, size / 2);
  light.addColorStop(0, core ? "rgba(255,248,230,1)" : mixed(colour, 0.6));
  if (core) light.addColorStop(core, mixed(colour, 0.75));
  light.addColorStop(Math.max(0.45, core), mixed(colour, 0.16));
  light.addColorStop(0.75, mixed(colour, 0.04));
  light.addColorStop(1, mixed(colour, 0));
  pen.fillStyle = light;
  pen.fillRect(0, 0, size, size);
  return canvas;
}

/**
 * Draw the night, its stars, and the sea below the horizon.
 *
 * @param {number} width
 * @param {number} height
 * @param {number} horizon pixels from the top
 * @param {number} unit pixels of the device in one of the page
 */
export function night(width, height, horizon, unit) {
  const canvas = blank(width, height);
  const pen = canvas.getContext("2d");
  const sky = pen.createLinearGradient(0, 0, 0, horizon);
  sky.addColorStop(0, "#060d1a");
  sky.addColorStop(0.45, "#0a1829");
  sky.addColorStop(0.8, "#123049");
  sky.addColorStop(1, "#23475a");
  pen.fillStyle = sky;
  pen.fillRect(0, 0, width, horizon);
  stars(pen, width, horizon, unit);
  const sea = pen.createLinearGradient(0, horizon, 0, height);
  sea.addColorStop(0, "#15364a");
  sea.addColorStop(0.12, "#0d2436");
  sea.addColorStop(1, "#050b15");
  pen.fillStyle = sea;
  pen.fillRect(0, horizon, width, height - horizon);
  waves(pen, width, horizon, height, unit);
  return canvas;
}

function stars(pen, width, horizon, unit) {
  const many = Math.round((width * horizon) / (9000 * unit * unit));
  for (let n = 0; n < many; n += 1) {
    const deep = chance(n, 11) ** 1.6;
    pen.globalAlpha = (0.12 + 0.5 * chance(n, 13) ** 3) * (1 - deep * 0.8);
    pen.fillStyle = chance(n, 14) > 0.8 ? "#ffe6bd" : "#cfe3f5";
    const size = unit * (0.5 + chance(n, 15) ** 4 * 1.1);
    pen.beginPath();
    pen.arc(chance(n, 10) * width, deep * horizon * 0.9, size, 0, 2 * Math.PI);
    pen.fill();
  }
  pen.globalAlpha = 1;
}

function waves(pen, width, horizon, height, unit) {
  const depth = height - horizon;
  for (let n = 0; n < 130; n += 1) {
    const near = chance(n, 21) ** 1.5;
    const y = horizon + 2 * unit + near * depth;
    const long = unit * (12 + near * 90) * (0.5 + chance(n, 23));
    pen.globalAlpha = 0.05 + 0.07 * chance(n, 24) * (1 - near * 0.6);
    pen.fillStyle = "#8fb6c9";
    pen.beginPath();
    pen.ellipse(chance(n, 22) * width, y, long / 2, unit * (0.4 + near * 0.9), 0, 0, 2 * Math.PI);
    pen.fill();
  }
  pen.globalAlpha = 1;
}
