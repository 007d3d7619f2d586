/** The light desk: grand master, blackout, calm mode; what runs where, and what the limiter does. */

import { connect } from "../live/live.js";
import { cuesOf, handsOff, moved, plays, told } from "./running.js";

const SEND_EVERY_MS = 50;
const json = (id) => JSON.parse(document.getElementById(id).textContent);

const plan = json("plan");
const root = document.querySelector("[data-desk]");
const find = (name) => root.querySelector(`[data-${name}]`);
const master = root.querySelector("#master");
const places = new Map([...root.querySelectorAll("[data-place]")].map((card) => [card.dataset.place, card]));

let hand = handsOff();
let connected = false;
let heard = -Infinity;
let sending = 0;
let unsent = false;

function show() {
  const { desk } = hand;
  if (document.activeElement !== master || !hand.until) master.value = String(Math.round(desk.master * 100));
  find("master").textContent = `${Math.round(desk.master * 100)} %`;
  find("blackout").setAttribute("aria-pressed", String(desk.blackout));
  find("desk-calm").checked = desk.calm;
}

function send() {
  sending = 0;
  unsent = !live.publish("show/desk", hand.desk, true);
  look();
}

function change(part) {
  hand = moved(hand, part, performance.now());
  show();
  sending ||= setTimeout(send, SEND_EVERY_MS);
}

function look() {
  const playing = plays(connected, heard, performance.now());
  root.dataset.state = playing ? "playing" : "away";
  const status = playing ? plan.texts.running : plan.texts.waiting;
  const badge = find("status");
  if (badge.textContent !== status) badge.textContent = status;
  badge.classList.toggle("badge--ok", playing);
  badge.classList.toggle("badge--warn", !playing);
  const notice = find("unsent");
  if (notice.hidden === unsent) {
    notice.hidden = !unsent;
    notice.textContent = unsent ? plan.texts.unsent : "";
  }
}

function tell(state) {
  for (const { place, cue, title } of cuesOf(state, [...places.keys()], plan.cues, plan.texts.dark)) {
    const card = places.get(place);
    card.dataset.cue = cue;
    const text = card.querySelector("[data-cue-title]");
    if (text.textContent !== title) text.textContent = title;
  }
  const holding = state.limiter?.holding ?? 0;
  const limiter = find("limiter");
  limiter.textContent = holding ? plan.texts.holding.replace("%(count)s", String(holding)) : plan.texts.free;
  limiter.classList.toggle("badge--ok", !holding);
  limiter.classList.toggle("badge--warn", holding > 0);
  const wires = (state.wires ?? []).map(({ name, problem }) => `${name}: ${problem || plan.texts.wire}`);
  const list = find("wires");
  if (list.dataset.told !== wires.join("\n")) {
    list.dataset.told = wires.join("\n");
    list.replaceChildren(...wires.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  }
}

const live = connect({
  ...json("live"),
  onState(state, why) {
    if (why === "expired") location.reload();
    connected = state === "connected";
    if (connected && unsent) send();
    look();
  },
});
live.follow("show/state", {
  onValue(value) {
    heard = performance.now();
    hand = told(hand, value.desk, heard);
    tell(value);
    show();
    look();
  },
});
master.addEventListener("input", () => change({ master: Number(master.value) / 100 }));
find("blackout").addEventListener("click", () => change({ blackout: !hand.desk.blackout }));
find("desk-calm").addEventListener("change", (event) => change({ calm: event.target.checked }));
find("strip").addEventListener("submit", (event) => event.preventDefault());
setInterval(look, 500);
show();
