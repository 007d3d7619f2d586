import assert from "node:assert/strict";
import test from "node:test";

import {
  addSample,
  bestOffset,
  followMessage,
  followed,
  hello,
  left,
  parse,
  pause,
  seen,
  splitFrame,
} from "../../src/notalone/live/static/live/core.js";

test("the pause doubles from a quarter of a second to five seconds", () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6, 99].map((n) => pause(n, 1)), [250, 500, 1000, 2000, 4000, 5000, 5000]);
  assert.deepEqual([0, 1, 3].map((n) => pause(n, 0)), [125, 125, 500]);
});

test("the offset is that of the quickest answer, and the latest of equals", () => {
  let samples = [];
  assert.equal(bestOffset(samples), null);
  samples = addSample(samples, { sent: 0, said: 1100, received: 100 });
  samples = addSample(samples, { sent: 200, said: 1205, received: 210 });
  samples = addSample(samples, { sent: 300, said: 1400, received: 500 });
  assert.equal(bestOffset(samples), 1000);
  samples = addSample(samples, { sent: 600, said: 1606, received: 610 });
  assert.equal(bestOffset(samples), 1001);
});

test("an offset is never further from the truth than half the round trip", () => {
  for (const truth of [-86_400_000, -3, 0, 7, 3_600_000]) {
    for (const [out, back] of [[1, 1], [50, 2], [2, 50], [400, 0]]) {
      const sample = { sent: 1000, said: 1000 + out + truth, received: 1000 + out + back };
      assert.ok(Math.abs(bestOffset([sample]) - truth) <= (out + back) / 2);
    }
  }
});

test("an answer from before its question begins the samples afresh, and only eight are kept", () => {
  let samples = [];
  for (let n = 0; n < 12; n += 1) samples = addSample(samples, { sent: n, said: n, received: n + 1 });
  assert.deepEqual(samples.map((sample) => sample.sent), [4, 5, 6, 7, 8, 9, 10, 11]);
  assert.deepEqual(addSample(samples, { sent: 20, said: 0, received: 10 }), []);
});

test("what is no message of the server is read as null", () => {
  for (const text of [
    "", "null", "7", "[]", "{", "{}", '{"is":"value"}', '{"is":"value","topic":"a","seq":1.5,"value":{}}',
    '{"is":"value","topic":"a","seq":1,"value":null}', '{"is":"welcome","v":2}', '{"is":"toString"}',
    '{"is":"clock","t":1}', '{"is":"error"}', '{"is":"watchers","topic":"a"}',
  ]) assert.equal(parse(text), null, text);
});

test("every message of the server is read", () => {
  for (const said of [
    { is: "welcome", v: 1, now: 5 },
    { is: "value", topic: "wall", seq: 3, value: { a: 1 } },
    { is: "caught-up", topic: "wall", seq: 3 },
    { is: "clock", t: 1, now: 2 },
    { is: "watchers", topic: "show/frame", count: 2 },
    { is: "error", why: "no" },
  ]) assert.deepEqual(parse(JSON.stringify(said)), said);
});

test("a frame is its topic, a zero byte and the payload, which may hold zeros", () => {
  const bytes = new Uint8Array([...new TextEncoder().encode("show/frame"), 0, 7, 0, 9]);
  const { topic, payload } = splitFrame(bytes.buffer);
  assert.equal(topic, "show/frame");
  assert.deepEqual([...payload], [7, 0, 9]);
  assert.equal(splitFrame(new Uint8Array([1, 2]).buffer), null);
  assert.equal(splitFrame(new Uint8Array([0, 2]).buffer), null);
});

test("a follow goes on from the last number seen, and a topic that was left is forgotten", () => {
  let book = followed(followed(new Map(), "wall", null), "moments", 0);
  assert.deepEqual(followMessage(book, "wall"), { do: "follow", topic: "wall" });
  assert.deepEqual(followMessage(book, "moments"), { do: "follow", topic: "moments", after: 0 });
  book = seen(book, { topic: "wall", seq: 41 });
  assert.deepEqual(followMessage(book, "wall"), { do: "follow", topic: "wall", after: 41 });
  book = seen(left(book, "wall"), { topic: "wall", seq: 42 });
  assert.equal(book.has("wall"), false);
});

test("the hello says the version, the token, and a name where there is one", () => {
  assert.deepEqual(hello("t", undefined), { do: "hello", v: 1, token: "t" });
  assert.deepEqual(hello("t", "wall"), { do: "hello", v: 1, token: "t", name: "wall" });
});
