/** The class on the projector: what all look at, and what the teacher does, by buttons and keys. */

import { begin, readScore } from "../scenario/player.js";
import { fill, h } from "../scenario/phone/dom.js";
import { Phone } from "../scenario/phone/phone.js";
import * as story from "../scenario/story.js";
import { isCalm } from "../faces/calm.js";
import { Follow, Refused, ask } from "./follow.js";
import { flagsMet, letter, picture, questions, secondsLeft, skillsUsed, visited } from "./lesson.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const page = read("class");
const t = read("texts");
const score = readScore(page.score);
const root = document.getElementById("wall");
const stage = document.getElementById("stage");
const bar = document.getElementById("controls");
const away = document.getElementById("away");
const count = document.querySelector("[data-joined]");
const SEATS = Number(count.dataset.seats);
begin(score); // a score that cannot be played is told now, not in front of the class

let state = null;
let drawn = "";
let asking = false;
let ready = false;
let phone = null;
let shownAt = -1;

const follow = new Follow(read("live"), read("topic"), {
  fetch: () => ask(page.urls.watch),
  onState: draw,
  onAway: (is) => note(is ? t.away : ""),
  onRefused: (error) => (error.status === 401 || error.status === 403 ? location.reload() : note(error.message)),
});

function note(text) {
  away.textContent = text;
  away.hidden = !text;
}

async function act(what, more = {}) {
  if (asking || !state) return;
  asking = true;
  try {
    follow.take(await ask(page.urls.act, { csrf: page.csrf, body: { do: what, seen: [state.phase, state.round, state.at], ...more } }));
    note("");
  } catch (error) {
    note(error instanceof Refused ? fill(t.failed, { why: error.message }) : t.away);
    follow.ask();
  } finally {
    asking = false;
  }
}

function draw(next) {
  state = next;
  root.dataset.phase = state.phase;
  count.textContent = fill(t.joined, { n: state.joined, seats: SEATS });
  const key = picture(state);
  if (key !== drawn) {
    drawn = key;
    ready = false;
    PHASES[state.phase]();
    controls();
  }
  tick();
}

const say = (index) => story.say(score, page.told, index);
const scene = () => story.scene(score, page.told, state.at);
const badge = (position) => h("span.mark", { "data-letter": letter(position) }, letter(position));
const lead = (text) => h("h1.wall-title", { tabindex: "-1" }, text);

const PHASES = { lobby, reading, voting, result, discussion, ended };

function lobby() {
  const notes = page.notes.length ? h("p.wall-notes", {}, h("b", {}, t.has), ` ${page.notes.join(", ")}. ${t.optional}`) : h("span");
  if (page.mode === "alone") stage.replaceChildren(lead(say(score.title)), notes, h("ul.stretches"), h("p.stretches__few", { hidden: true }, t.few));
  else stage.replaceChildren(lead(say(score.title)), notes);
}

function device() {
  if (!phone) {
    phone = { face: h("div.phone.phone--device") };
    phone.it = new Phone(phone.face, { texts: t.phone, lang: page.lang, hear });
    phone.face.addEventListener("click", () => phone.it.skip());
  }
  return h("div.wall-phone", {}, phone.face);
}

function hear(what) {
  if (what !== "ready") return;
  ready = true;
  if (state.phase === "reading") {
    side(choicesOf());
    controls();
  }
}

function side(...children) {
  stage.querySelector(".wall-side").replaceChildren(...children);
}

function withPhone(...children) {
  stage.replaceChildren(device(), h("div.wall-side", {}, ...children));
  if (shownAt !== state.at) {
    shownAt = state.at;
    phone.it.enter(scene());
  } else if (phone.it.stage === "ready") ready = true;
}

function choicesOf(only = null) {
  const { choices } = scene();
  if (!choices.length) return h("div");
  const shown = choices.filter((one) => only === null || only.includes(one.position));
  return h("div", {}, h("h1.wall-title", {}, t.what), h("ol.wall-choices", {}, ...shown.map((one) => h("li", {}, badge(one.position), h("span", { lang: page.told, dir: "auto" }, one.say)))));
}

function reading() {
  withPhone();
  if (ready) side(choicesOf());
}

function voting() {
  withPhone(choicesOf(state.open), h("div.wall-clock", {}, h("p.wall-clock__left.number", { role: "timer" }), h("div.wall-clock__track", { "aria-hidden": "true" }, h("i")), h("p.wall-clock__cast", { role: "status" })));
}

function result() {
  const tie = state.taken === null;
  const most = Math.max(1, ...state.counts);
  const total = state.counts.reduce((a, b) => a + b, 0);
  const { choices } = scene();
  const rows = state.open.map((position) => {
    const fillBar = h("i.bars__fill");
    fillBar.style.setProperty("--part", String(state.counts[position] / most));
    const n = state.counts[position];
    return h("li", { "data-taken": position === state.taken ? "yes" : "no" }, badge(position), h("div", {}, h("span.bars__say", { lang: page.told, dir: "auto" }, choices[position].say), h("span.bars__track", { "aria-hidden": "true" }, fillBar)), h("b.number", {}, n === 1 ? t.vote_one : fill(t.votes, { n })));
  });
  stage.replaceChildren(h("section.wall-whole", {}, lead(tie ? (total ? t.tie : t.nobody) : t.result), h("ol.bars", {}, ...rows)));
}

const flagRow = (flag) => h("li", {}, h("b", {}, say(score.flags[flag].see)), h("span", {}, say(score.flags[flag].know)));

function discussion() {
  const { choices, me } = scene();
  const taken = choices[state.taken];
  const flags = flagsMet(score, visited(state)).slice(-3);
  stage.replaceChildren(
    h("section.wall-whole.talk", {}, lead(t.discuss), h("p.talk__chose", {}, badge(state.taken), h("span", {}, taken.say)), h("ul.talk__questions", {}, ...questions(score, state, t).map((one) => h("li", {}, fill(one, { name: me.name })))), flags.length ? h("aside.talk__seen", {}, h("h2", {}, t.seen_so_far), h("ul", {}, ...flags.map((flag) => h("li", {}, say(score.flags[flag].see))))) : null),
  );
}

function ended() {
  const shown = scene();
  const flags = page.mode === "alone" ? Object.keys(score.flags) : flagsMet(score, visited(state));
  const skills = skillsUsed(score, state.path);
  stage.replaceChildren(
    h("section.wall-whole.end", {}, lead(t.debrief), shown.debrief ? h("p.end__say", {}, shown.debrief) : null, h("ul.end__flags", {}, ...flags.slice(0, 6).map(flagRow)), skills.length ? h("p.end__used", {}, h("b", {}, `${t.used}: `), skills.map((one) => t.skills[one] ?? one).join(" · ")) : null, h("p.end__help", {}, h("b", {}, `${t.call}: `), page.helplines.map((one) => `${one.name} ${one.number}${one.confirmed ? "" : ` (${t.unconfirmed})`}`).join(" · ")), h("p.muted", {}, t.ended)),
  );
}

// What the teacher may do

function options() {
  if (!state || state.phase === "ended") return [];
  if (page.mode === "alone") return [];
  const { choices, ending } = scene();
  switch (state.phase) {
    case "lobby":
      return [["begin", t.begin, "main"]];
    case "reading":
      if (!ready) return [["skip", t.next, "main"]];
      return choices.length > 1 && !ending ? [["ask", t.ask, "main"]] : [["next", t.next, "main"]];
    case "voting":
      return [state.ends === null ? ["resume", t.resume, "main"] : ["stop", t.stop, "main"], ["more", t.more], ["close", t.close]];
    case "result":
      if (state.taken !== null) return [["next", t.talk, "main"]];
      return [["again", t.again, "main"], ...state.tied.map((one) => ["take", fill(t.take, { letter: letter(one) }), one])];
    default:
      return [["next", t.next, "main"]];
  }
}

function doIt([what, , detail]) {
  if (what === "skip") phone.it.skip();
  else if (what === "take") act("take", { choice: detail });
  else act(what);
}

const KEYS = { stop: "Space", resume: "Space", more: "ArrowUp", close: "ArrowRight" };

function controls() {
  const given = options();
  const buttons = given.map((one) => h(one[2] === "main" ? "button.button.button--glow.button--big" : "button.button.button--quiet.button--big", { type: "button", "data-do": one[0], "aria-keyshortcuts": KEYS[one[0]] ?? (one[2] === "main" ? "Space ArrowRight" : null), on: { click: () => doIt(one) } }, one[1]));
  const end = state && state.phase !== "ended" ? h("button.button.button--quiet", { type: "button", "data-do": "end", "aria-keyshortcuts": "Escape", on: { click: sure } }, t.end) : null;
  bar.replaceChildren(...buttons, ...(end ? [end] : []));
}

function sure() {
  bar.replaceChildren(h("p", { role: "alert" }, t.end_sure), h("button.button.button--danger", { type: "button", "data-do": "yes-end", on: { click: () => act("end") } }, t.yes_end), h("button.button.button--quiet", { type: "button", on: { click: controls } }, t.no_end));
  bar.querySelector("button:last-child").focus();
}

addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || !state) return;
  if (event.key === "Escape") {
    if (state.phase !== "ended") sure();
    return;
  }
  if (event.target.closest("button, a, input, label") && event.key !== "ArrowRight" && event.key !== "ArrowUp") return;
  const wanted = { " ": "Space", ArrowRight: "ArrowRight", ArrowUp: "ArrowUp" }[event.key];
  if (!wanted) return;
  const one = options().find(([what, , kind]) => (KEYS[what] ? KEYS[what] === wanted : kind === "main" && wanted !== "ArrowUp"));
  if (!one) return;
  event.preventDefault();
  doIt(one);
});

// The clock, and how far those are who play alone

let whole = 30;
let last = "";
function tick() {
  if (!state) return;
  if (page.mode === "alone") stretches();
  const at = stage.querySelector(".wall-clock__left");
  if (state.phase !== "voting" || !at) return;
  const seconds = secondsLeft(state, follow.now());
  if (last !== `${state.round}`) {
    last = `${state.round}`;
    whole = Math.max(1, seconds);
  }
  whole = Math.max(whole, seconds);
  const stopped = state.ends === null;
  at.textContent = fill(t.seconds, { n: seconds });
  stage.querySelector(".wall-clock").toggleAttribute("data-stopped", stopped);
  stage.querySelector(".wall-clock__track i").style.setProperty("--part", String(seconds / whole));
  stage.querySelector(".wall-clock__cast").textContent = fill(t.cast, { n: state.cast, of: state.joined }) + (stopped ? ` · ${t.stopped}` : "");
  const want = stopped ? "resume" : "stop";
  if (!bar.querySelector(`[data-do="${want}"]`) && !bar.querySelector("[data-do='yes-end']")) controls();
  if (!stopped && seconds === 0 && !tick.asked) {
    tick.asked = true;
    setTimeout(() => ((tick.asked = false), follow.ask()), 300);
  }
}

function stretches() {
  const list = stage.querySelector(".stretches");
  if (!list) return;
  const told = state.stretches;
  stage.querySelector(".stretches__few").hidden = Array.isArray(told);
  const key = JSON.stringify(told);
  if (list.dataset.told === key) return;
  list.dataset.told = key;
  const most = Math.max(1, ...(told ?? []));
  list.replaceChildren(
    ...(told ?? []).map((n, k) => {
      const bar = h("i.bars__fill");
      bar.style.setProperty("--part", String(n / most));
      return h("li", {}, h("span", {}, t.stretches[k]), h("span.bars__track", { "aria-hidden": "true" }, bar), h("b.number", {}, String(n)));
    }),
  );
}

setInterval(() => {
  phone?.it.tick(0.1, isCalm());
  tick();
}, 100);
if (page.mode === "alone") setInterval(() => follow.ask(), 2000);
