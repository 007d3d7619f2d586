import assert from "node:assert/strict";
import test from "node:test";

import { follow } from "../../src/notalone/scenario/static/scenario/preview/follow.js";

const choice = (say) => ({ say, risk: false, skill: "" });
/** A road: at `a` one may go on, stay, or wait; the order of the choices is the test's. */
const road = (first, second) => ({
  texts: { en: ["on", "stay"] },
  start: 0,
  scenes: {
    a: { lines: [], choices: [choice(first), choice(second)], timeout: 5, ending: null },
    b: { lines: [], choices: [], timeout: null, ending: "safe" },
  },
  states: [
    { scene: "a", lines: [], choices: [[0, first === 0 ? 1 : 0], [1, second === 0 ? 1 : 0]], timeout: 1 },
    { scene: "b", lines: [], choices: [], timeout: null },
  ],
});

test("a choice that moved is found again by its words", () => {
  const steps = [{ scene: "a", choice: 0, say: "on" }];
  assert.equal(follow(road(0, 1), steps).scene, "b");
  assert.equal(follow(road(1, 0), steps).scene, "b");
});

test("a choice whose words changed is found again by its place", () => {
  assert.equal(follow(road(0, 1), [{ scene: "a", choice: 0, say: "go on" }]).scene, "b");
});

test("a timeout is waited for again", () => {
  assert.equal(follow(road(0, 1), [{ scene: "a", choice: -1 }]).scene, "b");
});

test("what is not offered any more ends the following where it is", () => {
  const steps = [{ scene: "a", choice: 1, say: "stay" }, { scene: "c", choice: 0 }, { scene: "a", choice: 0 }];
  const play = follow(road(0, 1), steps);
  assert.equal(play.scene, "a");
  assert.equal(play.path.length, 1);
});
