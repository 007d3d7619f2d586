/** What every app of the phone shows: lines, one by one, and who says them. */

import { h } from "./dom.js";
import { icon, portrait } from "./draw.js";

/** Draw whoever it is, in a circle. */
export function avatar(person, size = "") {
  return h(`span.avatar${size ? `.avatar--${size}` : ""}`, { "data-role": person?.role ?? "other" }, person ? portrait(person) : icon("person"));
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

/** Say who speaks, for those who cannot see it. */
export function speaker(entry) {
  return entry.from ? h("span.visually-hidden", {}, `${entry.from.name}: `) : null;
}

/** Somebody else breaks in: their words lie over the app like a notice. */
export function aside(entry) {
  const one = item(entry, avatar(entry.from, "small"), h("div", {}, h("b.line__who", {}, entry.from.name), h("p", {}, entry.say)));
  one.classList.add("line--aside");
  return one;
}

/** What the one at this phone thinks, where there is nobody to say it to. */
export function thought(entry) {
  const one = item(entry, avatar(entry.from, "small"), h("div", {}, h("b.line__who", {}, entry.from.name), h("p", {}, entry.say)));
  one.classList.add("line--thought");
  return one;
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
      appendTo(list, item(entry, entry.from ? h("b.line__who", {}, entry.from.name) : null, h("p", {}, entry.say)));
    },
  };
}
