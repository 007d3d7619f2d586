/** The settled part of the wall: bricks that are drawn once, in one layer for each voice they breathe with. */

import { RATIO } from "./layout.js";
import { character, ease, HEATS, TONES, VOICES } from "./light.js";
import { blank, brick, glass } from "./sprites.js";

const BLUR = 8;
const BLEND_MS = 1800;
const STRETCH = 0.8; // lights draw out on water

export class Masonry {
  #layers = [];
  #base = blank(1, 1);
  #sprites = [];
  #glass = blank(1, 1);
  #blend = { whole: blank(1, 1), soft: blank(1, 1) };
  #before = null;
  #blendedAt = -Infinity;
  #view = { scale: 1, x: 0, y: 0 };
  #wall = null;
  #foot = 0;

  /**
   * Make the layers as large as the picture is wide and the wall's place is high.
   *
   * @param {number} width
   * @param {{area: {height: number, top: number}, horizon: number}} frame
   * @param {{scale: number, x: number, y: number}} view
   * @param {{middle: (index: number) => {x: number, y: number}}} wall
   */
  fit(width, frame, view, wall) {
    this.#view = view;
    this.#wall = wall;
    const high = Math.ceil(frame.area.height + 4);
    this.#foot = high;
    if (this.#layers.length === 0 || this.#layers[0].width !== width || this.#layers[0].height !== high) {
      this.#base = blank(width, high);
      this.#layers = Array.from({ length: VOICES }, () => blank(width, high));
    }
    this.#before = null;
    this.#sprites = Array.from({ length: TONES * HEATS }, (_, n) =>
      brick(Math.floor(n / HEATS), view.scale, view.scale / RATIO, (n % HEATS) / (HEATS - 1)),
    );
    this.#glass = glass(view.scale, view.scale / RATIO);
  }

  /** Draw bricks anew. */
  draw(indices) {
    for (const layer of [this.#base, ...this.#layers]) layer.getContext("2d").clearRect(0, 0, layer.width, layer.height);
    this.add(indices);
  }

  /** Draw more bricks; with `now` (ms) the light around them comes slowly. */
  add(indices, now) {
    const pens = this.#layers.map((layer) => layer.getContext("2d"));
    const base = this.#base.getContext("2d");
    const { scale, x } = this.#view;
    const high = scale / RATIO;
    for (const index of indices) {
      const { voice, tone, heat, level } = character(index);
      const at = this.#wall.middle(index);
      const [left, top] = [x + (at.x - 0.5) * scale, this.#foot - at.y * scale - high / 2];
      base.drawImage(this.#glass, left, top, scale, high);
      pens[voice].globalAlpha = level;
      pens[voice].drawImage(this.#sprites[tone * HEATS + heat], left, top, scale, high);
    }
    this.#before = now === undefined ? null : this.#blend;
    this.#blendedAt = now ?? -Infinity;
    this.#blend = this.#blended();
  }

  /** All layers in one, at half size, and the light that they throw. */
  #blended() {
    const [{ width, height }] = this.#layers;
    const whole = blank(width / 2, height / 2);
    const pen = whole.getContext("2d");
    for (const layer of this.#layers) pen.drawImage(layer, 0, 0, whole.width, whole.height);
    const soft = blank(width / BLUR, height / BLUR + 8);
    const light = soft.getContext("2d");
    light.imageSmoothingQuality = "high";
    light.filter = "blur(3px)";
    light.drawImage(whole, 0, 8, soft.width, soft.height - 8);
    return { whole, soft };
  }

  /** The blend, and while it changes the one before: each with its share. */
  #shares(now) {
    const t = this.#before ? ease((now - this.#blendedAt) / BLEND_MS) : 1;
    if (t >= 1) this.#before = null;
    return this.#before ? [[this.#before, 1 - t], [this.#blend, t]] : [[this.#blend, 1]];
  }

  /** The place of the layers in the picture: as drawn, or scaled while the view steps back. */
  #placed(view) {
    const by = view.scale / this.#view.scale;
    const [layer] = this.#layers;
    return { left: view.x - this.#view.x * by, width: layer.width * by, height: this.#foot * by, by };
  }

  /** Paint the wall and the light around it. */
  paint(pen, view, light, now) {
    const { left, width, height, by } = this.#placed(view);
    const top = view.y - height;
    pen.globalAlpha = 1;
    pen.drawImage(this.#base, left, top, width, height);
    this.#layers.forEach((layer, voice) => {
      pen.globalAlpha = light(voice);
      pen.drawImage(layer, left, top, width, height);
    });
    pen.globalCompositeOperation = "lighter";
    for (const [{ soft }, share] of this.#shares(now)) {
      pen.globalAlpha = 0.62 * share;
      pen.drawImage(soft, left, top - 8 * BLUR * by, width, height + 8 * BLUR * by);
    }
    pen.globalCompositeOperation = "source-over";
    pen.globalAlpha = 1;
  }

  /** Paint one strip of the wall's mirror image, `depth` pixels below the horizon; `alpha` of its sharp part. */
  mirror(pen, view, horizon, depth, strip, sway, alpha, now) {
    const { left, width, by } = this.#placed(view);
    for (const [{ whole, soft }, share] of this.#shares(now)) {
      const sharp = { left, width, horizon, depth, strip, sway, alpha: alpha * share };
      pen.globalCompositeOperation = "source-over";
      this.#strip(pen, whole, whole.height / this.#foot, by, sharp);
      pen.globalCompositeOperation = "lighter";
      this.#strip(pen, soft, 1 / BLUR, by, { ...sharp, sway: 0, alpha: alpha * share });
    }
    pen.globalCompositeOperation = "source-over";
  }

  #strip(pen, source, scale, by, { left, width, horizon, depth, strip, sway, alpha }) {
    const rows = (strip / by) * scale * STRETCH;
    const from = source.height - ((depth + strip) / by) * scale * STRETCH;
    if (from < 0 || alpha <= 0) return;
    pen.globalAlpha = alpha;
    pen.drawImage(source, 0, from, source.width, rows, left + sway, horizon + depth, width, strip);
  }

  /** Paint one brick by itself. */
  brick(pen, x, y, view, { tone, heat }, alpha, glassy = 0) {
    if (alpha <= 0.004) return;
    const high = view.scale / RATIO;
    pen.globalAlpha = glassy;
    if (glassy) pen.drawImage(this.#glass, x - view.scale / 2, y - high / 2, view.scale, high);
    pen.globalAlpha = Math.min(1, alpha);
    pen.drawImage(this.#sprites[tone * HEATS + heat], x - view.scale / 2, y - high / 2, view.scale, high);
    pen.globalAlpha = 1;
  }
}
