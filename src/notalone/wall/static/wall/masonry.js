/** The settled part of the wall: bricks that are drawn once, in one layer for each voice they breathe with. */

import { RATIO } from "./layout.js";
import { character, TONES, VOICES } from "./light.js";
import { blank, brick } from "./sprites.js";

const BLUR = 8;

export class Masonry {
  #layers = [];
  #sprites = [];
  #whole = blank(1, 1);
  #soft = blank(1, 1);
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
      this.#layers = Array.from({ length: VOICES }, () => blank(width, high));
      this.#whole = blank(width / 2, high / 2);
      this.#soft = blank(width / BLUR, high / BLUR + 8);
    }
    this.#sprites = Array.from({ length: TONES }, (_, tone) => brick(tone, view.scale, view.scale / RATIO));
  }

  /** Draw bricks anew. */
  draw(indices) {
    for (const layer of this.#layers) layer.getContext("2d").clearRect(0, 0, layer.width, layer.height);
    this.add(indices);
  }

  /** Draw more bricks. */
  add(indices) {
    const pens = this.#layers.map((layer) => layer.getContext("2d"));
    const { scale, x } = this.#view;
    const high = scale / RATIO;
    for (const index of indices) {
      const { voice, tone, level } = character(index);
      const at = this.#wall.middle(index);
      pens[voice].globalAlpha = level;
      pens[voice].drawImage(
        this.#sprites[tone], x + (at.x - 0.5) * scale, this.#foot - at.y * scale - high / 2, scale, high,
      );
    }
    this.#blend();
  }

  #blend() {
    const whole = this.#whole.getContext("2d");
    whole.clearRect(0, 0, this.#whole.width, this.#whole.height);
    for (const layer of this.#layers) whole.drawImage(layer, 0, 0, this.#whole.width, this.#whole.height);
    const soft = this.#soft.getContext("2d");
    soft.clearRect(0, 0, this.#soft.width, this.#soft.height);
    soft.imageSmoothingQuality = "high";
    soft.filter = "blur(2px)";
    soft.drawImage(this.#whole, 0, 8, this.#soft.width, this.#soft.height - 8);
    soft.filter = "none";
  }

  /** The place of the layers in the picture: as drawn, or scaled while the view steps back. */
  #placed(view) {
    const by = view.scale / this.#view.scale;
    const [layer] = this.#layers;
    return { left: view.x - this.#view.x * by, width: layer.width * by, height: this.#foot * by, by };
  }

  /** Paint the wall and the light around it. */
  paint(pen, view, light) {
    const { left, width, height, by } = this.#placed(view);
    const top = view.y - height;
    this.#layers.forEach((layer, voice) => {
      pen.globalAlpha = light(voice);
      pen.drawImage(layer, left, top, width, height);
    });
    pen.globalCompositeOperation = "lighter";
    pen.globalAlpha = 0.5;
    pen.drawImage(this.#soft, left, top - 8 * BLUR * by, width, height + 8 * BLUR * by);
    pen.globalCompositeOperation = "source-over";
    pen.globalAlpha = 1;
  }

  /** Paint one strip of the wall's mirror image, `depth` pixels below the horizon. */
  mirror(pen, view, horizon, depth, strip, sway) {
    const { left, width, by } = this.#placed(view);
    const source = this.#whole;
    const rows = (strip / by) * 0.5;
    const from = source.height - ((depth + strip) / by) * 0.5 * 1.15;
    if (from < 0 || rows <= 0) return;
    pen.drawImage(source, 0, from, source.width, rows, left + sway, horizon + depth, width, strip);
  }

  /** Paint one brick by itself. */
  brick(pen, x, y, view, tone, alpha) {
    if (alpha <= 0.004) return;
    const high = view.scale / RATIO;
    pen.globalAlpha = Math.min(1, alpha);
    pen.drawImage(this.#sprites[tone], x - view.scale / 2, y - high / 2, view.scale, high);
    pen.globalAlpha = 1;
  }
}
