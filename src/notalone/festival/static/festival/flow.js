/**
 * What a visitor goes through at a station, as a pure state machine.
 *
 *     attract ─begin─► notes ─accept─► play ─ended─► debrief ─on─► brick ─laid─► thanks ─done─► attract
 *
 * Where a companion asks something: notes ─judge─► before ─judged─► play, and debrief ─judge─► after ─on─► brick.
 *
 * Help lies over any screen and leaves it where it was; exit, skip and silence lead back to attract, where
 * nothing of the visitor is left. Effects are told by name; the page carries them out.
 */

export const COUNTDOWN_MS = 15_000;
const READING_MS = 120_000;
const NEXT = {
  attract: { begin: "notes" },
  notes: { accept: "play", judge: "before" },
  before: { judged: "play" },
  play: { ended: "debrief" },
  debrief: { on: "brick", judge: "after" },
  after: { on: "brick" },
  brick: { laid: "thanks", pass: "thanks" },
  thanks: { done: "attract" },
};
const READING = new Set(["before", "after", "debrief", "brick"]);

/**
 * @typedef {object} State
 * @property {"attract"|"notes"|"before"|"play"|"debrief"|"after"|"brick"|"thanks"} screen
 * @property {boolean} help whether the helplines lie over the screen
 * @property {number | null} warned when the countdown began, ms; null while somebody is there
 * @property {number} touched when somebody was last there, ms
 * @property {boolean} attended whether the scene that plays was entered by a touch
 * @property {number} idle the station's patience, ms
 */

/**
 * @param {number} idle the station's patience, ms
 * @param {number} now ms
 * @returns {State}
 */
export function start(idle, now) {
  return { screen: "attract", help: false, warned: null, touched: now, attended: false, idle };
}

/**
 * Return how long this screen waits before it asks whether somebody is there.
 *
 * @param {State} state
 * @returns {number} ms
 */
export function patience(state) {
  return READING.has(state.screen) ? Math.max(state.idle, READING_MS) : state.idle;
}

/**
 * Return the whole seconds left in the countdown.
 *
 * @param {State} state
 * @param {number} now ms
 * @returns {number | null} null while no countdown runs
 */
export function secondsLeft(state, now) {
  if (state.warned === null) return null;
  return Math.max(0, Math.ceil((state.warned + COUNTDOWN_MS - now) / 1000));
}

/**
 * Return whether the play stands still.
 *
 * @param {State} state
 * @returns {boolean}
 */
export function paused(state) {
  return state.help || state.warned !== null;
}

function reset(state, now) {
  return [start(state.idle, now), ["forget", "show"]];
}

function cover(before, after, effects) {
  if (paused(before) === paused(after)) return [after, effects];
  return [after, [...effects, paused(after) ? "pause" : "resume"]];
}

function tick(state, now) {
  if (state.screen === "attract") return [state, []];
  if (state.warned !== null) {
    return now - state.warned >= COUNTDOWN_MS ? reset(state, now) : [state, ["count"]];
  }
  if (now - state.touched < patience(state)) return [state, []];
  return cover(state, { ...state, warned: now }, ["warn"]);
}

function touch(state, now) {
  const after = { ...state, touched: now, warned: null };
  return cover(state, after, state.warned === null ? [] : ["unwarn"]);
}

function move(state, screen, now) {
  if (screen === "attract") return reset(state, now);
  const after = { ...state, screen, help: false, warned: null, touched: now, attended: true };
  return [after, [...(screen === "play" ? ["run"] : []), "show"]];
}

/**
 * Take one event.
 *
 * @param {State} state
 * @param {string} event `begin accept judge judged skip ended on laid pass done exit help close touch line chose timeout tick`
 * @param {number} now ms
 * @returns {[State, string[]]} the next state and the effects to carry out, in order
 */
export function step(state, event, now) {
  if (event === "tick") return tick(state, now);
  if (event === "touch") return touch(state, now);
  if (event === "exit" || event === "skip") return reset(state, now);
  if (event === "help") return cover(state, { ...state, help: true, touched: now }, state.help ? [] : ["open-help"]);
  if (event === "close") return cover(state, { ...state, help: false, touched: now }, state.help ? ["close-help"] : []);
  if (event === "line") return [state.attended ? { ...state, touched: now } : state, []];
  if (event === "chose") return [{ ...state, touched: now, attended: true }, []];
  if (event === "timeout") return [{ ...state, attended: false }, []];
  const screen = NEXT[state.screen][event];
  return screen ? move(state, screen, now) : [state, []];
}
