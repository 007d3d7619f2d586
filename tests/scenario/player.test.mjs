import assert from "node:assert/strict";
import test from "node:test";

import { begin, choose, offered, readScore, ScoreError, StepError, text, timeout, waits } from "../../src/notalone/scenario/static/scenario/player.js";

const SCORE = {
  format: "notalone/score-1",
  id: "call",
  hash: "0123456789abcdef",
  people: { linh: { name: 0, role: "character" } },
  flags: { authority: { see: 1, know: 2 } },
  scenes: {
    call: {
      on: "phone",
      ending: null,
      lines: [
        { from: "linh", say: 3, after: 1, flags: [] },
        { from: "linh", say: 4, after: 1, flags: ["authority"] },
      ],
      choices: [
        { say: 5, risk: true, skill: "" },
        { say: 6, risk: false, skill: "tell" },
      ],
      timeout: 30,
    },
    told: { on: null, ending: "safe", lines: [{ from: "linh", say: 4, after: 0, flags: ["authority"] }], choices: [], timeout: null },
  },
  start: 0,
  states: [
    { scene: "call", lines: [0], choices: [[1, 1]], timeout: 2 },
    { scene: "told", lines: [0], choices: [], timeout: null },
    { scene: "call", lines: [0, 1], choices: [[0, 2], [1, 1]], timeout: null },
  ],
  texts: { en: ["Linh", "Police by video", "Hang up", "Hello", "This is the police.", "Stay", "Tell mum"] },
};

test("a play begins at the start with the lines of that state", () => {
  const score = readScore(SCORE);
  assert.deepEqual(begin(score), { state: 0, scene: "call", lines: [0], flags: [], path: [], ended: null });
});

test("choices are numbered as they are offered, not as they stand in the scene", () => {
  const score = readScore(JSON.stringify(SCORE));
  const play = begin(score);
  assert.deepEqual(offered(score, play), [{ choice: 1, say: 6, risk: false, skill: "tell" }]);
  const after = choose(score, play, 0);
  assert.equal(after.ended, "safe");
  assert.deepEqual(after.path, [{ scene: "call", choice: 1 }]);
});

test("a timeout leads on, and a flag counts where it was met first", () => {
  const score = readScore(SCORE);
  assert.equal(waits(score, begin(score)), 30);
  const waited = timeout(score, begin(score));
  assert.deepEqual(waited.path, [{ scene: "call", choice: -1 }]);
  assert.equal(waits(score, waited), null);
  const met = [{ flag: "authority", scene: "call", line: 1 }];
  assert.deepEqual(waited.flags, met);
  assert.deepEqual(choose(score, waited, 1).flags, met);
});

test("a play is frozen through and through", () => {
  const score = readScore(SCORE);
  const play = timeout(score, begin(score));
  for (const part of [play, play.lines, play.flags, play.path, play.flags[0], play.path[0]]) assert.ok(Object.isFrozen(part));
});

test("what is not offered is refused", () => {
  const score = readScore(SCORE);
  const play = begin(score);
  for (const n of [-1, 1, 0.5, NaN, "0", undefined]) assert.throws(() => choose(score, play, n), StepError);
  assert.throws(() => timeout(score, timeout(score, play)), StepError);
  assert.throws(() => choose(score, choose(score, play, 0), 0), StepError);
});

test("another version, a damaged score and what is no JSON are refused in one sentence", () => {
  assert.throws(() => readScore({ ...SCORE, format: "notalone/score-2" }), /^Error: The score has the format "notalone\/score-2"; this player reads/);
  const damaged = [
    "",
    "[",
    "null",
    "[]",
    {},
    { ...SCORE, start: 3 },
    { ...SCORE, states: null },
    { ...SCORE, states: [{ scene: "nowhere", lines: [], choices: [], timeout: null }] },
    { ...SCORE, states: [{ scene: "call", lines: [9], choices: [], timeout: null }] },
    { ...SCORE, states: [{ scene: "call", lines: [], choices: [[0, 7]], timeout: null }] },
    { ...SCORE, states: [{ scene: "told", lines: [], choices: [], timeout: 0 }] },
  ];
  for (const bad of damaged) assert.throws(() => readScore(bad), ScoreError);
});

test("texts come by language and number, empty where there is none", () => {
  const score = readScore(SCORE);
  assert.equal(text(score, "en", 3), "Hello");
  assert.equal(text(score, "vi", 3), "");
  assert.equal(text(score, "en", null), "");
});
