import assert from "node:assert/strict";
import { test } from "node:test";

import { NONE, press } from "../../src/notalone/faces/static/faces/exit_keys.js";

const shift = { key: "Shift", repeat: false };
const tap = (events) => {
  let taps = NONE;
  return events.map(([event, now]) => {
    const result = press(taps, event, now);
    taps = result.taps;
    return result.exit;
  });
};

test("three taps of Shift within a second and a half leave", () => {
  assert.deepEqual(tap([[shift, 0], [shift, 700], [shift, 1500]]), [false, false, true]);
});

test("the first of three taps that come too slowly is forgotten", () => {
  assert.deepEqual(tap([[shift, 0], [shift, 700], [shift, 1501], [shift, 2000]]), [false, false, false, true]);
});

test("a letter between the taps begins anew, so writing capitals never leaves", () => {
  const letter = { key: "A", repeat: false };
  assert.deepEqual(tap([[shift, 0], [letter, 50], [shift, 100], [letter, 150], [shift, 200], [letter, 250]]), Array(6).fill(false));
});

test("holding Shift down is one tap", () => {
  const held = { key: "Shift", repeat: true };
  assert.deepEqual(tap([[shift, 0], [held, 30], [held, 60], [shift, 200]]), [false, false, false, false]);
});

test("after leaving, the next tap begins anew", () => {
  assert.deepEqual(tap([[shift, 0], [shift, 1], [shift, 2], [shift, 3], [shift, 4]]), [false, false, true, false, false]);
});
