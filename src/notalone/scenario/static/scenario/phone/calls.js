/** The apps in which somebody calls. */

import { h } from "./dom.js";
import { icon, portrait } from "./draw.js";
import { avatar, captions, screen } from "./lines.js";

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

/** A telephone call: it rings, then what is said appears. */
export function call(scene) {
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

/** A video call, with the own picture in the corner. */
export function video(scene) {
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
