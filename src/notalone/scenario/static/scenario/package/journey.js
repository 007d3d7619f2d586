/**
 * A play as the steps that led to it: begun again from them in any language, and kept by a learning platform as a
 * short line. Pure.
 */

import { TIMEOUT, begin, choose, timeout } from "../player.js";
import * as story from "../story.js";

const VERSION = "1";
const WAITED = "t";
/** SCORM 1.2 RTE, 3.4.4: `cmi.suspend_data` holds 4096 characters. */
export const LONGEST = 4096;

/**
 * Play steps from the start.
 *
 * @param {object} score
 * @param {string} lang
 * @param {readonly number[]} steps positions of offered choices, TIMEOUT where nobody chose
 * @returns {{play: import("../player.js").Play, trace: import("../story.js").Trace}} the trace holds what was met before
 *   the scene that the play stands in
 * @throws {import("../player.js").StepError} a step is not offered
 */
export function journey(score, lang, steps) {
  let play = begin(score);
  let trace = story.NOTHING;
  for (const step of steps) {
    const shown = story.scene(score, lang, play.state);
    trace = seen(trace, shown);
    if (step !== TIMEOUT && shown.choices[step]) trace = story.did(trace, shown.choices[step]);
    play = step === TIMEOUT ? timeout(score, play) : choose(score, play, step);
  }
  return { play, trace };
}

function seen(trace, shown) {
  return shown.lines.reduce((before, _line, k) => story.met(before, shown, k)[0], trace);
}

/**
 * Write steps down.
 *
 * @param {object} score
 * @param {string} lang
 * @param {readonly number[]} steps
 * @returns {string} empty where nothing was done yet, or more than can be kept
 */
export function written(score, lang, steps) {
  if (!steps.length) return "";
  const line = [VERSION, score.hash, lang, steps.map((step) => (step === TIMEOUT ? WAITED : step.toString(36))).join("")].join(" ");
  return line.length <= LONGEST ? line : "";
}

/**
 * Read steps that were written down.
 *
 * @param {object} score
 * @param {string} line
 * @returns {{lang: string, steps: number[]} | null} null where it is none, or of another story
 */
export function read(score, line) {
  const [version, hash, lang, taken = ""] = String(line ?? "").split(" ");
  if (version !== VERSION || hash !== score.hash || !(lang in score.texts) || !/^[0-9a-st]+$/.test(taken)) return null;
  const steps = [...taken].map((step) => (step === WAITED ? TIMEOUT : Number.parseInt(step, 36)));
  try {
    journey(score, lang, steps);
  } catch {
    return null;
  }
  return { lang, steps };
}
