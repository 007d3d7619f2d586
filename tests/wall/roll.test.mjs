import assert from "node:assert/strict";
import { test } from "node:test";
import { Roll } from "../../src/notalone/wall/static/wall/roll.js";

const known = [{ id: "a" }, { id: "b" }];

test("the newest bricks are known by id, the older ones are a number", () => {
  const roll = new Roll(known, 10);
  assert.equal(roll.count, 10);
  assert.equal(roll.indexOf("a"), 8);
  assert.equal(roll.indexOf("b"), 9);
  assert.equal(roll.indexOf("c"), null);
});

test("a brick that comes twice is one brick", () => {
  const roll = new Roll(known, 2);
  assert.equal(roll.announce("b"), false);
  assert.equal(roll.announce("c"), true);
  assert.equal(roll.announce("c"), false);
  roll.lay("c");
  assert.equal(roll.count, 3);
  assert.equal(roll.indexOf("c"), 2);
});

test("a brick that was taken off may come again, at the end", () => {
  const roll = new Roll(known, 2);
  assert.equal(roll.remove("a"), true);
  assert.equal(roll.remove("a"), false);
  assert.equal(roll.count, 1);
  assert.equal(roll.indexOf("b"), 0);
  assert.equal(roll.announce("a"), true);
  roll.lay("a");
  assert.equal(roll.indexOf("a"), 1);
});

test("a brick that is taken off while it waits is not counted and may come again", () => {
  const roll = new Roll([], 0);
  roll.announce("x");
  assert.equal(roll.remove("x"), false);
  assert.equal(roll.announce("x"), true);
  assert.equal(roll.count, 0);
});
