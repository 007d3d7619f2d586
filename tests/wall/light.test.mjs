import assert from "node:assert/strict";
import { test } from "node:test";
import {
  breath,
  chance,
  character,
  ease,
  flight,
  HEATS,
  settling,
  TONES,
  VOICES,
} from "../../src/notalone/wall/static/wall/light.js";

const STEP_MS = 1000 / 60;

/** Count rises of 0.1 or more as SAFETY.md dates them, and give the most in any second. */
function mostRisesInASecond(levels) {
  let low = levels[0];
  let high = levels[0];
  let rising = false;
  const rises = [];
  levels.forEach((level, frame) => {
    if (!rising) {
      low = Math.min(low, level);
      if (level > low + 0.1 && low < 0.8) {
        rises.push(frame);
        rising = true;
        high = level;
      }
    } else {
      high = Math.max(high, level);
      if (level < high - 0.1) {
        rising = false;
        low = level;
      }
    }
  });
  return Math.max(0, ...rises.map((at) => rises.filter((other) => other >= at && other < at + 60).length));
}

test("the wall breathes so slowly that it cannot flash", () => {
  for (let voice = 0; voice < VOICES; voice += 1) {
    const levels = Array.from({ length: 3600 }, (_, n) => breath(voice, n * STEP_MS, false));
    assert.ok(mostRisesInASecond(levels) <= 1);
    for (let n = 1; n < levels.length; n += 1) assert.ok(Math.abs(levels[n] - levels[n - 1]) < 0.003);
    assert.ok(Math.min(...levels) >= 0.67 && Math.max(...levels) <= 1);
  }
});

test("the whole wall together moves less than one voice does", () => {
  const mean = (now) => [...Array(VOICES).keys()].reduce((sum, voice) => sum + breath(voice, now, false), 0) / VOICES;
  for (let now = 0; now < 120_000; now += STEP_MS) assert.ok(Math.abs(mean(now + 333) - mean(now)) < 0.05);
});

test("a place where bricks are laid every 600 ms rises at most twice a second", () => {
  const levels = Array.from({ length: 60 * 30 }, (_, frame) => {
    const now = frame * STEP_MS;
    let light = 0;
    for (let laid = 0; laid <= now; laid += 600) light += settling(now - laid).halo * 0.55 * 0.2;
    return Math.min(1, light);
  });
  assert.ok(mostRisesInASecond(levels) <= 2);
});

test("with reduced motion nothing breathes", () => {
  for (let voice = 0; voice < VOICES; voice += 1) assert.equal(breath(voice, 12_345, true), breath(voice, 99_999, true));
});

test("a brick swells to its light and its halo goes again, without a jump", () => {
  assert.deepEqual(settling(0), { light: 0, halo: 0 });
  assert.equal(settling(60_000).light, 1);
  assert.equal(settling(60_000).halo, 0);
  for (let age = 0; age < 9000; age += STEP_MS) {
    assert.ok(Math.abs(settling(age + STEP_MS).light - settling(age).light) < 0.02);
    assert.ok(Math.abs(settling(age + STEP_MS).halo - settling(age).halo) < 0.02);
  }
});

test("a point of light starts in the sea and ends in its place", () => {
  const from = { x: 100, y: 1100 };
  const to = { x: 700, y: 500 };
  assert.deepEqual(flight(from, to, 0), from);
  assert.deepEqual(flight(from, to, 1), to);
  assert.deepEqual(flight(from, to, 2), to);
  assert.equal(ease(-1), 0);
});

test("a brick keeps its character, and characters are spread evenly", () => {
  const voices = new Array(VOICES).fill(0);
  const tones = new Array(TONES).fill(0);
  for (let index = 0; index < 6000; index += 1) {
    const own = character(index);
    assert.deepEqual(own, character(index));
    voices[own.voice] += 1;
    tones[own.tone] += 1;
    assert.ok(own.level > 0.3 && own.level <= 1 && own.heat >= 0 && own.heat < HEATS);
    assert.ok(chance(index, 7) >= 0 && chance(index, 7) < 1);
  }
  for (const count of voices) assert.ok(Math.abs(count - 6000 / VOICES) < 150);
  for (const count of tones) assert.ok(Math.abs(count - 6000 / TONES) < 150);
});
