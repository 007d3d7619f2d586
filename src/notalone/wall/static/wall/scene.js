/** The wall of light on a 2-D canvas: the night, the sea, bricks that glow, and points of light on their way. */

import { camera, frameOf, wallOf } from "./layout.js";
import { breath, CALM_FLIGHT_MS, character, chance, ease, flight, FLIGHT_MS, HEATS, settling, SETTLE_MS } from "./light.js";
import { Masonry } from "./masonry.js";
import { comet, glimmer } from "./sparks.js";
import { glow, night } from "./sprites.js";

const ZOOM_MS = 2600;
const FADE_MS = 1400;
const FRESH_MS = SETTLE_MS + 6000;
const STRIP = 4;

export class Scene {
  #canvas;
  #pen;
  #unit = 1;
  #count = 0;
  #fresh = [];
  #flights = [];
  #spot = null;
  #zoom = null;
  #fading = null;
  #masonry = new Masonry();
  #cost = { sum: 0, most: 0, frames: 0 };

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas, count) {
    this.#canvas = canvas;
    this.#pen = canvas.getContext("2d", { alpha: false });
    this.#count = count;
    this.resize();
  }

  /** How many bricks stand, those that still fly left out. */
  get count() {
    return this.#count;
  }

  /** How long a brick flies. */
  flightTime(calm) {
    return calm ? CALM_FLIGHT_MS : FLIGHT_MS;
  }

  /** Fit the picture to its place. */
  resize() {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    this.#unit = Math.min(devicePixelRatio || 1, width > 1000 ? 1.5 : 2);
    this.#canvas.width = Math.max(1, Math.round(width * this.#unit));
    this.#canvas.height = Math.max(1, Math.round(height * this.#unit));
    const frame = frameOf(this.#canvas.width, this.#canvas.height);
    Object.assign(this, { frame, wall: wallOf(frame.area.width / frame.area.height) });
    this.sky = night(this.#canvas.width, this.#canvas.height, frame.horizon, this.#unit);
    this.halo = glow(256, "#ffb35c", 0);
    this.point = glow(96, "#ffb955", 0.1);
    this.view = this.#viewFor(this.#count + this.#flights.length);
    this.#zoom = null;
    this.#masonry.fit(this.#canvas.width, frame, this.view, this.wall);
    this.#masonry.draw(this.#settled());
  }

  #viewFor(count) {
    return camera(this.wall.box(count), this.frame.area, this.frame.largest);
  }

  #settled() {
    const fresh = new Set(this.#fresh.map((one) => one.index));
    return [...Array(this.#count).keys()].filter((index) => !fresh.has(index));
  }

  /** Let a brick fly in. Returns its index. */
  launch(now, calm) {
    const index = this.#count + this.#flights.length;
    const last = now + this.flightTime(calm);
    this.#flights.push({ index, since: now, until: last, calm, from: chance(index, 5) });
    this.#look(now, calm);
    return index;
  }

  /** One brick fewer: the wall closes the gap. */
  drop(now, calm) {
    if (this.#count === 0) return;
    this.#count -= 1;
    this.#fresh = this.#fresh.filter((one) => one.index < this.#count);
    for (const one of this.#flights) one.index -= 1;
    this.#look(now, calm);
    this.#masonry.draw(this.#settled());
  }

  /** Step back, or closer, where the wall's size asks for it. */
  #look(now, calm) {
    const to = this.#viewFor(this.#count + this.#flights.length);
    if (Math.abs(to.scale - (this.#zoom?.to ?? this.view).scale) < 0.01) return;
    if (calm) {
      this.#fading = { since: now, picture: this.#snapshot() };
      this.#settleView(to);
      return;
    }
    this.#zoom = { from: this.view, to, since: now };
  }

  #snapshot() {
    const copy = document.createElement("canvas");
    copy.width = this.#canvas.width;
    copy.height = this.#canvas.height;
    copy.getContext("2d").drawImage(this.#canvas, 0, 0);
    return copy;
  }

  #settleView(to) {
    this.view = to;
    this.#zoom = null;
    this.#masonry.fit(this.#canvas.width, this.frame, to, this.wall);
    this.#masonry.draw(this.#settled());
  }

  /** Let the light rest on brick `index` while its message is read; null: on none. */
  spot(index, now) {
    if (index === null) {
      if (this.#spot) this.#spot.until = now;
      return;
    }
    this.#spot = { index, since: now, until: Infinity };
  }

  /** Where the middle of brick `index` is, in pixels of the page. */
  placeOf(index) {
    const { x, y } = this.#on(index);
    return { x: x / this.#unit, y: y / this.#unit };
  }

  #on(index) {
    const { x, y } = this.wall.middle(index);
    return { x: this.view.x + x * this.view.scale, y: this.view.y - y * this.view.scale };
  }

  /** The cost of the frames since the last call, in ms. */
  cost() {
    const { sum, most, frames } = this.#cost;
    this.#cost = { sum: 0, most: 0, frames: 0 };
    return { mean: frames ? sum / frames : 0, most, frames };
  }

  /** Draw one frame. */
  draw(now, calm) {
    const began = performance.now();
    this.#advance(now);
    const pen = this.#pen;
    pen.globalAlpha = 1;
    pen.globalCompositeOperation = "source-over";
    pen.drawImage(this.sky, 0, 0);
    this.#haze();
    this.#mirror(now, calm);
    this.#masonry.paint(pen, this.view, (voice) => breath(voice, now, calm), now);
    for (const one of this.#fresh) this.#freshBrick(one, now, calm);
    this.#spotLight(now);
    for (const one of this.#flights) this.#flying(one, now);
    if (this.#fading) this.#fade(now);
    const took = performance.now() - began;
    this.#cost.sum += took;
    this.#cost.most = Math.max(this.#cost.most, took);
    this.#cost.frames += 1;
  }

  #advance(now) {
    if (this.#zoom) {
      const t = ease((now - this.#zoom.since) / ZOOM_MS);
      const { from, to } = this.#zoom;
      this.view = { ...to, scale: from.scale * (to.scale / from.scale) ** t, x: from.x + (to.x - from.x) * t };
      if (t >= 1) this.#settleView(to);
    }
    while (this.#flights.length && now >= this.#flights[0].until) {
      const landed = this.#flights.shift();
      this.#count += 1;
      this.#fresh.push({ index: landed.index, since: landed.until });
    }
    const rested = this.#fresh.filter((one) => now - one.since >= FRESH_MS);
    if (rested.length && !this.#zoom) {
      this.#fresh = this.#fresh.filter((one) => now - one.since < FRESH_MS);
      this.#masonry.add(rested.map((one) => one.index), now);
    }
  }

  #haze() {
    const { width } = this.#canvas;
    const strength = this.#count ? Math.min(0.7, 0.12 + 0.17 * Math.log10(1 + this.#count)) : 0.06;
    const wide = Math.min(width * 1.5, this.wall.box(this.#count).width * this.view.scale * 1.5 + width * 0.25);
    glimmer(this.#pen, this.halo, this.view.x, this.frame.horizon, wide, this.frame.area.height * 1.7, strength);
  }

  #mirror(now, calm) {
    const pen = this.#pen;
    const { horizon } = this.frame;
    const depth = this.#canvas.height - horizon;
    const step = STRIP * this.#unit;
    for (let y = 0; y < depth; y += step) {
      const near = y / depth;
      const alpha = 0.5 * (1 - near) ** 1.5;
      const swell = Math.sin(y * 0.09 + (calm ? 0 : now / 1500)) + 0.6 * Math.sin(y * 0.31 - (calm ? 0 : now / 1100));
      this.#masonry.mirror(pen, this.view, horizon, y, step, swell * (0.6 + near * 9) * this.#unit, alpha, now);
    }
    pen.globalCompositeOperation = "source-over";
    pen.globalAlpha = 1;
  }

  #freshBrick({ index, since }, now, calm) {
    const { light, halo } = settling(now - since);
    const own = character(index);
    const { x, y } = this.#on(index);
    this.#masonry.brick(this.#pen, x, y, this.view, own, light * own.level * breath(own.voice, now, calm), light);
    this.#ring(x, y, halo * 0.55);
  }

  #ring(x, y, alpha) {
    const wide = Math.max(this.view.scale * 3, 150 * this.#unit);
    glimmer(this.#pen, this.halo, x, y, wide, wide * 0.72, alpha);
  }

  #spotLight(now) {
    if (!this.#spot) return;
    const { index, since, until } = this.#spot;
    if (now - until > FADE_MS) {
      this.#spot = null;
      return;
    }
    const alpha = ease((now - since) / FADE_MS) * (1 - ease((now - until) / FADE_MS));
    const { x, y } = this.#on(index);
    this.#masonry.brick(this.#pen, x, y, this.view, { tone: 3, heat: HEATS - 1 }, alpha * 0.8);
    this.#ring(x, y, alpha * 0.6);
  }

  #flying({ index, since, until, calm, from }, now) {
    if (calm) return;
    const to = this.#on(index);
    const start = { x: (0.12 + 0.76 * from) * this.#canvas.width, y: this.#canvas.height + 30 * this.#unit };
    const t = (now - since) / (until - since);
    comet(this.#pen, this.point, (then) => flight(start, to, then), t, this.#unit);
  }

  #fade(now) {
    const t = (now - this.#fading.since) / FADE_MS;
    if (t >= 1) {
      this.#fading = null;
      return;
    }
    this.#pen.globalAlpha = 1 - ease(t);
    this.#pen.drawImage(this.#fading.picture, 0, 0);
    this.#pen.globalAlpha = 1;
  }
}
