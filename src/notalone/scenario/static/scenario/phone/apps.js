/**
 * The apps of the simulated phone. Each opens into an element and shows lines one by one.
 *
 * An app is `open(scene) → {root, line(entry), typing(entry | null)}`; a line is `{from, name, role, say, mine, key}`.
 */

import { fill, h } from "./dom.js";
import { icon, place, placeOf, portrait } from "./draw.js";

/**
 * @typedef {{id: string, name: string, role: string, uniform: boolean, thing: boolean}} Person
 * @typedef {{from: Person | null, say: string, mine: boolean, key: string, old?: boolean}} Entry
 * @typedef {{id: string, on: string, other: Person | null, me: Person, history: Entry[], texts: object, time: () => string,
 *   outgoing: boolean, ringing: boolean, onAnswer: () => void}} Scene
 */

function avatar(person, size = "") {
  return h(`span.avatar${size ? `.avatar--${size}` : ""}`, { "data-role": person?.role ?? "other" }, person ? portrait(person) : icon("person"));
}

function log(scene, classes) {
  return h(`div.lines.${classes}`, { role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": scene.texts.log, tabindex: "0" });
}

function item(entry, ...children) {
  const side = entry.from === null ? "note" : entry.mine ? "me" : "them";
  return h(`div.line.line--${side}${entry.old ? ".line--old" : ""}`, { "data-line": entry.key, "data-role": entry.from?.role ?? null }, ...children);
}

function speaker(entry) {
  return entry.from ? h("span.visually-hidden", {}, `${entry.from.name}: `) : null;
}

/** Somebody else breaks in: their words lie over the app like a notice. */
function aside(entry) {
  const one = item(entry, avatar(entry.from, "small"), h("div", {}, h("b.line__who", {}, entry.from.name), h("p", {}, entry.say)));
  one.classList.add("line--aside");
  return one;
}

/** What the one at this phone thinks, where there is nobody to say it to. */
function thought(entry) {
  const one = item(entry, avatar(entry.from, "small"), h("div", {}, h("b.line__who", {}, entry.from.name), h("p", {}, entry.say)));
  one.classList.add("line--thought");
  return one;
}

function toEnd(list) {
  list.scrollTop = list.scrollHeight;
}

function appendTo(list, element) {
  list.append(element);
  toEnd(list);
}

function screen(kind, ...children) {
  return h(`div.app.app--${kind}`, { "data-app": kind }, ...children);
}

function captions(scene) {
  const list = log(scene, "captions");
  return {
    list,
    line(entry) {
      for (const one of list.children) one.classList.add("line--past");
      appendTo(list, item(entry, entry.from ? h("b.line__who", {}, entry.from.name) : null, h("p", {}, entry.say)));
    },
  };
}

function timerOf(element, scene) {
  let seconds = 0;
  return {
    tick(by) {
      seconds += by;
      const whole = Math.floor(seconds);
      const text = `${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
      if (element.textContent !== text) element.textContent = text;
    },
    start() {
      element.setAttribute("aria-hidden", "true");
      element.textContent = "00:00";
      scene.onAnswer();
    },
  };
}

function ringKeys(scene, answer) {
  if (scene.outgoing) return null;
  return h("div.call__ring", {}, h("button.call__answer", { type: "button", on: { click: answer } }, icon("phone"), h("span", {}, scene.texts.answer)));
}

function callKeys() {
  const key = (name, kind = "") => h(`span.call__key${kind ? `.call__key--${kind}` : ""}`, {}, icon(name));
  return h("div.call__keys", { "aria-hidden": "true" }, key("mute"), key("keypad"), key("speaker"), key("phone", "end"));
}

function call(scene) {
  const said = captions(scene);
  const state = h("p.call__state", {}, scene.ringing ? (scene.outgoing ? scene.texts.calling : scene.texts.incoming) : "");
  const wave = h("div.call__wave", { "aria-hidden": "true" }, ...Array.from({ length: 21 }, () => h("i")));
  const root = screen(
    "phone",
    h("div.call__who", {}, h("div.call__halo", {}, avatar(scene.other, "big")), h("h2.call__name", {}, scene.other?.name ?? scene.texts.unknown), state),
    wave,
    said.list,
    callKeys(),
  );
  const timer = timerOf(state, scene);
  const ring = scene.ringing ? ringKeys(scene, () => answer()) : null;
  function answer() {
    root.dataset.state = "on";
    ring?.remove();
    timer.start();
  }
  if (ring) root.append(ring);
  root.dataset.state = scene.ringing ? "ringing" : "on";
  return {
    root,
    answer,
    tick: (by) => root.dataset.state === "on" && timer.tick(by),
    line(entry) {
      root.dataset.speaking = entry.mine ? "me" : "them";
      said.line(entry);
    },
    typing() {},
  };
}

function video(scene) {
  const said = captions(scene);
  const state = h("p.call__state", {}, scene.ringing ? (scene.outgoing ? scene.texts.calling : scene.texts.incoming_video) : "");
  const root = screen(
    "video",
    h("div.video__far", { "aria-hidden": "true" }, h("div.video__room", {}), scene.other ? portrait(scene.other) : icon("person")),
    h("div.video__own", { "aria-hidden": "true" }, portrait(scene.me), h("i.video__dot")),
    h("div.video__head", {}, h("h2.call__name", {}, scene.other?.name ?? scene.texts.unknown), state),
    said.list,
    callKeys(),
  );
  const timer = timerOf(state, scene);
  const ring = scene.ringing ? ringKeys(scene, () => answer()) : null;
  function answer() {
    root.dataset.state = "on";
    ring?.remove();
    timer.start();
  }
  if (ring) root.append(ring);
  root.dataset.state = scene.ringing ? "ringing" : "on";
  return {
    root,
    answer,
    tick: (by) => root.dataset.state === "on" && timer.tick(by),
    line(entry) {
      root.dataset.speaking = entry.mine ? "me" : "them";
      said.line(entry);
    },
    typing() {},
  };
}

function bubbles(scene, kind) {
  const list = log(scene, "bubbles");
  const dots = h("div.line.line--them.typing", { "aria-hidden": "true" }, h("span.bubble", {}, h("i"), h("i"), h("i")));
  const show = (entry) => {
    dots.remove();
    if (entry.from && !entry.mine && entry.from.id !== scene.other?.id) {
      appendTo(list, aside(entry));
      return;
    }
    const ticks = entry.mine ? h("span.ticks", { "aria-hidden": "true" }, "✓✓") : null;
    const meta = h("span.line__meta", {}, scene.time(), ticks);
    const body = entry.from ? h("span.bubble", {}, speaker(entry), entry.say, meta) : h("span.bubble", {}, entry.say);
    appendTo(list, item(entry, !entry.mine && entry.from && kind === "chat" ? avatar(entry.from, "small") : null, body));
  };
  const other = scene.other;
  const head = h(
    "header.chat__head",
    {},
    h("span.chat__back", { "aria-hidden": "true" }, icon("back")),
    avatar(other, kind === "sms" ? "mid" : "head"),
    h("div", {}, h("h2.chat__name", {}, other?.name ?? scene.texts.unknown), h("p.chat__state", {}, kind === "chat" ? scene.texts.online : scene.texts.sms)),
    kind === "chat" ? h("span.chat__icons", { "aria-hidden": "true" }, icon("phone"), icon("video")) : null,
  );
  const foot = h("div.chat__foot", { "aria-hidden": "true" }, icon("plus"), h("span.chat__field", {}, scene.texts.message), icon("send"));
  const root = screen(kind, head, list, foot);
  for (const entry of scene.history) show({ ...entry, old: true });
  if (!scene.history.length) list.prepend(h("p.chat__day", {}, scene.texts.today));
  return {
    root,
    line: show,
    typing(entry) {
      dots.remove();
      if (entry?.from?.id === scene.other?.id) appendTo(list, dots);
    },
  };
}

function bank(scene) {
  const list = log(scene, "alerts");
  const root = screen(
    "bank",
    h("header.bank__head", {}, h("span.bank__mark", {}, icon("bank")), h("h2", {}, scene.texts.bank), icon("bell")),
    h("div.bank__card", { "aria-hidden": "true" }, h("span", {}, scene.texts.balance), h("b", {}, "•••••••"), h("span.bank__number", {}, "•••• •••• •••• 4821")),
    h("h3.bank__title", {}, scene.texts.alerts),
    list,
  );
  return {
    root,
    typing() {},
    line(entry) {
      if (entry.mine) appendTo(list, thought(entry));
      else if (entry.from && !entry.from.thing) appendTo(list, aside(entry));
      else appendTo(list, item(entry, h("span.alert__icon", {}, icon("bell")), h("div", {}, speaker(entry), h("p", {}, entry.say), h("span.line__meta", {}, scene.time()))));
    },
  };
}

function feed(scene) {
  const list = log(scene, "posts");
  const root = screen("feed", h("header.feed__head", {}, h("h2", {}, scene.texts.feed), h("span", { "aria-hidden": "true" }, icon("heart"), icon("send"))), list);
  return {
    root,
    typing() {},
    line(entry) {
      const first = !list.children.length;
      const head = h("div.post__head", {}, avatar(entry.from, "small"), h("b", {}, entry.from?.name ?? ""), h("span.line__meta", {}, scene.time()));
      const art = first ? h("div.post__art", { "aria-hidden": "true" }, place("street")) : null;
      const foot = first ? h("div.post__foot", { "aria-hidden": "true" }, icon("heart"), icon("chat"), icon("send")) : null;
      const one = item(entry, entry.from ? head : null, art, h("p", {}, entry.say), foot);
      one.classList.add(first ? "post" : "comment");
      appendTo(list, one);
    },
  };
}

function mail(scene) {
  const list = log(scene, "letter");
  const other = scene.other;
  const root = screen(
    "mail",
    h("header.mail__head", {}, h("span.chat__back", { "aria-hidden": "true" }, icon("back")), h("h2", {}, scene.texts.mail)),
    h("div.mail__from", {}, avatar(other, "mid"), h("div", {}, h("b", {}, other?.name ?? scene.texts.unknown), h("p", {}, fill(scene.texts.to, { name: scene.me.name })))),
    list,
  );
  return { root, typing() {}, line: (entry) => appendTo(list, entry.mine ? thought(entry) : entry.from?.id === other?.id ? item(entry, speaker(entry), h("p", {}, entry.say)) : aside(entry)) };
}

const ADDRESS = /\b[\w-]+(?:\.[\w-]+)*\.(?:example|test|invalid)\b(?:\/[\w/-]*)?/i;

function browser(scene) {
  const list = log(scene, "webpage");
  const address = h("span.browser__address", {}, "…");
  const root = screen("browser", h("header.browser__head", { "aria-hidden": "true" }, icon("back"), h("div.browser__bar", {}, icon("browser"), address), icon("plus")), list);
  return {
    root,
    typing() {},
    line(entry) {
      const found = ADDRESS.exec(entry.say);
      if (found) address.textContent = found[0];
      appendTo(list, entry.mine ? thought(entry) : item(entry, entry.from ? h("b.line__who", {}, entry.from.name) : null, h("p", {}, entry.say)));
    },
  };
}

function somewhere(scene) {
  const said = captions(scene);
  const root = screen("place", h("div.place__view", { "aria-hidden": "true" }, place(placeOf(scene.id))), said.list);
  root.dataset.place = placeOf(scene.id);
  return { root, typing() {}, line: said.line };
}

const APPS = {
  phone: call,
  video,
  chat: (scene) => bubbles(scene, "chat"),
  sms: (scene) => bubbles(scene, "sms"),
  bank,
  feed,
  mail,
  browser,
  place: somewhere,
};

/** The apps in which somebody calls. */
export const CALLS = new Set(["phone", "video"]);
/** The apps whose thread is still there when one comes back. */
export const THREADS = new Set(["chat", "sms"]);

/**
 * Open an app.
 *
 * @param {Scene} scene
 */
export function openApp(scene) {
  return (APPS[scene.on] ?? APPS.chat)(scene);
}
