import assert from "node:assert/strict";
import test from "node:test";

import { flagsMet, letter, newer, questions, secondsLeft, skillsUsed, stepsToEnd, stretch, visited } from "../../src/notalone/classes/static/classes/lesson.js";

const line = (flags = []) => ({ from: "a", say: 0, flags });
const score = {
  start: 0,
  scenes: {
    call: { lines: [line(["secrecy"]), line(["hurry", "secrecy"])], choices: [{ say: 1, risk: true, skill: "" }, { say: 2, risk: false, skill: "tell" }], ending: null },
    safe: { lines: [line()], choices: [], ending: "safe" },
  },
  states: [
    { scene: "call", lines: [0, 1], choices: [[0, 0], [1, 1]], timeout: null },
    { scene: "safe", lines: [0], choices: [], timeout: null },
  ],
};
const texts = { risky: "risky?", not_risky: "safer?", general: ["one?", "two?"], questions: { tell: "whom?" } };

test("what comes late does not undo what is known", () => {
  const held = { rev: 5, phase: "result", mine: 1 };
  assert.equal(newer(held, { rev: 4, phase: "voting" }), held);
  assert.deepEqual(newer(held, { rev: 6, phase: "discussion" }), { rev: 6, phase: "discussion", mine: 1 });
  assert.deepEqual(newer(null, { rev: 0 }), { rev: 0 });
});

test("the countdown is counted from an instant, and stands where it was stopped", () => {
  assert.equal(secondsLeft({ ends: 10_000, left: null }, 9_001), 1);
  assert.equal(secondsLeft({ ends: 10_000, left: null }, 20_000), 0);
  assert.equal(secondsLeft({ ends: null, left: 12_000 }, 99_000), 12);
  assert.equal(secondsLeft({ ends: null, left: 0 }, 99_000), 0);
  assert.equal(secondsLeft({ ends: null, left: null }, 0), null);
});

test("flags and skills are told once each, in the order in which they were met", () => {
  const state = { at: 1, path: [[0, 0], [0, 1]] };
  assert.deepEqual(visited(state), [0, 0, 1]);
  assert.deepEqual(flagsMet(score, visited(state)), ["secrecy", "hurry"]);
  assert.deepEqual(skillsUsed(score, state.path), ["tell"]);
  assert.deepEqual(skillsUsed(score, [[0, -1]]), []);
});

test("each choice gives questions to talk about, whether it was a risk or not", () => {
  assert.deepEqual(questions(score, { at: 0, taken: 0, round: 1 }, texts), ["risky?", "whom?", "one?"]);
  assert.deepEqual(questions(score, { at: 0, taken: 1, round: 2 }, texts), ["safer?", "whom?", "two?"]);
});

test("how far a play is is told in four stretches alone", () => {
  assert.deepEqual(stepsToEnd(score), [1, 0]);
  assert.deepEqual([[0, 4], [2, 3], [4, 1], [4, 0]].map(([steps, rest]) => stretch(steps, rest)), [0, 1, 2, 3]);
  assert.equal(letter(3), "D");
});
