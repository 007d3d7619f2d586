import assert from "node:assert/strict";
import { test } from "node:test";
import * as judging from "../../src/notalone/guide/static/guide/judging.js";

/** Bytes in turn, as a source of “randomness” that a test knows. */
const bytes = (...given) => {
  let at = 0;
  return (into) => into.map(() => given[at++ % given.length]);
};

test("every block of four holds two of each order, whatever is drawn", () => {
  for (let seed = 0; seed < 256; seed += 1) {
    const fill = bytes(seed, (seed * 7 + 3) % 256, (seed * 31 + 11) % 256, (seed * 13 + 5) % 256);
    let rest = [];
    const drawn = [];
    for (let k = 0; k < 4; k += 1) {
      const [order, left] = judging.draw(rest, fill);
      drawn.push(order);
      rest = left;
    }
    assert.deepEqual(drawn.sort(), ["AB", "AB", "BA", "BA"]);
    assert.deepEqual(rest, []);
  }
});

test("a first draw is as often AB as BA", () => {
  const drawn = Array.from({ length: 256 }, (_, k) => judging.draw([], bytes(k))[0]);
  assert.equal(drawn.filter((order) => order === "AB").length, 128);
});

test("a block that somebody spoilt is begun anew", () => {
  for (const spoilt of [null, {}, "AB", ["AA"], ["AB", "AB", "AB", "AB", "AB"], [1]]) {
    assert.equal(judging.draw(spoilt, bytes(0))[1].length, 3);
  }
});

test("below draws again what would make small numbers likelier", () => {
  assert.equal(judging.below(bytes(255, 251, 3), 25), 3);
  const counts = Array(25).fill(0);
  for (let byte = 0; byte < 250; byte += 1) counts[judging.below(bytes(byte), 25)] += 1;
  assert.deepEqual([...new Set(counts)], [10]);
});

test("answers are counted as hits, misses, false alarms and correct rejections", () => {
  const items = [false, false, true, true, false, true].map((genuine) => ({ genuine }));
  assert.deepEqual(judging.count(items, [false, true, false, true, false, true]), [2, 1, 1, 2]);
  assert.deepEqual(judging.count(items, Array(6).fill(false)), [3, 0, 3, 0]);
  assert.deepEqual(judging.count(items, Array(6).fill(true)), [0, 3, 0, 3]);
});

test("a code is twelve signs that nobody mistakes, shown in fours", () => {
  const code = judging.newCode(bytes(...Array(12).keys()));
  assert.match(code, /^[23456789CDFGHJKMNPQRTVWXZ]{12}$/);
  assert.equal(judging.spell(code), `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`);
  assert.doesNotMatch(judging.ALPHABET, /[01ILOSBAEUY]/);
});

test("an id is a random UUID of version 4", () => {
  assert.match(judging.uuid4(bytes(255)), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
