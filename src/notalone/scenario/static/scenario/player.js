/**
 * Plays a score: looking up, with no logic of its own (docs/developers/house.md, Scores).
 *
 * `notalone.scenario.core.step` does exactly the same; a test plays both side by side.
 */

export const FORMAT = "notalone/score-1";
export const TIMEOUT = -1;

/** A JSON value is not a score that can be played. */
export class ScoreError extends Error {}

/** What was done is not offered here. */
export class StepError extends Error {}

/**
 * @typedef {object} Play a frozen object
 * @property {number} state
 * @property {string} scene the scene's id
 * @property {readonly number[]} lines the scene's lines that are shown now, by index
 * @property {readonly {flag: string, scene: string, line: number}[]} flags red flags met, in order, where first met
 * @property {readonly {scene: string, choice: number}[]} path steps taken; the choice's index in the scene or TIMEOUT
 * @property {"safe" | "recovered" | null} ended
 *
 * @typedef {object} Offer
 * @property {number} choice index in the scene
 * @property {number} say index of the text
 * @property {boolean} risk
 * @property {string} skill
 */

/**
 * Read a score.
 *
 * @param {string | object} json
 * @returns {Readonly<object>} the score, deeply as it came
 * @throws {ScoreError} it is no JSON, of another version, or its states do not fit its scenes
 */
export function readScore(json) {
  let score = json;
  if (typeof json === "string") {
    try {
      score = JSON.parse(json);
    } catch (error) {
      throw new ScoreError(`The score is not JSON: ${error.message}.`);
    }
  }
  if (score?.format !== FORMAT) {
    throw new ScoreError(`The score has the format ${JSON.stringify(score?.format)}; this player reads "${FORMAT}" alone.`);
  }
  try {
    check(score);
  } catch (error) {
    throw new ScoreError(`The score is damaged: ${error.message}.`);
  }
  return score;
}

/**
 * @param {object} score
 * @returns {Play} the play that stands at the start
 */
export function begin(score) {
  return enter(score, score.start, [], []);
}

/**
 * Return the choices offered now, in the order in which they are numbered.
 *
 * @param {object} score
 * @param {Play} play
 * @returns {Offer[]}
 */
export function offered(score, play) {
  const { choices } = score.scenes[play.scene];
  return score.states[play.state].choices.map(([choice]) => ({ choice, ...choices[choice] }));
}

/**
 * Return after how many seconds the story goes on by itself.
 *
 * @param {object} score
 * @param {Play} play
 * @returns {number | null} null where it waits
 */
export function waits(score, play) {
  return score.states[play.state].timeout === null ? null : score.scenes[play.scene].timeout;
}

/**
 * Return the play after the n-th offered choice, counted from 0.
 *
 * @param {object} score
 * @param {Play} play
 * @param {number} n
 * @returns {Play}
 * @throws {StepError} no such choice is offered now
 */
export function choose(score, play, n) {
  const { choices } = score.states[play.state];
  if (!Number.isInteger(n) || n < 0 || n >= choices.length) {
    throw new StepError(`The scene ${play.scene} offers ${choices.length} choices here, not number ${n + 1}.`);
  }
  const [choice, target] = choices[n];
  return enter(score, target, play.flags, [...play.path, Object.freeze({ scene: play.scene, choice })]);
}

/**
 * Return the play after nobody chose in time.
 *
 * @param {object} score
 * @param {Play} play
 * @returns {Play}
 * @throws {StepError} the story waits here
 */
export function timeout(score, play) {
  const target = score.states[play.state].timeout;
  if (target === null) throw new StepError(`The scene ${play.scene} has no timeout here.`);
  return enter(score, target, play.flags, [...play.path, Object.freeze({ scene: play.scene, choice: TIMEOUT })]);
}

/**
 * Return a text of the score.
 *
 * @param {object} score
 * @param {string} lang
 * @param {number | null} index
 * @returns {string} empty where there is none
 */
export function text(score, lang, index) {
  return index === null ? "" : (score.texts[lang]?.[index] ?? "");
}

function enter(score, number, flags, path) {
  const { scene, lines } = score.states[number];
  const said = score.scenes[scene].lines;
  let met = flags;
  for (const line of lines) {
    for (const flag of said[line].flags) {
      if (!met.some((one) => one.flag === flag)) met = [...met, Object.freeze({ flag, scene, line })];
    }
  }
  return Object.freeze({
    state: number,
    scene,
    lines: Object.freeze([...lines]),
    flags: Object.freeze(met),
    path: Object.freeze(path),
    ended: score.scenes[scene].ending,
  });
}

function check(score) {
  const count = score.states.length;
  if (!within(score.start, count)) throw new Error("the start is no state");
  score.states.forEach((state, number) => {
    const scene = score.scenes[state.scene];
    const fits =
      scene !== undefined &&
      state.lines.every((line) => within(line, scene.lines.length)) &&
      state.choices.every(([choice, target]) => within(choice, scene.choices.length) && within(target, count)) &&
      (state.timeout === null || (within(state.timeout, count) && scene.timeout !== null));
    if (!fits) throw new Error(`the state ${number} does not fit its scene`);
  });
}

function within(index, count) {
  return Number.isInteger(index) && index >= 0 && index < count;
}
