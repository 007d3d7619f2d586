/** What every app of the phone shows: lines, one by one, and who says them. */

import { h } from "./dom.js";
import { icon, portrait } from "./draw.js";
import { parts } from "./sorting.js";

/** Draw whoever it is, in a circle. */
export function avatar(person, size = "") {
  return h(`span.avatar${size ? `.avatar--${size}` : ""}`, { "data-role": person?.role ?? "other", "aria-hidden": "true" }, person ? portrait(person) : icon("person"));
}

/** Make the list of lines, which screen readers follow. */
export function log(scene, classes) {
  return h(`div.lines.${classes}`, { role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": scene.texts.log, tabindex: "0" });
}

/** Make one line: mine, theirs, or narrated. */
export function item(entry, ...children) {
  const side = entry.from === null ? "note" : entry.mine ? "me" : "them";
  return h(`div.line.line--${side}${entry.old ? ".line--old" : ""}`, { "data-line": entry.key, "data-role": entry.from?.role ?? null }, ...children);
}

/** The words of a line, in the direction of their own script. */
export function words(entry, tag = "p") {
  return h(tag, { dir: "auto" }, entry.say);
}

/** Show who speaks. */
export function who(entry) {
  return entry.from ? h("b.line__who", { dir: "auto" }, entry.from.name) : null;
}

/** Say who speaks, for those who cannot see it. */
export function speaker(entry) {
  return entry.from ? h("span.visually-hidden", { dir: "auto" }, `${entry.from.name}: `) : null;
}

/** Somebody else breaks in: their words lie over the app like a notice. */
export function aside(scene, entry) {
  const mark = h("span.aside__face", { "aria-hidden": "true" }, avatar(entry.from, "mid"), h("span.aside__app", {}, icon("chat")));
  const head = h("span.aside__head", {}, who(entry), h("span.line__meta", { "aria-hidden": "true" }, scene.texts.now));
  const one = item(entry, mark, h("div", {}, head, words(entry)));
  one.classList.add("line--aside");
  return one;
}

/** What the one at this phone thinks, where there is nobody to say it to. */
export function thought(entry) {
  const one = item(entry, avatar(entry.from, "small"), h("div", {}, who(entry), words(entry)));
  one.classList.add("line--thought");
  return one;
}

/** An address with the part that tells whose it is; always from left to right. */
export function address(text) {
  const { before, domain, after } = parts(text);
  return h("bdi.address", { dir: "ltr" }, before, h("b", {}, domain), after);
}

function toEnd(list) {
  list.scrollTop = list.scrollHeight;
}

/** Add to the end of a list and stay there. */
export function appendTo(list, element) {
  list.append(element);
  toEnd(list);
}

/** Make an app that fills the screen. */
export function screen(kind, ...children) {
  return h(`div.app.app--${kind}`, { "data-app": kind }, ...children);
}

/** Make the list of what is spoken. */
export function captions(scene) {
  const list = log(scene, "captions");
  return {
    list,
    line(entry) {
      for (const one of list.children) one.classList.add("line--past");
      appendTo(list, item(entry, who(entry), words(entry)));
    },
  };
}
