/** A package on its own: joins the flow, the story, the phone and whoever it reports to. It keeps nothing itself. */

import { NONE, press } from "../../faces/exit_keys.js";
import { isCalm } from "../../faces/calm.js";
import { Phone } from "../phone/phone.js";
import { TIMEOUT, choose, readScore, timeout } from "../player.js";
import * as story from "../story.js";
import { WHOLE, next } from "./flow.js";
import { journey, read, written } from "./journey.js";
import * as screens from "./screens.js";
import { spoken } from "./spoken.js";

const GUARD_MS = 380; // a tap that meant "go on" must not choose
const ECHO_S = 1.4;
const TICK_MS = 50;
const CONTROLS = "button, input, select, option, a, label";
const NOWHERE = "about:blank";

/**
 * @typedef {object} Report whom the play is told to; every member returns at once
 * @property {boolean} silent a learning platform was expected and did not answer
 * @property {string[]} languages wished for there
 * @property {string} kept what `keep` was given the last time
 * @property {(text: string) => void} keep
 * @property {(step: {scene: string, choice: number, seconds: number}) => void} chose
 * @property {() => void} completed
 * @property {() => string | null} left the last word; where to go then
 */

/**
 * Play a package in this page.
 *
 * @param {object} data notalone/package-1
 * @param {Report} report
 */
export function stage(data, report) {
  const score = readScore(data.score);
  const codes = data.languages.map((one) => one.code);
  const resumed = read(score, report.kept);
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  let lang = resumed?.lang ?? spoken([...report.languages, ...navigator.languages], codes);
  let steps = resumed?.steps ?? [];
  let screen = "cover";
  let helping = false;
  let byKeys = false;
  let phone = null;
  /** The play that goes on; null while there is none. */
  let now = null;

  const ctx = () => ({ data, lang, texts: data.texts[lang], tell });
  const of = (index) => story.say(score, lang, index);
  const about = () => {
    const me = story.character(score, lang);
    return { title: of(score.title), name: me.name, me, notes: score.notes, minutes: score.minutes, ages: score.ages, reviewed: score.reviewed };
  };
  const flags = () => Object.fromEntries(Object.entries(score.flags).map(([flag, { see, know }]) => [flag, { see: of(see), know: know === null ? "" : of(know) }]));

  const SCREENS = {
    cover: () => screens.cover(ctx(), about(), { resumed: steps.length > 0, silent: report.silent, restart }),
    notes: () => screens.notes(ctx(), about()),
    play: () => screens.play(ctx(), about().me),
    debrief: () => screens.debrief(ctx(), { scene: now.scene, trace: now.trace, flags: flags() }),
    short: () => screens.short(ctx(), flags()),
    end: () => screens.end(ctx()),
  };

  function tell(event) {
    const to = next(screen, event);
    if (to === "left") {
      leave();
      return;
    }
    if (to === screen) return;
    screen = to;
    if (WHOLE.has(screen)) report.completed();
    if (screen === "cover" || screen === "short") begin([]);
    if (screen === "end") {
      const href = report.left();
      if (href) {
        location.replace(href);
        return;
      }
    }
    show();
    if (screen === "play") enter();
  }

  function show() {
    root.lang = lang;
    document.title = of(score.title);
    $("bar").replaceChildren(...screens.bar(ctx(), { help, leave, speak, calm: root.hasAttribute("data-calm") }));
    $("stage").dataset.screen = screen;
    delete $("stage").dataset.choosing;
    $("panel").replaceChildren(...SCREENS[screen]());
    $("panel").scrollTop = 0;
    $("panel").querySelector("[data-focus]")?.focus({ preventScroll: true });
  }

  function begin(taken) {
    steps = taken;
    report.keep(written(score, lang, steps));
  }

  function restart() {
    begin([]);
    show();
  }

  function leave() {
    const href = report.left() ?? NOWHERE;
    root.hidden = true;
    location.replace(href);
  }

  function speak(to) {
    lang = to;
    lay(false);
    if (screen === "play") {
      show();
      enter();
    } else {
      if (now?.scene) now = { ...now, ...arrived() };
      show();
    }
    $("language").focus();
  }

  // Help lies over everything and leaves it where it was

  function help() {
    lay(!helping);
  }

  function lay(open) {
    if (open === helping) return;
    helping = open;
    $("stage").inert = open;
    $("help").hidden = !open;
    const opener = document.querySelector("[data-help]");
    opener.setAttribute("aria-expanded", String(open));
    $("help").replaceChildren(...(open ? screens.help(ctx(), () => lay(false)) : []));
    (open ? $("help").querySelector("[data-focus]") : opener).focus({ preventScroll: true });
  }

  // The play

  /** Where the steps lead, with everything met up to there; at an ending that scene's own lines too. */
  function arrived() {
    const { play, trace } = journey(score, lang, steps);
    const scene = story.scene(score, lang, play.state);
    const all = scene.ending ? scene.lines.reduce((met, _line, k) => story.met(met, scene, k)[0], trace) : trace;
    return { play, scene, trace: all };
  }

  function enter() {
    now = { ...arrived(), wait: null, limit: null, readyAt: 0 };
    if (now.scene.ending) {
      tell("ended");
      return;
    }
    phone = new Phone($("phone"), { texts: data.texts[lang].phone, lang, hear });
    phone.enter(now.scene);
  }

  function onward() {
    const scene = story.scene(score, lang, now.play.state);
    now = { ...now, scene, wait: null, limit: null };
    if (scene.ending) {
      now = { ...now, ...arrived() };
      report.keep("");
      tell("ended");
      return;
    }
    show();
    phone.enter(scene);
  }

  function hear(what, detail) {
    if (what === "line") now.trace = story.met(now.trace, now.scene, detail.line)[0];
    else if (what === "ready") offer();
  }

  function offer() {
    const box = screens.choices(ctx(), now.scene, pick);
    $("panel").querySelector(".go-on")?.remove();
    $("panel").append(box);
    $("stage").dataset.choosing = "";
    now.readyAt = performance.now();
    now.limit = now.scene.timeout ? { left: now.scene.timeout, whole: now.scene.timeout } : null;
    if (!helping) box.querySelector(".choice")?.focus({ preventScroll: true });
  }

  function pick(position) {
    const waited = performance.now() - now.readyAt;
    if (now.wait !== null || helping || phone.stage !== "ready" || waited < GUARD_MS) return;
    const choice = now.scene.choices[position];
    for (const one of $("panel").querySelectorAll(".choice")) one.classList.toggle("choice--taken", one.dataset.choice === String(position));
    $("panel").querySelector(".choices").classList.add("choices--done");
    phone.echo(choice.say);
    report.chose({ scene: now.scene.id, choice: choice.index, seconds: waited / 1000 });
    went(position, story.did(now.trace, choice), choose(score, now.play, position), ECHO_S);
  }

  function went(step, trace, play, wait) {
    begin([...steps, step]);
    now = { ...now, trace, play, limit: null, wait };
  }

  function tick(seconds) {
    if (screen !== "play" || !now || helping || document.hidden) return;
    if (now.wait !== null) {
      now.wait -= seconds;
      if (now.wait <= 0) onward();
      return;
    }
    phone.tick(seconds, isCalm());
    if (!now.limit || isCalm() || byKeys) return;
    now.limit.left -= seconds;
    $("panel").querySelector(".ring")?.style.setProperty("--left", String(Math.max(0, now.limit.left / now.limit.whole)));
    if (now.limit.left <= 0) went(TIMEOUT, now.trace, timeout(score, now.play), 0.3);
  }

  // Hands

  let shifts = NONE;
  const playing = () => screen === "play" && !helping && now?.wait === null;

  function onKey(event) {
    const pressed = press(shifts, event, event.timeStamp);
    shifts = pressed.taps;
    if (pressed.exit) {
      leave();
      return;
    }
    byKeys = byKeys || event.key === "Tab";
    if (event.key === "Escape" && helping) lay(false);
    if (!playing() || event.ctrlKey || event.altKey || event.metaKey) return;
    const n = Number.parseInt(event.key, 10);
    if (n >= 1 && phone.stage === "ready") $("panel").querySelectorAll(".choice")[n - 1]?.click();
    else if (["Enter", " ", "ArrowRight"].includes(event.key) && !event.target.closest?.(CONTROLS)) {
      event.preventDefault();
      phone.skip();
    }
  }

  addEventListener("keydown", onKey, { capture: true });
  $("stage").addEventListener("click", (event) => {
    if (playing() && !event.target.closest(CONTROLS)) phone.skip();
  });
  addEventListener("pagehide", () => report.left());

  let last = performance.now();
  setInterval(() => {
    const at = performance.now();
    const seconds = Math.min(1, (at - last) / 1000);
    last = at;
    tick(seconds);
  }, TICK_MS);

  const wide = matchMedia("(min-width: 56rem) and (min-aspect-ratio: 1/1)");
  const shape = () => $("phone").classList.toggle("phone--device", wide.matches);
  wide.addEventListener("change", shape);
  shape();
  show();
  root.dataset.ready = "";
}

/** Return the package that lies in this page. */
export function packed() {
  return JSON.parse(document.getElementById("package").textContent);
}
