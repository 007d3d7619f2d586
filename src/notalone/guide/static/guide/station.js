/** Joins a station: six messages before the story, six after it, and a code for a retest. */

import { join } from "../festival/companion.js";
import { Store } from "../festival/door.js";
import { fromBrowser, uuid7s } from "../festival/ids.js";
import { Sender } from "../festival/moments.js";
import * as judging from "./judging.js";
import * as views from "./views.js";

const data = JSON.parse(document.getElementById("judging").textContent);
const nextId = uuid7s(() => Date.now(), fromBrowser);
let station = null;
let sender = null;
/** Everything of the visitor: replaced as a whole when they leave. */
let mine = null;

const items = (phase) => data.forms[mine.order[phase === "before" ? 0 : 1]];
const done = (phase) => mine !== null && mine[phase].length === items(phase).length;
const blockKey = () => `notalone.block.${station.page.station}.${station.page.scenario}`;

/** The station's own block, kept where it can be: it says nothing of any visitor. */
function order() {
  let rest = [];
  try {
    rest = JSON.parse(localStorage.getItem(blockKey()) ?? "[]");
  } catch {
    // nothing is kept here: every visitor begins a block
  }
  const [drawn, left] = judging.draw(rest, fromBrowser);
  try {
    localStorage.setItem(blockKey(), JSON.stringify(left));
  } catch {
    // full or forbidden
  }
  return drawn;
}

/** One after the other: a code belongs to counts that the server must have first. What came before a stop is sent again. */
async function post(batch) {
  for (const [index, one] of batch.entries()) {
    const sent = await station.door.send(one.url, one.value);
    if (sent.is === "stored") shown(one.value.code, sent.answer.qr);
    else return sent.is === "refused" ? { is: "refused", index } : { is: sent.is };
  }
  return { is: "stored" };
}

function shown(code, qr) {
  if (!code || mine?.code !== code) return;
  mine.qr = qr;
  if (mine.view === "code") station.redraw();
}

function leave(url, value) {
  sender.send([{ id: nextId(), url, value }]);
}

function send() {
  mine.uid = judging.uuid4(fromBrowser);
  const { page } = station;
  leave(data.urls.judged, {
    id: mine.uid,
    scenario: page.scenario,
    lang: page.lang,
    order: mine.order,
    age: mine.age ?? "",
    before: judging.count(items("before"), mine.before),
    after: judging.count(items("after"), mine.after),
  });
}

function move(change) {
  mine = { ...mine, ...change };
  station.redraw();
}

function say(phase, genuine) {
  station.touch();
  mine = judging.answer(mine, phase, genuine);
  if (!done(phase)) station.redraw();
  else if (phase === "before") station.tell("judged");
  else {
    send();
    move({ view: "told" });
  }
}

function question(phase) {
  return views.question(data.texts, {
    item: items(phase)[mine[phase].length],
    number: mine[phase].length + 1,
    all: items(phase).length,
    say: (genuine) => say(phase, genuine),
    out: phase === "before" ? [data.texts.straight, skip] : [data.texts.no_more, () => station.tell("on")],
  });
}

/** Whoever would rather play has judged nothing: there is no “after” either. */
function skip() {
  mine = null;
  station.tell("judged");
}

function before() {
  mine ??= { ...judging.begin(order()), view: "age" };
  if (mine.view === "age") return views.age(data.texts, data.ages, (age) => move({ age, view: "items" }), skip);
  return question("before");
}

const AFTER = {
  items: () => views.again(data.texts, () => move({ view: "judge" }), () => station.tell("on")),
  judge: () => question("after"),
  told: () => views.told(data.texts, items("after"), () => move({ view: "offer" })),
  offer: () => views.offer(data.texts, takeCode, () => station.tell("on")),
  code: () => views.code(data.texts, { code: judging.spell(mine.code), qr: mine.qr, path: home() }, () => station.tell("on")),
};

/** The retest's address as somebody types it at home. */
function home() {
  return new URL(data.urls.again, location.href).href.replace(/^https?:\/\//, "");
}

function takeCode() {
  const code = judging.newCode(fromBrowser);
  move({ code, qr: null, view: "code" });
  leave(data.urls.code, { id: mine.uid, code, lang: station.page.lang });
}

join({
  start(given) {
    station = given;
    sender = new Sender({ store: new Store("judged"), post, now: () => Date.now(), later: (run, ms) => setTimeout(run, ms) });
    sender.flush();
    addEventListener("online", () => sender.flush());
  },
  offer: () => data.texts.offer,
  before,
  onward: () => (done("before") ? data.texts.onward : null),
  after: () => AFTER[mine.view](),
  forget() {
    mine = null;
  },
});
