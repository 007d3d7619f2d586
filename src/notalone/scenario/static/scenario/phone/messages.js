/** The apps in which messages are written: chat, group chat, text messages. */

import { fill, h } from "./dom.js";
import { icon } from "./draw.js";
import { appendTo, aside, avatar, item, log, screen, speaker, who } from "./lines.js";
import { isEmoji } from "./sorting.js";

const DELIVERED_S = 0.9;

/** The ticks of the own messages: one when sent, two when delivered, in colour when the other side has read them. */
function ticks(texts) {
  const waiting = new Map();
  const unread = new Set();
  const read = (one) => {
    one.textContent = "✓✓";
    one.dataset.state = "read";
    one.setAttribute("aria-label", texts.read);
  };
  return {
    make(old) {
      const one = h("span.ticks", { role: "img", "aria-label": texts.sent, "data-state": "sent" }, "✓");
      if (old) read(one);
      else {
        waiting.set(one, DELIVERED_S);
        unread.add(one);
      }
      return one;
    },
    tick(seconds) {
      for (const [one, left] of waiting) {
        waiting.set(one, left - seconds);
        if (left > seconds) continue;
        waiting.delete(one);
        one.textContent = "✓✓";
        one.dataset.state = "delivered";
      }
    },
    answered() {
      unread.forEach(read);
      unread.clear();
      waiting.clear();
    },
  };
}

function faces(group) {
  return h("span.chat__faces", { "aria-hidden": "true" }, ...group.slice(0, 3).map((one) => avatar(one, "tiny")));
}

function header(scene, kind) {
  const { group, other, texts } = scene;
  const name = group.length ? group.map((one) => one.name).join(", ") : other?.name ?? texts.unknown;
  const still = group.length ? texts.group : kind === "chat" ? texts.online : texts.sms;
  const state = h("p.chat__state", {}, still);
  const head = h(
    "header.chat__head",
    {},
    h("span.chat__back", { "aria-hidden": "true" }, icon("back")),
    group.length ? faces(group) : avatar(other, kind === "sms" ? "mid" : "head"),
    h("div", {}, h("h2.chat__name", { dir: "auto" }, name), state),
    kind === "chat" ? h("span.chat__icons", { "aria-hidden": "true" }, icon("phone"), icon("video")) : null,
  );
  const say = (person) => {
    state.textContent = person ? fill(texts.typing, { name: person.name }) : still;
    state.classList.toggle("chat__state--typing", Boolean(person));
  };
  return { head, say };
}

/**
 * Open a thread of messages.
 *
 * @param {object} scene as apps.js tells it
 * @param {"chat" | "sms"} kind
 */
export function messages(scene, kind) {
  const { group } = scene;
  const list = log(scene, "bubbles");
  const mine = ticks(scene.texts);
  const { head, say } = header(scene, kind);
  const dots = h("div.line.line--them.typing", { "aria-hidden": "true" }, h("span.bubble", {}, h("i"), h("i"), h("i")));
  const belongs = (person) => person.id === scene.other?.id || group.some((one) => one.id === person.id);
  let last = null;
  const show = (entry) => {
    dots.remove();
    say(null);
    if (entry.from && !entry.mine && !belongs(entry.from)) {
      last = null;
      appendTo(list, aside(scene, entry));
      return;
    }
    if (entry.from && !entry.mine) mine.answered();
    const follows = entry.from !== null && last === entry.from.id;
    last = entry.from?.id ?? null;
    const named = group.length > 0 && entry.from && !entry.mine;
    const meta = entry.from ? h("span.line__meta", {}, entry.old ? "" : scene.time(), entry.mine ? mine.make(entry.old) : null) : null;
    const name = named ? (follows ? speaker(entry) : who(entry)) : speaker(entry);
    const bubble = h("div.bubble", { dir: "auto" }, name, h("span.bubble__words", {}, entry.say), meta);
    const one = item(entry, !entry.mine && entry.from && kind === "chat" ? avatar(entry.from, "small") : null, bubble);
    if (named) one.dataset.tint = String(group.findIndex((member) => member.id === entry.from.id) % 6);
    one.classList.toggle("line--follows", follows);
    one.classList.toggle("line--emoji", entry.from !== null && isEmoji(entry.say));
    appendTo(list, one);
  };
  const foot = h("div.chat__foot", { "aria-hidden": "true" }, icon("plus"), h("span.chat__field", {}, scene.texts.message), icon("send"));
  const root = screen(kind, head, list, foot);
  for (const entry of scene.history) show({ ...entry, old: true });
  if (!scene.history.length) list.prepend(h("p.chat__day", {}, scene.texts.today));
  return {
    root,
    line: show,
    tick: mine.tick,
    typing(entry) {
      dots.remove();
      if (!entry?.from || entry.mine || !belongs(entry.from)) return;
      mine.answered();
      say(entry.from);
      dots.querySelector(".avatar")?.remove();
      if (kind === "chat") dots.prepend(avatar(entry.from, "small"));
      appendTo(list, dots);
    },
  };
}
