import assert from "node:assert/strict";
import test from "node:test";

import { COUNTDOWN_MS, patience, paused, secondsLeft, start, step } from "../../../src/notalone/festival/static/festival/flow.js";

const IDLE = 60_000;

function run(events, from = start(IDLE, 0)) {
  const effects = [];
  let state = from;
  for (const [event, now] of events) {
    const [next, told] = step(state, event, now);
    state = next;
    effects.push(...told);
  }
  return { state, effects };
}

const TO_PLAY = [["begin", 1], ["accept", 2]];
const TO_THANKS = [...TO_PLAY, ["ended", 3], ["on", 4], ["laid", 5]];

test("a visit goes from attract through notes, play, debrief and brick to thanks and back", () => {
  const seen = [];
  let state = start(IDLE, 0);
  for (const event of ["begin", "accept", "ended", "on", "laid", "done"]) {
    [state] = step(state, event, 1);
    seen.push(state.screen);
  }
  assert.deepEqual(seen, ["notes", "play", "debrief", "brick", "thanks", "attract"]);
});

test("a run begins only when the content note was accepted", () => {
  assert.ok(!run([["begin", 1]]).effects.includes("run"));
  assert.deepEqual(run(TO_PLAY).effects.filter((e) => e === "run"), ["run"]);
});

test("skipping the story leads back and forgets, without a run", () => {
  const { state, effects } = run([["begin", 1], ["skip", 2]]);
  assert.equal(state.screen, "attract");
  assert.ok(effects.includes("forget") && !effects.includes("run"));
});

test("exit leads back to attract from every screen, under help and countdown too, and forgets", () => {
  for (let length = 1; length <= TO_THANKS.length; length += 1) {
    for (const over of [[], [["help", 10]], [["tick", 10 ** 7]], [["help", 10], ["tick", 10 ** 7]]]) {
      const { state, effects } = run([...TO_THANKS.slice(0, length), ...over, ["exit", 10 ** 7 + 1]]);
      assert.equal(state.screen, "attract");
      assert.equal(paused(state), false);
      assert.ok(effects.includes("forget"));
      assert.equal(state.warned, null);
    }
  }
});

test("help lies over the play, pauses it, and leaves it where it was", () => {
  const open = run([...TO_PLAY, ["help", 3]]);
  assert.equal(open.state.screen, "play");
  assert.deepEqual(open.effects.slice(-2), ["open-help", "pause"]);
  const closed = run([["close", 4]], open.state);
  assert.equal(closed.state.screen, "play");
  assert.deepEqual(closed.effects, ["close-help", "resume"]);
});

test("silence asks gently, and a touch goes on where it was", () => {
  const { state } = run(TO_PLAY);
  assert.deepEqual(step(state, "tick", 2 + IDLE - 1)[1], []);
  const [asked, effects] = step(state, "tick", 2 + IDLE);
  assert.deepEqual(effects, ["warn", "pause"]);
  assert.equal(secondsLeft(asked, asked.warned + 1), 15);
  assert.equal(secondsLeft(asked, asked.warned + 14_001), 1);
  const [back, told] = step(asked, "touch", asked.warned + 5000);
  assert.deepEqual(told, ["unwarn", "resume"]);
  assert.equal(back.screen, "play");
});

test("silence through the countdown resets and forgets", () => {
  const { state, effects } = run([...TO_PLAY, ["tick", 60_002], ["tick", 60_002 + COUNTDOWN_MS]]);
  assert.equal(state.screen, "attract");
  assert.deepEqual(effects.slice(-2), ["forget", "show"]);
  assert.deepEqual(state, start(IDLE, 60_002 + COUNTDOWN_MS));
});

test("a countdown over open help goes on being paused when it is answered", () => {
  const { state, effects } = run([...TO_PLAY, ["help", 3], ["tick", 60_003], ["touch", 61_000]]);
  assert.ok(state.help && paused(state));
  assert.deepEqual(effects.slice(-2), ["warn", "unwarn"]);
});

test("lines keep a scene awake that a person chose, never one that a timeout entered", () => {
  const chosen = run([...TO_PLAY, ["chose", 1000], ["line", 50_000], ["tick", 100_000]]);
  assert.equal(chosen.state.warned, null);
  const left = run([...TO_PLAY, ["timeout", 1000], ["line", 50_000], ["tick", 100_000]]);
  assert.equal(left.state.warned, 100_000);
});

test("attract never asks and an event of another screen changes nothing", () => {
  assert.deepEqual(run([["tick", 10 ** 9]]).effects, []);
  for (const event of ["accept", "ended", "on", "laid", "done", "nonsense"]) {
    assert.deepEqual(step(start(IDLE, 0), event, 5), [start(IDLE, 0), []]);
  }
});

test("reading screens wait at least two minutes", () => {
  assert.equal(patience(run(TO_PLAY).state), 60_000);
  assert.equal(patience(run([...TO_PLAY, ["ended", 3]]).state), 120_000);
  assert.equal(patience({ ...start(300_000, 0), screen: "brick" }), 300_000);
});

test("over random visits pause and resume alternate and every visit that left attract forgets", () => {
  let seed = 7;
  const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
  const EVENTS = ["begin", "accept", "skip", "ended", "on", "laid", "pass", "done", "exit", "help", "close", "touch", "line", "chose", "timeout", "tick"];
  let state = start(IDLE, 0);
  let now = 0;
  let still = false;
  for (let k = 0; k < 20_000; k += 1) {
    now += random(30_000);
    const before = state;
    const [after, effects] = step(state, EVENTS[random(EVENTS.length)], now);
    for (const effect of effects) {
      if (effect === "pause") still = (assert.ok(!still), true);
      if (effect === "resume") still = (assert.ok(still), false);
      if (effect === "show") still = false;
    }
    if (after.screen !== "attract") assert.equal(still, paused(after));
    if (before.screen !== "attract" && after.screen === "attract") assert.ok(effects.includes("forget"));
    if (effects.includes("forget")) assert.deepEqual(after, start(IDLE, now));
    state = after;
  }
});
