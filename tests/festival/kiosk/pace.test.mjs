import assert from "node:assert/strict";
import test from "node:test";

import { advance, over, plan, reading, skip } from "../../../src/notalone/scenario/static/scenario/phone/pace.js";

const LINES = [
  { say: "This is the police. Your name is in a case.", after: 1.5, mine: false },
  { say: "What?", after: 0, mine: true },
  { say: "Do not tell anybody.", after: 1, mine: false },
];
const names = (beats) => beats.map((beat) => `${beat.is}${beat.line}`);

test("reading takes 200 words a minute, in Vietnamese 250 syllables", () => {
  assert.equal(reading("one two three four five six seven eight nine ten", "en"), 3);
  assert.equal(reading("một hai ba bốn năm", "vi"), 1.2);
  assert.equal(reading("", "de"), 0);
});

test("in a chat the other types before each line, the character does not", () => {
  assert.deepEqual(names(plan(LINES, "chat", "en").beats), ["typing0", "line0", "line1", "typing2", "line2", "ready-1"]);
});

test("on a call a line waits until the one before was said", () => {
  const { beats } = plan(LINES, "phone", "en");
  assert.deepEqual(names(beats), ["line0", "line1", "line2", "ready-1"]);
  assert.equal(beats[0].wait, 1.5);
  assert.equal(beats[1].wait, 0.7 * reading(LINES[0].say, "en"));
});

test("time in small steps and in one leap shows the same in the same order", () => {
  let slow = plan(LINES, "chat", "en");
  const seen = [];
  for (let k = 0; k < 2000 && !over(slow); k += 1) {
    const [next, due] = advance(slow, 1 / 60);
    slow = next;
    seen.push(...names(due));
  }
  const [all, due] = advance(plan(LINES, "chat", "en"), 10_000);
  assert.ok(over(slow) && over(all));
  assert.deepEqual(seen, names(due));
});

test("nothing appears before its time, and no time passes while it stands still", () => {
  const start = plan(LINES, "phone", "en");
  const [next, due] = advance(start, 1.49);
  assert.deepEqual(due, []);
  const [, none] = advance(next, 0);
  assert.deepEqual(none, []);
  assert.deepEqual(names(advance(next, 0.011)[1]), ["line0"]);
});

test("calm mode takes a quarter longer", () => {
  assert.deepEqual(advance(plan(LINES, "phone", "en"), 1.5, true)[1], []);
  assert.deepEqual(names(advance(plan(LINES, "phone", "en"), 1.876, true)[1]), ["line0"]);
});

test("skipping shows one line at a time, then the choices, then nothing", () => {
  let now = plan(LINES, "chat", "en");
  const seen = [];
  for (let k = 0; k < 6; k += 1) {
    const [next, due] = skip(now);
    now = next;
    seen.push(names(due).join());
  }
  assert.deepEqual(seen, ["line0", "line1", "line2", "ready-1", "", ""]);
});

test("a scene without lines comes to its choices", () => {
  const [done, due] = advance(plan([], "place", "vi"), 0.4);
  assert.deepEqual(names(due), ["ready-1"]);
  assert.ok(over(done));
});
