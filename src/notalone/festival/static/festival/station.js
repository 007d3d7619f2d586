/** A station: joins the flow, the play, the phone, the sounds and the doors. What a visitor leaves behind ends here. */

import { isCalm, setCalm } from "../faces/calm.js";
import { begin, choose, readScore, timeout } from "../scenario/player.js";
import { Device } from "../scenario/phone/device.js";
import { companion } from "./companion.js";
import { Covers } from "./covers.js";
import { Door, Store } from "./door.js";
import { paused, secondsLeft, start, step } from "./flow.js";
import { fromBrowser, newPass, uuid7s } from "./ids.js";
import { listen } from "./hands.js";
import { Sender, moment } from "./moments.js";
import * as screens from "./screens.js";
import { Sound } from "./sound.js";
import * as story from "../scenario/story.js";

const GUARD_MS = 380; // a tap that meant "go on" must not choose
const ECHO_S = 1.7;
const ENDING_S = 1.1;
const TICK_MS = 50;
const RETRY_MS = 4000;

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const page = read("station");
const texts = read("texts");
const root = document.documentElement;
const kiosk = document.getElementById("kiosk");
const panel = document.getElementById("panel");
const covers = new Covers(kiosk, document.querySelector("[data-help]"), {
  help: document.getElementById("help"),
  still: document.getElementById("still"),
});

const ctx = { texts, page, tell };
const door = new Door(page);
const sound = new Sound();
const id = uuid7s(() => door.now(), fromBrowser);
const later = (run, ms) => setTimeout(run, ms);
const sender = new Sender({ store: new Store("moment"), post: (batch) => door.moments(batch), now: () => Date.now(), later });
const bricks = new Sender({ store: new Store("brick"), post: layKept, now: () => Date.now(), later });
const phone = new Device(document.getElementById("phone"), { texts: texts.phone, lang: page.lang, hear, first: page.first });

let flow = start(page.idle_ms, Date.now());
let score = null;
/** Everything of the visitor: replaced as a whole when they leave. */
let visit = null;

async function layKept([one]) {
  const state = await door.brick(one);
  if (state === "away") return { is: "away" };
  return state === "refused" ? { is: "refused", index: 0 } : { is: "stored" };
}

async function loadScore() {
  try {
    // the phone's picture stands before its apps are there; nobody can begin without them
    const [fresh, { openApp }] = await Promise.all([door.score().then(readScore), import("../scenario/phone/apps.js")]);
    phone.openApp = openApp;
    const first = score === null;
    score = fresh;
    if (first && flow.screen === "attract") show();
  } catch (error) {
    if (score === null) setTimeout(loadScore, RETRY_MS);
    if (error instanceof SyntaxError) throw error;
  }
}

function record(...told) {
  const head = () => ({ id: id(), at: door.now(), where: page.station, pass: visit.pass });
  sender.send(told.map(([type, own]) => moment(type, head(), own)));
}

// Flow

function tell(event) {
  const [next, effects] = step(flow, event, Date.now());
  flow = next;
  for (const effect of effects) EFFECTS[effect]();
}

const EFFECTS = {
  show,
  run,
  forget,
  pause: () => sound.silence(),
  resume: () => {},
  count: () => {
    covers.find("still", ".still__left").textContent = String(secondsLeft(flow, Date.now()));
  },
  warn: () => covers.lay("still", screens.still(ctx)),
  unwarn: () => covers.lift("still"),
  "open-help": () => covers.lay("help", screens.help(ctx)),
  "close-help": () => covers.lift("help"),
};

function forget() {
  visit = null;
  companion().forget();
  phone.reset();
  sound.rest();
  setCalm(false);
  mood("", 0);
  covers.lift("help");
  covers.lift("still");
  loadScore();
  const home = page.languages.find((one) => one.code === kiosk.dataset.home);
  if (home && home.code !== page.lang) goHome(home.url);
}

/** Another visitor's language ends with them; a server that is away must not leave a blank screen. */
async function goHome(url) {
  const there = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(3000) }).catch(() => null);
  if (there?.ok && flow.screen === "attract") location.replace(url);
}

function show() {
  covers.lift("help");
  covers.lift("still");
  kiosk.dataset.screen = flow.screen;
  delete kiosk.dataset.choosing;
  document.getElementById("phone").classList.toggle("phone--resting", flow.screen === "attract");
  panel.replaceChildren(...SCREENS[flow.screen]());
  panel.scrollTop = 0;
  panel.querySelector("[data-focus]")?.focus({ preventScroll: true });
}

function told() {
  if (!score) return null;
  const me = story.character(score, page.lang);
  return { title: story.say(score, page.lang, score.title), name: me.name, me, notes: score.notes, minutes: score.minutes, ages: score.ages };
}

const SCREENS = {
  attract: () => screens.attract(ctx, told()),
  notes: () => screens.notes(ctx, told(), companion().offer()),
  before: () => companion().before(),
  play: () => screens.play(ctx, told().me),
  debrief: () => screens.debrief(ctx, { scene: visit.scene, trace: visit.trace, flags: flagTexts() }, companion().onward()),
  after: () => companion().after(),
  brick: () => screens.brick(ctx, lay),
  thanks: () =>
    screens.thanks(ctx, { state: visit.brick, text: visit.brickText, qr: page.urls.qr.replace(page.pass_place, visit.pass), code: visit.pass }),
};

function flagTexts() {
  const of = (index) => story.say(visit.score, page.lang, index);
  return Object.fromEntries(Object.entries(visit.score.flags).map(([flag, { see, know }]) => [flag, { see: of(see), know: of(know) }]));
}

// Play

function run() {
  visit = { pass: newPass(fromBrowser), run: id(), score, play: begin(score), scene: null, trace: story.NOTHING, brick: null, brickText: "", wait: null, limit: null, readyAt: 0 };
  record(["run-started", { run: visit.run, scenario: score.id, lang: page.lang, score: score.hash }]);
  enter();
}

function who() {
  return { run: visit.run, scenario: visit.score.id };
}

/** Tell the festival at once that a scene is entered; the phone shows it when the choice has been seen. */
function enter(...before) {
  visit.scene = story.scene(visit.score, page.lang, visit.play.state);
  record(...before, ...story.onEntering(who(), visit.scene));
  mood(visit.scene.cue, visit.scene.intensity);
  visit.limit = null;
  if (!before.length) visit.wait = 0;
}

function unveil() {
  visit.wait = null;
  if (visit.scene.ending) {
    sound.relief();
    tell("ended");
    return;
  }
  show();
  phone.enter(visit.scene);
}

function mood(cue, intensity) {
  kiosk.style.setProperty("--tension", String(intensity / 4));
  kiosk.dataset.cue = cue;
  sound.pad(cue);
}

function hear(what, detail) {
  if (what === "ring") sound.ring(detail.outgoing);
  else if (what === "answer") sound.connect();
  else if (what === "ready") ready();
  else if (what === "line") {
    sound.line(detail.mine);
    const [trace, flags] = story.met(visit.trace, visit.scene, detail.line);
    visit.trace = trace;
    if (flags.length) record(...flags.map((flag) => ["flag-seen", { ...who(), scene: visit.scene.id, flag }]));
    tell("line");
  } else sound[what]();
}

function ready() {
  const box = screens.choices(ctx, visit.scene, pick);
  panel.querySelector(".go-on")?.remove();
  panel.append(box);
  kiosk.dataset.choosing = "";
  visit.readyAt = Date.now();
  visit.limit = visit.scene.timeout ? { left: visit.scene.timeout, whole: visit.scene.timeout } : null;
  box.querySelector(".choice")?.focus({ preventScroll: true });
}

function pick(position) {
  if (visit?.wait !== null || paused(flow) || phone.stage !== "ready" || Date.now() - visit.readyAt < GUARD_MS) return;
  const choice = visit.scene.choices[position];
  const moved = story.onChoosing(who(), visit.scene, choice);
  visit.trace = story.did(visit.trace, choice);
  sound.touch();
  for (const one of panel.querySelectorAll(".choice")) one.classList.toggle("choice--taken", one.dataset.choice === String(position));
  panel.querySelector(".choices").classList.add("choices--done");
  phone.echo(choice.say);
  tell("chose");
  visit.play = choose(visit.score, visit.play, position);
  enter(moved);
  visit.wait = visit.scene.ending ? ECHO_S + ENDING_S : ECHO_S;
}

function runOut() {
  const moved = story.onChoosing(who(), visit.scene, null);
  tell("timeout");
  visit.play = timeout(visit.score, visit.play);
  enter(moved);
  visit.wait = 0.3;
}

function tickLimit(seconds) {
  if (!visit.limit || isCalm() || hands.byKeys()) return;
  visit.limit.left -= seconds;
  panel.querySelector(".ring")?.style.setProperty("--left", String(Math.max(0, visit.limit.left / visit.limit.whole)));
  if (visit.limit.left <= 0) runOut();
}

function tick(seconds) {
  if (flow.screen !== "play" || !visit || paused(flow)) return;
  if (visit.wait !== null) {
    visit.wait -= seconds;
    if (visit.wait <= 0) unveil();
    return;
  }
  phone.tick(seconds, isCalm());
  if (phone.stage === "ready") tickLimit(seconds);
}

// Brick

async function lay(brick) {
  const mine = visit;
  const sent = { id: id(), where: page.station, pass: visit.pass, ...brick };
  const state = await door.brick(sent);
  if (state === "refused") return false;
  if (state === "away") bricks.send([sent]);
  if (visit !== mine || flow.screen !== "brick") return true;
  visit.brick = state === "away" ? "kept" : state;
  visit.brickText = state === "held" ? "…" : brick.text ?? page.messages.find((one) => one.id === brick.message).say;
  sound.brick();
  tell("laid");
  return true;
}

// Hands

const hands = listen({
  tell,
  wake: () => sound.wake(),
  skip: () => phone.skip(),
  helping: () => flow.help,
  playing: () => flow.screen === "play" && !paused(flow) && visit?.wait === null,
  choice: (n) => (phone.stage === "ready" ? panel.querySelectorAll(".choice")[n] : null),
});
const soundButton = document.querySelector("[data-sound]");
soundButton.addEventListener("click", () => {
  sound.muted = !sound.muted;
  soundButton.setAttribute("aria-pressed", String(!sound.muted));
});
document.addEventListener("calm", () => (sound.calm = isCalm()));
addEventListener("online", () => (sender.flush(), bricks.flush()));

let last = performance.now();
setInterval(() => {
  const now = performance.now();
  const seconds = Math.min(1, (now - last) / 1000);
  last = now;
  tell("tick");
  tick(seconds);
}, TICK_MS);

const wide = matchMedia("(min-width: 56rem) and (min-aspect-ratio: 1/1)");
const shape = () => document.getElementById("phone").classList.toggle("phone--device", wide.matches || flow.screen === "attract");
wide.addEventListener("change", shape);
new MutationObserver(shape).observe(kiosk, { attributes: true, attributeFilter: ["data-screen"] });

sound.calm = isCalm();
root.dataset.ready = "";
companion().start({ page, door, tell, redraw: () => show(), touch: () => sound.touch() });
show();
shape();
requestAnimationFrame(() => setTimeout(() => (root.dataset.letters = ""))); // fonts come after the first picture
loadScore();
sender.flush();
bricks.flush();
