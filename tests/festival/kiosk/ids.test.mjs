import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import test from "node:test";

import { newPass, uuid7s } from "../../../src/notalone/festival/static/festival/ids.js";
import { UNKNOWN, learn, offset } from "../../../src/notalone/festival/static/festival/clock.js";

const random = (bytes) => webcrypto.getRandomValues(bytes);
const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("an id carries its millisecond, version 7 and the RFC variant", () => {
  const id = uuid7s(() => 0x017f22e279b0, random)();
  assert.match(id, UUID7);
  assert.equal(id.slice(0, 13), "017f22e2-79b0");
});

test("ids sort in the order they were made, within a millisecond and when the clock is set back", () => {
  const times = [1000, 1000, 1000, 2000, 1500, 1500, 3000];
  let i = 0;
  const make = uuid7s(() => times[i++], random);
  const ids = times.map(() => make());
  assert.deepEqual([...ids].sort(), ids);
});

test("ten thousand ids of one millisecond differ, sort and stay version 7", () => {
  const make = uuid7s(() => 5000, random);
  const ids = Array.from({ length: 10_000 }, make);
  assert.equal(new Set(ids).size, 10_000);
  assert.deepEqual([...ids].sort(), ids);
  assert.ok(ids.every((id) => UUID7.test(id)));
});

test("a pass is 128 bits in base64url", () => {
  const codes = Array.from({ length: 200 }, () => newPass(random));
  assert.ok(codes.every((code) => /^[A-Za-z0-9_-]{22}$/.test(code)));
  assert.equal(new Set(codes).size, 200);
  assert.equal(newPass((bytes) => bytes.fill(255)), "_____________________w");
});

test("answers narrow the offset of the server's clock around the truth", () => {
  const truth = 123_456;
  let bounds = UNKNOWN;
  for (let k = 0; k < 40; k += 1) {
    const asked = 1_700_000_000_000 + k * 1137;
    const answered = asked + 30;
    const date = new Date(Math.floor((asked + 12 + truth) / 1000) * 1000).toUTCString();
    bounds = learn(bounds, asked, answered, date);
    assert.ok(bounds.low <= truth && truth <= bounds.high);
  }
  assert.ok(Math.abs(offset(bounds) - truth) < 60);
});

test("no offset is assumed before an answer, and a clock that jumps starts anew", () => {
  assert.equal(offset(UNKNOWN), 0);
  assert.equal(learn(UNKNOWN, 5, 6, null), UNKNOWN);
  const early = learn(UNKNOWN, 0, 10, new Date(60_000).toUTCString());
  const jumped = learn(early, 3_600_000, 3_600_010, new Date(60_000).toUTCString());
  assert.ok(jumped.high < early.low);
});
