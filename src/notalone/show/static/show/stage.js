/** The stage page: what is on the wire, as light on a plan of the house. */

import { isCalm } from "../faces/calm.js";
import { connect } from "../live/live.js";
import { painter } from "./painter.js";
import { readFrame, towards } from "./plan.js";
import { cuesOf, plays } from "./running.js";

const SETTLED = 0.4;
const CALM_LIGHT = 0.7;
const json = (id) => JSON.parse(document.getElementById(id).textContent);

const plan = json("plan");
const stage = document.querySelector("[data-stage]");
const waiting = stage.querySelector("[data-waiting]");
const list = stage.querySelector(".stage__places");
const labels = new Map([...list.children].map((label) => [label.dataset.place, label]));
const picture = painter(stage.querySelector("canvas"), plan);
const ids = plan.places.map(({ id }) => id);

let shown = new Float64Array(3 * plan.cells.length);
let wanted = new Uint8Array(shown.length);
let connected = false;
let heard = -Infinity;
let asked = 0;

function draw() {
  asked = 0;
  shown = towards(shown, wanted, isCalm() ? 0.12 : 1);
  picture.paint(isCalm() ? shown.map((light) => light * CALM_LIGHT) : shown);
  if (shown.some((light, i) => Math.abs(light - wanted[i]) > SETTLED)) ask();
}

function ask() {
  asked ||= requestAnimationFrame(draw);
}

function lay() {
  const { clientWidth: width, clientHeight: height } = stage;
  const narrow = width < 720;
  const top = stage.querySelector(".stage__top").offsetHeight;
  const bottom = stage.querySelector(".stage__bar").offsetHeight + (narrow ? list.offsetHeight : 0);
  const side = narrow ? 8 : width * 0.025;
  const box = { left: side, top, width: width - 2 * side, height: Math.max(120, height - top - bottom) };
  const floors = picture.resize(width, height, box);
  floors.forEach((floor, i) => {
    const { style } = labels.get(ids[i]);
    style.left = narrow ? "" : `${floor.left}px`;
    style.top = narrow ? "" : `${floor.bottom}px`;
    style.width = narrow ? "" : `${floor.right - floor.left}px`;
  });
  ask();
}

function tell(state) {
  for (const { place, cue, title } of cuesOf(state, ids, plan.cues, plan.texts.dark)) {
    const label = labels.get(place);
    if (label.dataset.cue === cue && label.querySelector("[data-cue-title]").textContent) continue;
    label.dataset.cue = cue;
    label.querySelector("[data-cue-title]").textContent = title;
  }
}

function look() {
  const playing = plays(connected, heard, performance.now());
  const state = playing ? "playing" : Number.isFinite(heard) ? "away" : "connecting";
  if (stage.dataset.state === state) return;
  stage.dataset.state = state;
  waiting.textContent = playing ? "" : plan.texts.waiting;
}

const live = connect({
  ...json("live"),
  onState(state, why) {
    if (why === "expired") location.reload();
    connected = state === "connected";
    look();
  },
});
live.follow("show/state", {
  onValue(value) {
    heard = performance.now();
    tell(value);
    look();
  },
});
live.followBinary("show/frame", (payload) => {
  const frame = readFrame(payload);
  if (!frame || frame.colours.length !== shown.length) return;
  wanted = frame.colours.slice();
  stage.dataset.frame = String(frame.number);
  ask();
});
setInterval(look, 500);
document.addEventListener("calm", ask);
new ResizeObserver(lay).observe(stage);
document.fonts?.ready.then(lay);
lay();
