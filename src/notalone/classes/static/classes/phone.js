/** A phone in a class: takes a seat, votes when it is time, or plays alone. The seat's secret stays in this tab. */

import { begin, choose, readScore } from "../scenario/player.js";
import { fill, h } from "../scenario/phone/dom.js";
import { Phone } from "../scenario/phone/phone.js";
import * as story from "../scenario/story.js";
import { isCalm } from "../faces/calm.js";
import { Follow, Refused, ask } from "./follow.js";
import { letter, picture, secondsLeft, stepsToEnd, stretch } from "./lesson.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const page = read("class");
const t = read("texts");
const box = document.getElementById("seat");
const said = document.getElementById("said");
const away = document.getElementById("away");
const score = readScore(page.score);
const KEY = `seat-${page.code}`;
const RETRY_MS = 3000;

const memory = {
  get: () => {
    try {
      return sessionStorage.getItem(KEY) ?? "";
    } catch {
      return "";
    }
  },
  set: (value) => {
    try {
      if (value) sessionStorage.setItem(KEY, value);
      else sessionStorage.removeItem(KEY);
    } catch {
      // private browsing may keep nothing: the seat lasts as long as the page
    }
  },
};

let seat = memory.get();
let follow = null;
let drawn = "";
let mine = null;
let sending = 0;
let left = false;
let joining = false;

function show(key, ...children) {
  if (drawn === key) return false;
  drawn = key;
  box.replaceChildren(...children.filter((one) => one !== null));
  return true;
}

function tell(text) {
  if (said.textContent !== text) said.textContent = text;
}

function card(key, title, more = "", ...rest) {
  if (show(key, h("h1.seat__title", {}, title), more ? h("p.seat__more", {}, more) : null, ...rest)) tell(title);
}

const again = () => h("button.button.button--big", { type: "button", on: { click: () => location.reload() } }, t.again);

async function join() {
  joining = true;
  try {
    const got = await ask(page.urls.join, { csrf: page.csrf, seat, body: {} });
    seat = got.seat;
    memory.set(seat);
    away.hidden = true;
    listen();
  } catch (error) {
    if (!(error instanceof Refused) || error.status >= 500 || error.status === 429) {
      away.hidden = false;
      setTimeout(join, RETRY_MS);
    } else if (error.status === 409) card("full", t.full, t.full_more, again());
    else if (error.status === 410) card("over", t.over);
    else card("refused", error.message || t.away, "", again());
  } finally {
    joining = false;
  }
}

function listen() {
  if (follow) {
    follow.ask();
    return;
  }
  follow = new Follow(read("live"), read("topic"), {
    fetch: () => ask(page.urls.state, { seat }),
    onState: page.mode === "alone" ? aloneState : draw,
    onAway: (is) => (away.hidden = !is),
    onRefused: (error) => error.status === 404 && card("over", t.over),
  });
}

// Together

function draw(state) {
  if (left) return;
  if (state.seat === false && state.phase !== "ended") {
    if (!joining) join();
    return;
  }
  if (!sending && "mine" in state) mine = state.mine;
  const key = picture(state);
  if (key !== drawn) PHASES[state.phase]?.(state, key);
  if (state.phase === "voting") mark();
  clock(state);
}

const PHASES = {
  lobby: (_, key) => card(key, t.lobby),
  reading: (_, key) => card(key, t.look, t.read),
  voting: vote,
  result: (state, key) =>
    state.taken === null ? card(key, t.tie) : card(key, t.result, "", h("p.seat__taken", {}, badge(state.taken), h("span", {}, choiceText(state, state.taken)))),
  discussion: (_, key) => card(key, t.talk, t.talk_more),
  ended: (_, key) => card(key, t.over),
};

const badge = (position) => h("span.mark", { "data-letter": letter(position) }, letter(position));

function choiceText(state, position) {
  return story.scene(score, page.told, state.at).choices[position].say;
}

function vote(state, key) {
  mine = null;
  if ("mine" in state && state.mine !== null) mine = state.mine;
  const buttons = state.open.map((position) =>
    h("li", {}, h("button.ballot", { type: "button", "aria-pressed": "false", "data-choice": String(position), on: { click: () => cast(state.round, position) } }, badge(position), h("span", { lang: page.told, dir: "auto" }, choiceText(state, position)))),
  );
  card(key, t.what, "", h("p.seat__clock.number", { "aria-hidden": "true" }), h("ol.ballots", {}, ...buttons), h("p.seat__sent", { role: "status" }));
}

function mark() {
  for (const one of box.querySelectorAll(".ballot")) one.setAttribute("aria-pressed", String(one.dataset.choice === String(mine)));
  const sent = box.querySelector(".seat__sent");
  if (sent) sent.textContent = mine !== null && !sending ? t.sent : "";
}

async function cast(round, choice) {
  mine = choice;
  const number = ++sending;
  mark();
  for (;;) {
    try {
      await ask(page.urls.vote, { csrf: page.csrf, seat, body: { round, choice } });
      break;
    } catch (error) {
      if (error instanceof Refused && error.status < 500) {
        if (error.status === 410) tell(t.late);
        break;
      }
      away.hidden = false;
      await new Promise((go) => setTimeout(go, 1000));
      if (number !== sending) return;
    }
  }
  if (number !== sending) return;
  sending = 0;
  away.hidden = true;
  mark();
  follow.ask();
}

let last = null;
function clock(state) {
  last = state;
  const at = box.querySelector(".seat__clock");
  if (!at || state.phase !== "voting") return;
  const seconds = secondsLeft(state, follow.now());
  const text = state.ends === null ? t.stopped : fill(t.left, { n: seconds });
  if (at.textContent !== text) at.textContent = text;
  if (state.ends !== null && seconds === 0 && !clock.asked) {
    clock.asked = true;
    setTimeout(() => ((clock.asked = false), follow.ask()), 400);
  }
}
setInterval(() => last && follow && clock(last), 250);

// Alone

let play = null;
let phone = null;
const steps = page.mode === "alone" ? stepsToEnd(score) : [];

function aloneState(state) {
  if (left) return;
  if (state.seat === false && state.phase !== "ended") {
    if (!joining) join();
    return;
  }
  if (state.phase === "ended") card("over", t.over);
  else if (play === null) card("alone", t.alone, page.notes.length ? `${t.has} ${page.notes.join(", ")}.` : "", h("button.button.button--big.button--glow", { type: "button", on: { click: start } }, t.begin));
}

function start() {
  play = begin(score);
  const face = h("div.phone");
  show("playing", h("h1.visually-hidden", { lang: page.told }, story.say(score, page.told, score.title)), h("div.seat__phone", {}, face), h("div.seat__choices"));
  phone = new Phone(face, { texts: t.phone, lang: page.lang, hear });
  box.dataset.playing = "";
  face.addEventListener("click", () => phone.skip());
  enter();
}

function enter() {
  delete box.dataset.choosing;
  box.querySelector(".seat__choices").replaceChildren(h("button.button.button--quiet", { type: "button", on: { click: () => phone.skip() } }, t.go_on));
  phone.enter(story.scene(score, page.told, play.state));
  report();
}

function report() {
  const stage = stretch(play.path.length, steps[play.state]);
  ask(page.urls.stretch, { csrf: page.csrf, seat, body: { stage } }).catch(() => setTimeout(() => play && report(), RETRY_MS * 2));
}

function hear(what) {
  if (what !== "ready") return;
  const shown = story.scene(score, page.told, play.state);
  const holder = box.querySelector(".seat__choices");
  if (shown.ending) {
    delete box.dataset.playing;
    delete box.dataset.choosing;
    card("finished", t.finished, shown.debrief, h("ul.seat__flags", {}, ...play.flags.map(({ flag }) => h("li", {}, h("b", {}, story.say(score, page.told, score.flags[flag].see)), h("span", {}, story.say(score, page.told, score.flags[flag].know))))));
    return;
  }
  const pick = (position) => {
    play = choose(score, play, position);
    enter();
  };
  box.dataset.choosing = "";
  holder.replaceChildren(h("h2", {}, t.what), h("ol.ballots", {}, ...shown.choices.map((one) => h("li", {}, h("button.ballot", { type: "button", on: { click: () => pick(one.position) } }, badge(one.position), h("span", {}, one.say))))));
  holder.querySelector("button")?.focus({ preventScroll: true });
}

setInterval(() => phone?.tick(0.1, isCalm()), 100);

document.querySelector("[data-leave]").addEventListener("click", () => {
  left = true;
  const gone = seat;
  memory.set("");
  if (gone) ask(page.urls.leave, { csrf: page.csrf, seat: gone, body: {} }).catch(() => {});
  seat = "";
  delete box.dataset.playing;
  delete box.dataset.choosing;
  card("gone", t.gone, "", again());
});
if (seat) listen();
else join();
