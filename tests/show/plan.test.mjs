import assert from "node:assert/strict";
import test from "node:test";

import { encode, fit, floors, means, readFrame, towards } from "../../src/notalone/show/static/show/plan.js";
import { HOLD_MS, SILENT_MS, cuesOf, handsOff, moved, plays, told } from "../../src/notalone/show/static/show/running.js";

const CELLS = [[0, 0, 0, 0], [4, 2, 0, 0], [10, 8, 1, 0.3], [10.3, 8, 1, 0.3], [5, 5, -1, 0]];

test("a frame is read as the show writes it, and anything else is none", () => {
  const bytes = Uint8Array.of(9, 9, 0x2c, 1, 0, 0, 2, 0, 1, 2, 3, 250, 251, 252).subarray(2);
  assert.deepEqual(readFrame(bytes), { number: 300, colours: Uint8Array.of(1, 2, 3, 250, 251, 252) });
  assert.equal(readFrame(bytes.slice(0, -1)), null);
  assert.equal(readFrame(new ArrayBuffer(3)), null);
  assert.deepEqual(readFrame(Uint8Array.of(1, 0, 0, 0, 0, 0).buffer).colours.length, 0);
});

test("linear light is encoded for the screen, rising and without a gap", () => {
  assert.equal(encode(0), 0);
  assert.equal(encode(255), 255);
  assert.equal(encode(999), 255);
  assert.equal(encode(-4), 0);
  assert.equal(encode(128), 188);
  for (let light = 0; light < 255; light += 0.25) assert.ok(encode(light) <= encode(light + 0.25));
});

test("shown light is what is on the wire at once, or in calm mode moves there without overshooting", () => {
  const wire = Uint8Array.of(0, 200, 100);
  assert.deepEqual([...towards(Float64Array.of(10, 20, 30), wire, 1)], [0, 200, 100]);
  assert.deepEqual([...towards(Float64Array.of(100, 100, 100), wire, 0.5)], [50, 150, 100]);
  assert.deepEqual([...towards(new Float64Array(0), wire, 0.1)], [0, 200, 100]);
});

test("a plan fits into its box, keeps its proportions and has the back at the top", () => {
  const ground = floors(CELLS, 2);
  for (const box of [{ left: 0, top: 50, width: 1920, height: 900 }, { left: 8, top: 40, width: 374, height: 500 }]) {
    const to = fit(CELLS, ground, box);
    for (const { left, right, back, front } of ground) {
      assert.ok(to.x(left) >= box.left - 1e-6 && to.x(right) <= box.left + box.width + 1e-6);
      assert.ok(to.y(back) >= box.top - 1e-6 && to.y(front) <= box.top + box.height + 1e-6);
      assert.ok(to.y(back) < to.y(front));
    }
    assert.ok(Math.abs(to.x(3) - to.x(2) - to.scale) < 1e-9);
    assert.ok(Math.abs(to.y(2) - to.y(3) - to.scale) < 1e-9);
  }
});

test("floors hold the cells of their place alone", () => {
  const [hall, stage] = floors(CELLS, 2);
  assert.ok(hall.left < 0 && hall.right > 4 && hall.right < 10 && hall.front < 0 && hall.back > 2);
  assert.ok(stage.left > 5 && stage.right > 10.3);
});

test("a place's floor catches the mean of its light", () => {
  const light = Float64Array.of(10, 0, 0, 30, 0, 0, 0, 8, 0, 0, 4, 0, 255, 255, 255);
  assert.deepEqual(means(CELLS, 3, light), [[20, 0, 0], [0, 6, 0], [0, 0, 0]]);
});

test("each place says its cue's title, its name where it has none, or that it is dark", () => {
  const state = { places: { hall: { cue: "unease" }, stage: { cue: "own" }, far: { cue: "" } } };
  assert.deepEqual(cuesOf(state, ["hall", "stage", "far", "new"], { unease: "Bất an" }, "Tối"), [
    { place: "hall", cue: "unease", title: "Bất an" },
    { place: "stage", cue: "own", title: "own" },
    { place: "far", cue: "", title: "Tối" },
    { place: "new", cue: "", title: "Tối" },
  ]);
});

test("the show plays while it is heard of", () => {
  assert.equal(plays(true, 1000, 1000 + SILENT_MS - 1), true);
  assert.equal(plays(true, 1000, 1000 + SILENT_MS), false);
  assert.equal(plays(false, 1000, 1001), false);
  assert.equal(plays(true, -Infinity, 5), false);
});

test("what a hand sets holds against older news of the show, and then follows the show again", () => {
  const set = moved(handsOff(), { master: 0.4 }, 1000);
  const old = { master: 1, blackout: false, calm: false };
  assert.equal(told(set, old, 1000 + HOLD_MS - 1).desk.master, 0.4);
  assert.deepEqual(told(set, { ...old, calm: true, other: 1 }, 1000 + HOLD_MS).desk, { ...old, calm: true });
  assert.equal(told(set, undefined, 9999), set);
});
