import assert from "node:assert/strict";
import { test } from "node:test";
import { press, stay } from "../../src/notalone/wall/static/wall/queue_keys.js";

const key = (name, more = {}) => ({ key: name, ctrlKey: false, altKey: false, metaKey: false, repeat: false, ...more });
const view = { current: 1, length: 3, refusing: false };

test("J and K move and stop at the ends", () => {
  assert.deepEqual(press(view, key("j")), { do: "move", to: 2 });
  assert.deepEqual(press(view, key("K")), { do: "move", to: 0 });
  assert.deepEqual(press({ ...view, current: 2 }, key("j")), { do: "move", to: 2 });
  assert.deepEqual(press({ ...view, current: 0 }, key("k")), { do: "move", to: 0 });
  assert.deepEqual(press({ ...view, current: -1 }, key("j")), { do: "move", to: 0 });
  assert.equal(press({ ...view, length: 0 }, key("j")), null);
});

test("A approves, R asks for a reason, and a number refuses only while it asks", () => {
  assert.deepEqual(press(view, key("a")), { do: "approve" });
  assert.deepEqual(press(view, key("r")), { do: "reasons" });
  assert.equal(press(view, key("3")), null);
  for (const n of [1, 2, 3, 4, 5]) {
    assert.deepEqual(press({ ...view, refusing: true }, key(String(n))), { do: "refuse", reason: n });
  }
  for (const other of ["0", "6", "9"]) assert.equal(press({ ...view, refusing: true }, key(other)), null);
  assert.deepEqual(press({ ...view, refusing: true }, key("Escape")), { do: "close" });
});

test("a held key decides once, a shortcut of the browser never", () => {
  for (const name of ["a", "r", "u"]) assert.equal(press(view, key(name, { repeat: true })), null);
  assert.deepEqual(press(view, key("j", { repeat: true })), { do: "move", to: 2 });
  for (const with_ of ["ctrlKey", "altKey", "metaKey"]) {
    for (const name of ["a", "r", "u", "j"]) assert.equal(press(view, key(name, { [with_]: true })), null);
  }
});

test("without chosen words nothing is decided, but undo and help answer", () => {
  const nothing = { current: -1, length: 0, refusing: false };
  for (const name of ["a", "r", "1"]) assert.equal(press(nothing, key(name)), null);
  assert.deepEqual(press(nothing, key("u")), { do: "undo" });
  assert.deepEqual(press(nothing, key("?")), { do: "help" });
});

test("other keys do nothing", () => {
  for (const name of ["b", "Enter", " ", "Tab", "ArrowDown", "Shift"]) assert.equal(press(view, key(name)), null);
});

test("the choice stays with its words, else goes to what took their place", () => {
  assert.equal(stay(["a", "b", "c"], ["z", "a", "b", "c"], "b"), 2);
  assert.equal(stay(["a", "b", "c"], ["a", "c"], "b"), 1);
  assert.equal(stay(["a", "b", "c"], ["a"], "b"), 0);
  assert.equal(stay(["a", "b"], [], "b"), -1);
  assert.equal(stay([], ["x", "y"], null), 0);
});
