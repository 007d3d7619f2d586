/** A class as its pages reckon with it. Pure; the server decides where the class is. */

/** @param {number} position @returns {string} the letter of a choice */
export const letter = (position) => String.fromCharCode(65 + position);

/**
 * Return which of two states holds: what comes late over one wire must not undo what came over the other.
 *
 * @param {object | null} held
 * @param {object} come
 */
export function newer(held, come) {
  return held !== null && come.rev < held.rev ? held : { ...held, ...come };
}

/**
 * Return the whole seconds left of the countdown.
 *
 * @param {{ends: number | null, left: number | null}} state
 * @param {number} now the server's time in ms
 * @returns {number | null} null where no vote is open
 */
export function secondsLeft({ ends, left }, now) {
  if (ends !== null && ends !== undefined) return Math.max(0, Math.ceil((ends - now) / 1000));
  return left === null || left === undefined ? null : Math.ceil(left / 1000);
}

/**
 * Return what makes a page draw itself anew; the countdown and the number of votes do not.
 *
 * @param {object} state
 */
export function picture({ phase, at, round, taken, tied, open }) {
  return JSON.stringify([phase, at, round, taken, tied, open]);
}

/**
 * Return the score's states that the class has been in, the present one last.
 *
 * @param {{path: [number, number][], at: number}} state
 */
export function visited({ path, at }) {
  return [...path.map(([state]) => state), at];
}

/**
 * Return the red flags met so far, in order, each once.
 *
 * @param {object} score
 * @param {number[]} states
 * @returns {string[]}
 */
export function flagsMet(score, states) {
  const met = new Set();
  for (const state of states) {
    const { scene, lines } = score.states[state];
    for (const line of lines) for (const flag of score.scenes[scene].lines[line].flags ?? []) met.add(flag);
  }
  return [...met];
}

/**
 * Return the skills that the class's choices took, each once.
 *
 * @param {object} score
 * @param {[number, number][]} path
 * @returns {string[]}
 */
export function skillsUsed(score, path) {
  const used = new Set();
  for (const [at, position] of path) {
    const state = score.states[at];
    if (position < 0) continue;
    const { skill } = score.scenes[state.scene].choices[state.choices[position][0]];
    if (skill) used.add(skill);
  }
  return [...used];
}

/**
 * Return the questions to talk about after a choice: on the choice taken, on a skill that was there, and a general one.
 *
 * @param {object} score
 * @param {{at: number, taken: number, round: number}} state
 * @param {{risky: string, not_risky: string, general: string[], questions: Record<string, string>}} texts
 * @returns {string[]} two or three
 */
export function questions(score, { at, taken, round }, texts) {
  const state = score.states[at];
  const choices = state.choices.map(([index]) => score.scenes[state.scene].choices[index]);
  const chosen = choices[taken];
  const skill = chosen.skill || choices.map((one) => one.skill).find((one) => one && texts.questions[one]);
  const general = texts.general[(round + texts.general.length - 1) % texts.general.length];
  return [chosen.risk ? texts.risky : texts.not_risky, texts.questions[skill], general].filter(Boolean);
}

/**
 * Return roughly how far a play is: 0 the beginning, 1 the middle, 2 near the end, 3 finished.
 *
 * @param {number} steps taken
 * @param {number} rest the fewest steps to an ending from here
 */
export function stretch(steps, rest) {
  if (rest === 0) return 3;
  const done = steps / (steps + rest);
  return done < 1 / 3 ? 0 : done < 2 / 3 ? 1 : 2;
}

/**
 * Return the fewest steps from each state to an ending; Infinity where there is none.
 *
 * @param {object} score
 * @returns {number[]}
 */
export function stepsToEnd(score) {
  const before = score.states.map(() => []);
  score.states.forEach((state, number) => {
    for (const [, target] of state.choices) before[target].push(number);
    if (state.timeout !== null) before[state.timeout].push(number);
  });
  const steps = score.states.map((state) => (score.scenes[state.scene].ending ? 0 : Infinity));
  const queue = steps.flatMap((one, number) => (one === 0 ? [number] : []));
  for (const number of queue) {
    for (const one of before[number]) {
      if (steps[one] === Infinity) {
        steps[one] = steps[number] + 1;
        queue.push(one);
      }
    }
  }
  return steps;
}
