/** The apps in which somebody calls: by telephone, by video. */

import { h } from "./dom.js";
import { icon, portrait } from "./draw.js";
import { avatar, captions, screen } from "./lines.js";

function clock(seconds) {
  const whole = Math.floor(seconds);
  return `${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
}

function callKeys() {
  const key = (name, kind = "") => h(`span.call__key${kind ? `.call__key--${kind}` : ""}`, {}, icon(name));
  return h("div.call__keys", { "aria-hidden": "true" }, key("mute"), key("keypad"), key("speaker"), key("phone", "end"));
}

/** A call of either kind: it rings or is dialled, is answered, then what is said appears and its time runs. */
function calling(scene, kind, incoming, faces) {
  const said = captions(scene);
  const state = h("p.call__state", {}, scene.ringing ? (scene.outgoing ? scene.texts.calling : incoming) : "");
  const root = screen(kind, ...faces(h("h2.call__name", { dir: "auto" }, scene.other?.name ?? scene.texts.unknown), state), said.list, callKeys());
  let seconds = 0;
  let ring = null;
  function answer() {
    root.dataset.state = "on";
    ring?.remove();
    state.setAttribute("aria-hidden", "true");
    state.textContent = clock(0);
    scene.onAnswer();
  }
  if (scene.ringing && !scene.outgoing) {
    ring = h("div.call__ring", {}, h("button.call__answer", { type: "button", on: { click: answer } }, icon("phone"), h("span", {}, scene.texts.answer)));
    root.append(ring);
  }
  root.dataset.state = scene.ringing ? "ringing" : "on";
  return {
    root,
    answer,
    tick(by) {
      if (root.dataset.state !== "on") return;
      seconds += by;
      const text = clock(seconds);
      if (state.textContent !== text) state.textContent = text;
    },
    line(entry) {
      root.dataset.speaking = entry.mine ? "me" : "them";
      said.line(entry);
    },
    typing() {},
  };
}

/** A telephone call. */
export function call(scene) {
  const wave = () => h("div.call__wave", { "aria-hidden": "true" }, ...Array.from({ length: 21 }, () => h("i")));
  return calling(scene, "phone", scene.texts.incoming, (name, state) => [h("div.call__who", {}, h("div.call__halo", {}, avatar(scene.other, "big")), name, state), wave()]);
}

/** A video call, with the own picture in the corner. */
export function video(scene) {
  return calling(scene, "video", scene.texts.incoming_video, (name, state) => [
    h("div.video__far", { "aria-hidden": "true" }, h("div.video__room", {}), scene.other ? portrait(scene.other) : icon("person")),
    h("div.video__own", { "aria-hidden": "true" }, portrait(scene.me), h("i.video__dot")),
    h("div.video__head", {}, name, state),
  ]);
}
