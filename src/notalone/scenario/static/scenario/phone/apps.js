/**
 * The apps of the simulated phone. Each opens into an element and shows lines one by one.
 *
 * An app is `open(scene) → {root, line(entry), typing(entry | null)}`; a line is `{from, name, role, say, mine, key}`.
 */

import { call, video } from "./calls.js";
import { fill, h } from "./dom.js";
import { icon, place, placeOf } from "./draw.js";
import { appendTo, aside, avatar, captions, item, log, screen, speaker, thought } from "./lines.js";

/**
 * @typedef {{id: string, name: string, role: string, uniform: boolean, thing: boolean}} Person
 * @typedef {{from: Person | null, say: string, mine: boolean, key: string, old?: boolean}} Entry
 * @typedef {{id: string, on: string, other: Person | null, me: Person, history: Entry[], texts: object, time: () => string,
 *   outgoing: boolean, ringing: boolean, onAnswer: () => void}} Scene
 */

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
