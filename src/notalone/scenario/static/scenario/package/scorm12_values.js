/** Values of the SCORM 1.2 data model, written as its run-time environment wants them (SCORM 1.2 RTE, 3.4). Pure. */

/** Reaching an ending, or the short form, is all there is to reach: it says nothing of how. */
export const SCORE = Object.freeze({ min: "0", max: "100", raw: "100" });
const LETTERS = "abcdefghijklmnopqrstuvwxyz";

const two = (number) => String(number).padStart(2, "0");

/**
 * Write a length of time: CMITimespan, `HHHH:MM:SS.SS`.
 *
 * @param {number} seconds
 * @returns {string}
 */
export function timespan(seconds) {
  const hundredths = Math.max(0, Math.round(seconds * 100));
  const whole = Math.floor(hundredths / 100);
  const hours = Math.min(9999, Math.floor(whole / 3600));
  return `${String(hours).padStart(4, "0")}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${two(hundredths % 100)}`;
}

/**
 * Write a time of day: CMITime, `HH:MM:SS`.
 *
 * @param {Date} at
 * @returns {string}
 */
export function clock(at) {
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/**
 * Return what to set for a choice: the n-th interaction of the attempt.
 *
 * @param {number} n
 * @param {{scene: string, choice: number, seconds: number}} step `choice` is its index in the scene
 * @param {Date} at
 * @returns {[string, string][]} elements and values, in the order in which they must be set
 */
export function interaction(n, step, at) {
  const head = `cmi.interactions.${n}`;
  return [
    [`${head}.id`, step.scene],
    [`${head}.time`, clock(at)],
    [`${head}.type`, "choice"],
    [`${head}.student_response`, LETTERS[step.choice]],
    [`${head}.result`, "neutral"],
    [`${head}.latency`, timespan(step.seconds)],
  ];
}

/**
 * Find the platform's API as SCORM 1.2 RTE, 3.3.6.1 says: in a parent, then in the opener and its parents.
 *
 * @param {Window} from
 * @returns {object | null}
 */
export function findApi(from) {
  return upwards(from) ?? (from.opener ? upwards(from.opener) : null) ?? (from.top?.opener ? upwards(from.top.opener) : null);
}

function upwards(from) {
  let at = from;
  for (let steps = 0; steps < 500; steps += 1) {
    try {
      if (at.API) return at.API;
    } catch {
      return null; // a window of another origin
    }
    if (!at.parent || at.parent === at) return null;
    at = at.parent;
  }
  return null;
}
