import assert from "node:assert/strict";
import { test } from "node:test";
import { camera, frameOf, RATIO, wallOf } from "../../src/notalone/wall/static/wall/layout.js";

const ASPECTS = [0.6, 1, 2.3, 3.9];
const MANY = 3000;

test("no two bricks stand in the same place, and the first lies in the middle of the ground", () => {
  for (const aspect of ASPECTS) {
    const wall = wallOf(aspect);
    const seen = new Set();
    for (let index = 0; index < MANY; index += 1) {
      const { course, column } = wall.at(index);
      seen.add(`${course},${column}`);
    }
    assert.equal(seen.size, MANY);
    assert.deepEqual(wall.at(0), { course: 0, column: 0 });
  }
});

test("every brick rests on the ground or on a brick that was laid before it", () => {
  for (const aspect of ASPECTS) {
    const wall = wallOf(aspect);
    const middles = [];
    for (let index = 0; index < MANY; index += 1) {
      const { course } = wall.at(index);
      const { x } = wall.middle(index);
      const below = middles.some((other) => other.course === course - 1 && Math.abs(other.x - x) < 1);
      assert.ok(course === 0 || below, `brick ${index} of aspect ${aspect} hangs in the air`);
      middles.push({ course, x });
    }
  }
});

test("courses are a running bond: joints of neighbouring courses are half a brick apart", () => {
  const wall = wallOf(2.3);
  for (let index = 0; index < 500; index += 1) {
    const { course, column } = wall.at(index);
    assert.equal(wall.middle(index).x - column, course % 2 ? 0.5 : 0);
  }
});

test("the box holds all bricks so far and never shrinks", () => {
  for (const aspect of ASPECTS) {
    const wall = wallOf(aspect);
    let before = wall.box(0);
    let far = { left: 0, right: 0, top: 0 };
    for (let count = 1; count <= MANY; count += 1) {
      const { x, y } = wall.middle(count - 1);
      far = {
        left: Math.min(far.left, x - 0.5),
        right: Math.max(far.right, x + 0.5),
        top: Math.max(far.top, y + 0.5 / RATIO),
      };
      const box = wall.box(count);
      assert.ok(far.left >= box.middle - box.width / 2 - 1e-9 && far.right <= box.middle + box.width / 2 + 1e-9);
      assert.ok(far.top <= box.height + 1e-9);
      assert.ok(box.width >= before.width && box.height >= before.height);
      before = box;
    }
  }
});

test("a grown wall keeps to its shape", () => {
  for (const aspect of ASPECTS) {
    const { width, height } = wallOf(aspect).box(2000);
    assert.ok(Math.abs(Math.log(width / height / aspect)) < 0.15, `${width / height} for ${aspect}`);
  }
});

test("a brick's place does not depend on the order of asking", () => {
  const forwards = wallOf(2.3);
  const backwards = wallOf(2.3);
  const places = Array.from({ length: 400 }, (_, index) => forwards.at(index));
  for (let index = 399; index >= 0; index -= 1) assert.deepEqual(backwards.at(index), places[index]);
});

test("a place among a hundred thousand bricks is found at once", () => {
  const wall = wallOf(2.3);
  assert.deepEqual(wall.at(100_000), wallOf(2.3).at(100_000));
  const { width, height } = wall.box(100_000);
  assert.ok(width * height * RATIO < 104_000);
});

test("the camera shows the whole box on the ground and no brick larger than allowed", () => {
  const area = { left: 10, top: 20, width: 400, height: 200 };
  for (const count of [1, 2, 7, 40, 800]) {
    const box = wallOf(2).box(count);
    const { scale, x, y } = camera(box, area, 120);
    assert.ok(scale <= 120);
    assert.ok(box.width * scale <= 400 + 1e-9 && box.height * scale <= 200 + 1e-9);
    assert.equal(y, 220);
    assert.ok(Math.abs(x + box.middle * scale - 210) < 1e-9);
  }
});

test("on every screen the wall stands above the sea and below the words", () => {
  for (const [width, height] of [[1920, 1080], [1366, 768], [390, 844], [3840, 1080], [320, 480]]) {
    const { area, horizon, largest } = frameOf(width, height);
    assert.ok(area.top > height * 0.35 && horizon < height * 0.9);
    assert.ok(Math.abs(area.top + area.height - horizon) < 1e-9);
    assert.ok(area.left >= 0 && area.left + area.width <= width && largest > 0);
  }
});
