/**
 * A play as the station shows it: the scene of a state in the visitor's language, what was met on the way, and the
 * moments that follow. Pure; the score decides, nothing here does.
 */

import { groupOf } from "./phone/sorting.js";

const THINGS = /^(app|bank|system|shop|site|page|account|game)$/;
/** Where two speak with each other, be it without the character. */
const BETWEEN = new Set(["phone", "video", "chat", "sms", "place"]);

/**
 * @param {object} score
 * @param {string} lang
 * @param {number} index
 * @returns {string}
 */
export function say(score, lang, index) {
  const texts = score.texts[lang] ?? score.texts.en ?? Object.values(score.texts)[0];
  return texts[index];
}

/** A stranger who is seen on video in a story of false police wears what they pretend to be. */
function wears(score, id) {
  if (score.risk !== "virtual-kidnapping") return false;
  return Object.values(score.scenes).some((one) => one.on === "video" && one.lines.some((line) => line.from === id));
}

/**
 * Return a person of the story.
 *
 * @param {object} score
 * @param {string} lang
 * @param {string | null} id
 * @returns {{id: string, name: string, role: string, uniform: boolean, thing: boolean} | null}
 */
export function person(score, lang, id) {
  const known = score.people[id];
  if (!known) return null;
  const uniform = known.role === "stranger" && wears(score, id);
  return { id, name: say(score, lang, known.name), role: known.role, uniform, thing: THINGS.test(id) };
}

/**
 * Return the one whom the visitor helps.
 *
 * @param {object} score
 * @param {string} lang
 */
export function character(score, lang) {
  const [id] = Object.entries(score.people).find(([, one]) => one.role === "character") ?? [Object.keys(score.people)[0]];
  return person(score, lang, id) ?? { id: "", name: "", role: "character", uniform: false, thing: false };
}

/**
 * Return whose phone this is (null: nobody's of those who speak) and who is at the other end: whoever says most.
 *
 * @param {(string | null)[]} speakers of the lines, in order
 * @param {string} me the character
 * @returns {{near: string | null, far: string | null}}
 */
export function sides(speakers, me) {
  const others = speakers.filter((one) => one !== null && one !== me);
  const times = (one) => others.filter((other) => other === one).length;
  const far = others.reduce((best, one) => (best === null || times(one) > times(best) ? one : best), null);
  const near = speakers.includes(me) ? me : (others.find((one) => one !== far) ?? me);
  return { near, far };
}

/**
 * Return a state's scene in full.
 *
 * @param {object} score
 * @param {string} lang
 * @param {number} state
 */
export function scene(score, lang, state) {
  const at = score.states[state];
  const told = score.scenes[at.scene];
  const me = character(score, lang);
  const { near: holder, far } = sides(at.lines.map((index) => told.lines[index].from ?? null), me.id);
  const group = told.on === "chat" ? groupOf(told.lines.map((line) => person(score, lang, line.from)), me.id) : [];
  const near = group.length || !BETWEEN.has(told.on) ? me.id : holder;
  return {
    id: at.scene,
    other: person(score, lang, far),
    group,
    on: told.on,
    cue: told.cue ?? "",
    intensity: told.intensity ?? 0,
    ending: told.ending ?? null,
    debrief: told.debrief === null || told.debrief === undefined ? "" : say(score, lang, told.debrief),
    me,
    lines: at.lines.map((index) => {
      const line = told.lines[index];
      const from = person(score, lang, line.from);
      return { from, mine: from !== null && from.id === near, say: say(score, lang, line.say), after: line.after ?? 0, flags: line.flags ?? [], key: `${at.scene}.${index}` };
    }),
    choices: at.choices.map(([index], position) => {
      const choice = told.choices[index];
      return { position, index, say: say(score, lang, choice.say), risk: Boolean(choice.risk), skill: choice.skill ?? "" };
    }),
    timeout: at.timeout === null || at.timeout === undefined ? null : told.timeout,
  };
}

/**
 * A play so far: what the debrief shows.
 *
 * @typedef {{met: {flag: string, on: string, from: object | null, say: string}[],
 *   used: {skill: string, say: string}[]}} Trace
 */

/** @type {Trace} */
export const NOTHING = Object.freeze({ met: [], used: [] });

/**
 * A line was shown: remember each flag where it was met first.
 *
 * @param {Trace} trace
 * @param {object} shown a scene of `scene`
 * @param {number} line which of its lines
 * @returns {[Trace, string[]]} the trace and every flag of the line
 */
export function met(trace, shown, line) {
  const { flags, from, say: text } = shown.lines[line];
  const fresh = flags.filter((flag) => !trace.met.some((one) => one.flag === flag));
  const added = fresh.map((flag) => ({ flag, on: shown.on, from, say: text }));
  return [{ ...trace, met: [...trace.met, ...added] }, flags];
}

/**
 * A choice was made: remember the skill that it took.
 *
 * @param {Trace} trace
 * @param {{skill: string, say: string}} choice
 * @returns {Trace}
 */
export function did(trace, choice) {
  if (!choice.skill || trace.used.some((one) => one.skill === choice.skill)) return trace;
  return { ...trace, used: [...trace.used, { skill: choice.skill, say: choice.say }] };
}

/**
 * Return the type and own fields of each moment that entering a scene causes.
 *
 * @param {{run: string, scenario: string}} run
 * @param {object} shown a scene of `scene`
 * @returns {[string, object][]}
 */
export function onEntering(run, shown) {
  const head = { run: run.run, scenario: run.scenario, scene: shown.id };
  const entered = ["scene-entered", { ...head, cue: shown.cue, intensity: shown.intensity }];
  return shown.ending ? [entered, ["ending-reached", { ...head, ending: shown.ending }]] : [entered];
}

/**
 * Return the moment of a choice, or of the timeout where `choice` is null.
 *
 * @param {{run: string, scenario: string}} run
 * @param {object} shown a scene of `scene`
 * @param {object | null} choice
 * @returns {[string, object]}
 */
export function onChoosing(run, shown, choice) {
  const head = { run: run.run, scenario: run.scenario, scene: shown.id };
  return ["choice-made", { ...head, choice: choice?.index ?? -1, risk: choice?.risk ?? false, skill: choice?.skill ?? "" }];
}
