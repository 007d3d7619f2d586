/** Small pictures drawn once: a brick of light in each tone, a point of light, the night and the sea. */

import { chance } from "./light.js";

const TONES = [
  ["#fff0c9", "#ffb649", "#c9701c"],
  ["#fff4d8", "#ffc866", "#d6892c"],
  ["#ffe6c0", "#ff9f45", "#b95a1a"],
  ["#fff9e6", "#ffdc94", "#dca044"],
  ["#ffdfc4", "#ff8a54", "#b04f2c"],
  ["#ffedbd", "#f79a2a", "#b8640f"],
];

/** Return an empty canvas of at least one pixel. */
export function blank(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.ceil(width));
  canvas.height = Math.max(1, Math.ceil(height));
  return canvas;
}

const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const mixed = (hex, alpha) => `rgba(${parts(hex).join(",")},${alpha})`;

function between(from, to, t) {
  const end = parts(to);
  const both = parts(from).map((one, n) => Math.round(one + (end[n] - one) * t));
  return `#${both.map((one) => one.toString(16).padStart(2, "0")).join("")}`;
}

/** Trace a brick of a size, its joint left free; returns the pen's measures. */
function outline(pen, width, height) {
  const joint = Math.max(0.6, height * 0.085);
  const [w, h] = [width - joint, height - joint];
  pen.beginPath();
  pen.roundRect(joint / 2, joint / 2, w, h, Math.min(h * 0.2, 14));
  return { w, h };
}

/** Draw the warm dark glass that every brick is made of. */
export function glass(width, height) {
  const canvas = blank(width, height);
  const pen = canvas.getContext("2d");
  const { h } = outline(pen, width, height);
  const shade = pen.createLinearGradient(0, 0, 0, height);
  shade.addColorStop(0, "rgba(92,52,22,0.94)");
  shade.addColorStop(1, "rgba(52,27,14,0.94)");
  pen.fillStyle = shade;
  pen.fill();
  if (h > 8) {
    pen.lineWidth = Math.max(0.6, h * 0.03);
    pen.strokeStyle = "rgba(255,196,120,0.22)";
    pen.stroke();
  }
  return canvas;
}

/**
 * Draw the light in a brick.
 *
 * @param {number} tone
 * @param {number} width pixels, the joint included
 * @param {number} height pixels, the joint included
 * @param {number} heat 0..1: how white its core is; a faint light is ember through and through
 * @returns {HTMLCanvasElement} as large as the brick with its joint
 */
export function brick(tone, width, height, heat) {
  const canvas = blank(width, height);
  const pen = canvas.getContext("2d");
  const [white, body, edge] = TONES[tone];
  const core = between(body, white, heat);
  const { w, h } = outline(pen, width, height);
  if (h < 5) {
    pen.fillStyle = mixed(body, 0.95);
    pen.fill();
    return canvas;
  }
  pen.save();
  pen.clip();
  pen.translate(width / 2, height * 0.53);
  pen.scale(1, (h / w) * 1.25);
  const lamp = pen.createRadialGradient(0, 0, 0, 0, 0, w * 0.6);
  lamp.addColorStop(0, mixed(core, 1));
  lamp.addColorStop(0.22, mixed(core, 0.88));
  lamp.addColorStop(0.55, mixed(body, 0.86));
  lamp.addColorStop(1, mixed(edge, 0.72));
  pen.fillStyle = lamp;
  pen.fillRect(-w, -w, 2 * w, 2 * w);
  pen.restore();
  outline(pen, width, height);
  pen.lineWidth = Math.max(0.7, h * 0.026);
  pen.strokeStyle = mixed(core, 0.42);
  pen.stroke();
  return canvas;
}

/** Draw a soft round glow that fades like a bell curve; `core` 0..1 is how large its bright middle is. */
export function glow(size, colour, core) {
  const canvas = blank(size, size);
  const pen = canvas.getContext("2d");
  const light = pen.createRadialGradient(size / 2, size / 2, 0, size / 2, size / 2, size / 2);
  for (let n = 0; n <= 24; n += 1) {
    const r = n / 24;
    const bell = Math.max(0, (Math.exp(-5.5 * r * r) - Math.exp(-5.5)) / (1 - Math.exp(-5.5)));
    light.addColorStop(r, r < core ? mixed("#fff3da", 1) : mixed(colour, 0.75 * bell));
  }
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
  sea.addColorStop(0, "#123044");
  sea.addColorStop(0.1, "#0b1f30");
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
