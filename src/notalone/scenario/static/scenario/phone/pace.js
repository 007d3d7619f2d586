/**
 * When a scene's lines appear: pure, moved on by elapsed time, so it can be paused, skipped and tested.
 *
 * Typed apps show that somebody types, then the line. Spoken ones wait until the line before has been said.
 */

const TYPED = new Set(["chat", "sms", "game"]);
const WORDS_A_SECOND = { vi: 250 / 60, other: 200 / 60 };
const CALM_SPEED = 1.25;

/**
 * Return how long a text takes to read, by the scenario format's rule.
 *
 * @param {string} text
 * @param {string} lang
 * @returns {number} seconds
 */
export function reading(text, lang) {
  const words = text.split(/\s+/).filter(Boolean).length;
  return words / (WORDS_A_SECOND[lang] ?? WORDS_A_SECOND.other);
}

function typing(text) {
  return Math.min(2.4, 0.6 + 0.022 * text.length);
}

/**
 * @typedef {{is: "typing" | "line" | "ready", line: number, wait: number}} Beat
 * @typedef {{beats: Beat[], next: number, left: number}} Pace
 */

/**
 * Plan a scene.
 *
 * @param {{from?: object | null, say: string, after: number, mine: boolean}[]} lines
 * @param {string} on the app
 * @param {string} lang
 * @returns {Pace}
 */
export function plan(lines, on, lang) {
  const beats = [];
  lines.forEach((line, k) => {
    const before = k > 0 && !TYPED.has(on) ? 0.7 * reading(lines[k - 1].say, lang) : 0;
    if (TYPED.has(on) && !line.mine && line.from !== null) {
      beats.push({ is: "typing", line: k, wait: line.after });
      beats.push({ is: "line", line: k, wait: typing(line.say) });
    } else {
      beats.push({ is: "line", line: k, wait: before + line.after });
    }
  });
  const last = lines.at(-1);
  beats.push({ is: "ready", line: -1, wait: last ? 0.6 + 0.55 * reading(last.say, lang) : 0.4 });
  return { beats, next: 0, left: beats[0].wait };
}

/**
 * Let time pass.
 *
 * @param {Pace} pace
 * @param {number} seconds
 * @param {boolean} [calm] calm mode takes its time
 * @returns {[Pace, Beat[]]} the new pace and what is due, in order
 */
export function advance(pace, seconds, calm = false) {
  let { next, left } = pace;
  const due = [];
  left -= calm ? seconds / CALM_SPEED : seconds;
  while (next < pace.beats.length && left <= 0) {
    due.push(pace.beats[next]);
    next += 1;
    if (next < pace.beats.length) left += pace.beats[next].wait;
  }
  return [{ ...pace, next, left: next < pace.beats.length ? left : 0 }, due];
}

/**
 * Go on to the next line, or to the choices after the last.
 *
 * @param {Pace} pace
 * @returns {[Pace, Beat[]]}
 */
export function skip(pace) {
  let { next } = pace;
  const due = [];
  while (next < pace.beats.length) {
    const beat = pace.beats[next];
    next += 1;
    if (beat.is !== "typing") {
      due.push(beat);
      break;
    }
  }
  return [{ ...pace, next, left: next < pace.beats.length ? pace.beats[next].wait : 0 }, due];
}

/**
 * Return whether everything was shown.
 *
 * @param {Pace} pace
 * @returns {boolean}
 */
export function over(pace) {
  return pace.next >= pace.beats.length;
}
