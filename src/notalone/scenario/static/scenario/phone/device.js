/**
 * The simulated phone: shows a scene in its app, line by line, then says that the choices may appear.
 *
 * It knows nothing of festivals and moments. Time comes from `tick`, so that whoever owns it can pause. It can lie on
 * the table before its apps have been loaded: phone.js is the phone with its apps.
 */

import { fill, h } from "./dom.js";
import { icon } from "./draw.js";
import * as pace from "./pace.js";
import { threadOf } from "./sorting.js";

const BANNER_S = 1.5;
const RING_S = 9;
const DIAL_S = 2.6;
const HISTORY = 4;
const LOW = 20;
/** The apps in which somebody calls. */
const CALLS = new Set(["phone", "video"]);
/** The apps whose thread is still there when one comes back. */
const THREADS = new Set(["chat", "sms"]);

/**
 * @typedef {object} View
 * @property {string} id the scene's id
 * @property {string} on
 * @property {{from: import("./apps.js").Person | null, say: string, after: number, mine: boolean, key: string}[]} lines
 * @property {import("./apps.js").Person} me
 * @property {import("./apps.js").Person | null} other who is at the other end
 * @property {import("./apps.js").Person[]} [group] who is in the group, besides `me`; empty where it is none
 */

export class Device {
  /** Opens the app of a scene, as apps.js does; may be given until the first scene is entered. */
  openApp;
  #texts;
  #lang;
  #hear;
  #first;
  #screen;
  #holder;
  #banner;
  #time;
  #battery;
  #view = null;
  #app = null;
  #before = { on: "", other: "" };
  #threads = [];
  #stage = "off";
  #wait = 0;
  #pace = null;
  #minutes = 0;
  #level = 82;

  /**
   * @param {HTMLElement} root an empty element
   * @param {{texts: object, lang: string, hear: (what: string, detail?: object) => void, openApp?: Function}} parts
   *   `hear` is told `ring`, `answer`, `message`, `typing`, `line`, `ready`
   */
  constructor(root, { texts, lang, hear, first = "phone", openApp = null }) {
    this.openApp = openApp;
    this.#texts = texts;
    this.#lang = lang;
    this.#hear = hear;
    this.#first = first;
    this.#time = h("span.status__time", {}, "");
    this.#battery = h("span.status__level", {}, "");
    this.#holder = h("div.phone__app");
    this.#banner = h("div.phone__banner", { role: "status", hidden: true });
    const status = h("div.status", { "aria-hidden": "true" }, this.#time, h("span.status__island"), h("span.status__right", {}, h("span.status__bars", {}, h("i"), h("i"), h("i"), h("i")), this.#battery, h("span.status__battery", {}, h("i"))));
    this.#screen = h("div.phone__screen", {}, h("div.phone__wall", { "aria-hidden": "true" }), this.#holder, status, this.#banner, h("span.phone__home", { "aria-hidden": "true" }));
    root.replaceChildren(h("div.phone__body", {}, this.#screen));
    new ResizeObserver(() => this.#toEnd()).observe(this.#screen);
    this.reset();
  }

  /** Put the phone back as it lies on the table, with nothing of anybody in it. */
  reset() {
    this.#view = null;
    this.#app = null;
    this.#pace = null;
    this.#stage = "off";
    this.#before = { on: "", other: "" };
    this.#threads = [];
    this.#minutes = 0;
    this.#level = 82;
    this.#banner.hidden = true;
    this.#banner.replaceChildren();
    this.#lockScreen();
    this.#clock();
  }

  #toEnd() {
    const lines = this.#holder.querySelector(".lines");
    lines?.scrollTo({ top: lines.scrollHeight, behavior: "instant" });
  }

  /** What the story begins with, as a notice on the lock screen. */
  #waiting() {
    if (this.#first === "video") return this.#texts.incoming_video;
    return this.#first === "phone" ? this.#texts.incoming : this.#texts[`app_${this.#first}`];
  }

  #lockScreen() {
    const day = h("p.lock__day", {}, "\u00a0");
    this.#holder.replaceChildren(h("div.app.app--lock", { "aria-hidden": "true" }, h("p.lock__time", {}, this.#clockText()), day, h("div.lock__call", {}, h("span.banner__icon", { "data-app": this.#first }, icon(this.#first)), this.#waiting())));
    // a language's calendar takes a cheap telephone a tenth of a second to load: the picture stands first
    setTimeout(() => {
      day.textContent = new Intl.DateTimeFormat(this.#lang, { weekday: "long", day: "numeric", month: "long" }).format(new Date());
    });
  }

  #clockText() {
    const at = new Date(Date.now() + this.#minutes * 60_000);
    return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
  }

  #clock() {
    const time = this.#clockText();
    if (this.#time.textContent !== time) this.#time.textContent = time;
    if (this.#battery.textContent === `${this.#level}`) return;
    this.#battery.textContent = `${this.#level}`;
    this.#screen.toggleAttribute("data-low", this.#level <= LOW);
    this.#screen.style.setProperty("--battery", String(this.#level / 100));
  }

  /** What stands on the screen for a test or a guide: `off banner ringing lines ready`. */
  get stage() {
    return this.#stage;
  }

  /**
   * Enter a scene.
   *
   * @param {View} view
   */
  enter(view) {
    this.#remember();
    this.#app?.root.querySelector(".phone__echo")?.remove();
    this.#view = view;
    this.#minutes += this.#before.on ? 2 : 0;
    this.#level = Math.max(11, this.#level - (this.#before.on ? 3 : 0));
    this.#clock();
    const { other } = view;
    const key = { on: view.on, other: view.group?.length ? "group" : other?.id ?? "" };
    const fresh = key.on !== this.#before.on || key.other !== this.#before.other;
    const rings = CALLS.has(view.on) && fresh && !(CALLS.has(this.#before.on) && key.other === this.#before.other);
    this.#before = key;
    this.#pace = null;
    if (rings || !fresh || view.on === "place" || CALLS.has(view.on)) this.#open(other, rings, fresh);
    else this.#announce(view, other);
  }

  /** Which thread a scene's messages belong to. */
  #thread(view) {
    const group = Boolean(view.group?.length);
    const people = group ? view.group.map((one) => one.id) : view.other ? [view.other.id] : [];
    return { on: view.on, people, group, lines: [] };
  }

  #remember() {
    if (!this.#view || !THREADS.has(this.#view.on)) return;
    const now = this.#thread(this.#view);
    const before = threadOf(this.#threads, now);
    now.people = [...new Set([...now.people, ...(before?.people ?? [])])];
    now.lines = [...(before?.lines ?? []), ...this.#view.lines].slice(-HISTORY);
    this.#threads = [...this.#threads.filter((one) => one !== before), now];
  }

  #announce(view, other) {
    const people = view.group?.length ? view.group.map((one) => one.name).join(", ") : other?.name;
    const name = people ?? this.#texts[`app_${view.on}`];
    this.#banner.replaceChildren(
      h("span.banner__icon", { "data-app": view.on, "aria-hidden": "true" }, icon(view.on)),
      h("span", {}, h("b", { dir: "auto" }, name), h("span", {}, fill(this.#texts.banner, { app: this.#texts[`app_${view.on}`] }))),
    );
    this.#banner.hidden = false;
    this.#stage = "banner";
    this.#wait = BANNER_S;
    this.#hear("message");
  }

  #open(other, rings, fresh) {
    const view = this.#view;
    this.#banner.hidden = true;
    const old = this.#app;
    this.#app = this.openApp({
      id: view.id,
      on: view.on,
      other,
      group: view.group ?? [],
      me: view.me,
      lines: view.lines,
      history: THREADS.has(view.on) ? (threadOf(this.#threads, this.#thread(view))?.lines ?? []) : [],
      texts: this.#texts,
      time: () => this.#clockText(),
      outgoing: other?.role === "trusted" || other?.role === "helper",
      ringing: rings,
      onAnswer: () => this.#answered(),
    });
    this.#app.root.classList.toggle("app--fresh", fresh && old !== null);
    this.#holder.replaceChildren(this.#app.root);
    this.#screen.dataset.on = view.on;
    if (rings) {
      this.#stage = "ringing";
      this.#wait = other?.role === "stranger" || this.#app.root.querySelector(".call__answer") ? RING_S : DIAL_S;
      this.#hear("ring", { outgoing: !this.#app.root.querySelector(".call__answer") });
      this.#app.root.querySelector(".call__answer")?.focus({ preventScroll: true });
    } else {
      this.#begin();
    }
  }

  #answered() {
    if (this.#stage !== "ringing") return;
    this.#hear("answer");
    this.#begin();
  }

  #begin() {
    this.#stage = "lines";
    this.#pace = pace.plan(this.#view.lines, this.#view.on, this.#lang);
  }

  /**
   * Let time pass.
   *
   * @param {number} seconds
   * @param {boolean} calm
   */
  tick(seconds, calm) {
    this.#app?.tick?.(seconds);
    this.#clock();
    if (this.#stage === "banner" || this.#stage === "ringing") {
      this.#wait -= seconds;
      if (this.#wait <= 0) this.#onward();
    } else if (this.#stage === "lines") {
      const [next, due] = pace.advance(this.#pace, seconds, calm);
      this.#pace = next;
      this.#show(due);
    }
  }

  #onward() {
    if (this.#stage === "banner") this.#open(this.#view.other, false, true);
    else this.#app.answer();
  }

  /** Go on to what comes next: the app behind a notice, the next line, the choices. */
  skip() {
    if (this.#stage === "banner") this.#onward();
    else if (this.#stage === "ringing" && !this.#app.root.querySelector(".call__answer")) this.#onward();
    else if (this.#stage === "lines") {
      const [next, due] = pace.skip(this.#pace);
      this.#pace = next;
      this.#show(due);
    }
  }

  #show(due) {
    for (const beat of due) {
      const entry = this.#view.lines[beat.line];
      if (beat.is === "typing") {
        this.#app.typing(entry);
        this.#hear("typing");
      } else if (beat.is === "line") {
        this.#app.line(entry);
        this.#hear("line", { line: beat.line, mine: entry.mine });
      } else {
        this.#stage = "ready";
        delete this.#app.root.dataset.speaking;
        this.#hear("ready");
      }
    }
  }

  /**
   * Show what is done.
   *
   * @param {string} say
   */
  echo(say) {
    this.#app?.root.append(h("div.phone__echo", { role: "status" }, h("span", {}, say)));
  }
}
