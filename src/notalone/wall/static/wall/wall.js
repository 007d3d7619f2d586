/** The page of the wall: what stands, what comes over the air, what is read. */

import { connect } from "../live/live.js";
import { isCalm } from "../faces/calm.js";
import { arrive, remove, start, tick } from "./arrivals.js";
import { Roll } from "./roll.js";
import { Scene } from "./scene.js";

const GONE_EVERY_MS = 15_000;
const AWAY_AFTER_MS = 4000;
const LISTED = 30;
const SAY_FADE_MS = 900;

const page = document.querySelector("[data-wall]");
const data = JSON.parse(document.getElementById("wall").textContent);
const access = JSON.parse(document.getElementById("live").textContent);
const part = (name) => page.querySelector(`[data-${name}]`);
const numbers = new Intl.NumberFormat(data.lang);

await document.fonts.load('600 40px "Be Vietnam Pro"', "Bạn không một mình").catch(() => []);

const roll = new Roll(data.bricks, data.count);
const scene = new Scene(page.querySelector("canvas"), data.count);
let arrivals = start(data.bricks, performance.now());
let sayTimer = 0;
let awayTimer = 0;

/** Put a message where it can be read, in its own language and direction. */
function say(brick) {
  const figure = part("say");
  clearTimeout(sayTimer);
  const text = figure.querySelector("p");
  text.textContent = brick.text;
  text.lang = brick.lang;
  const length = [...brick.text].length;
  figure.dataset.length = length > 90 ? "long" : length > 48 ? "middle" : "short";
  figure.hidden = false;
  figure.getBoundingClientRect(); // the change of opacity starts from what is laid out
  figure.toggleAttribute("data-on", true);
}

function hush() {
  const figure = part("say");
  figure.toggleAttribute("data-on", false);
  clearTimeout(sayTimer);
  sayTimer = setTimeout(() => {
    figure.hidden = true;
  }, SAY_FADE_MS);
}

function list(brick) {
  const item = document.createElement("li");
  item.dataset.brick = brick.id;
  item.lang = brick.lang;
  item.dir = "auto";
  item.textContent = brick.text;
  const newest = part("newest");
  newest.prepend(item);
  while (newest.children.length > LISTED) newest.lastElementChild.remove();
}

function showCount() {
  part("count").textContent = numbers.format(roll.count);
  part("count-label").textContent = roll.count === 1 ? data.texts.one : data.texts.many;
  part("empty").hidden = roll.count > 0 || arrivals.waiting.length > 0;
}

function come(moment) {
  const brick = { id: moment.brick, text: moment.text, lang: moment.lang, kind: moment.kind };
  if (!roll.announce(brick.id)) return;
  arrivals = arrive(arrivals, brick);
}

function takeOff(id, now) {
  const removed = remove(arrivals, id);
  arrivals = removed.state;
  if (removed.clear) {
    hush();
    scene.spot(null, now);
  }
  if (roll.remove(id)) scene.drop(now, isCalm());
  page.querySelector(`[data-brick="${CSS.escape(id)}"]`)?.remove();
  showCount();
}

function frame(now) {
  const calm = isCalm();
  const next = tick(arrivals, now, scene.flightTime(calm));
  arrivals = next.state;
  if (next.clear) {
    hush();
    scene.spot(null, now);
  }
  if (next.launch) {
    scene.launch(now, calm);
    roll.lay(next.launch.id);
    list(next.launch);
    showCount();
  }
  if (next.read) {
    say(next.read);
    scene.spot(roll.indexOf(next.read.id), now);
  }
  scene.draw(now, calm);
  requestAnimationFrame(frame);
}

async function dropGone() {
  const answer = await fetch(data.gone, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return;
  const { gone } = await answer.json();
  for (const id of gone) takeOff(id, performance.now());
}

/** Tell when the connection is away for long; a page that is open for longer than its token loads itself again. */
function state(name, why) {
  page.dataset.state = name;
  clearTimeout(awayTimer);
  if (name === "connected") part("away").textContent = "";
  else if (why === "expired") location.reload();
  else awayTimer = setTimeout(() => (part("away").textContent = data.texts.away), AWAY_AFTER_MS);
}

addEventListener("resize", () => scene.resize());
setInterval(dropGone, GONE_EVERY_MS);
showCount();
requestAnimationFrame(frame);

const live = connect({ ...access, onState: state });
live.follow("wall", { after: data.seq, onValue: come });

/** For benches and tests of this page: what frames cost, and how many bricks stand. */
page.wallCost = () => ({ ...scene.cost(), bricks: scene.count });
