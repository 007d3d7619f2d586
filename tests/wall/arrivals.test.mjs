import assert from "node:assert/strict";
import { test } from "node:test";
import {
  arrive,
  BREAK_MS,
  GAP_MS,
  QUIET_MS,
  READ_LEAST_MS,
  readingTime,
  remove,
  start,
  tick,
} from "../../src/notalone/wall/static/wall/arrivals.js";

const FLIGHT = 2200;
const brick = (id, text = "Bạn không một mình.") => ({ id, text, lang: "vi", kind: "chosen" });

/** Run the clock in steps of 16 ms and note what happened when. */
function run(state, from, to, comes = {}) {
  const told = [];
  for (let now = from; now <= to; now += 16) {
    for (const [at, bricks] of Object.entries(comes)) {
      if (Number(at) >= now && Number(at) < now + 16) for (const one of bricks) state = arrive(state, one);
    }
    const next = tick(state, now, FLIGHT);
    state = next.state;
    if (next.clear) told.push({ now, is: "clear" });
    if (next.launch) told.push({ now, is: "launch", id: next.launch.id });
    if (next.read) told.push({ now, is: "read", id: next.read.id });
  }
  return { state, told };
}

const only = (told, is) => told.filter((one) => one.is === is);

test("a brick flies in at once and its message is read when it lands", () => {
  const { told } = run(start([], 0), 0, 4000, { 0: [brick("a")] });
  const [launch] = only(told, "launch");
  const [read] = only(told, "read");
  assert.equal(launch.now, 0);
  assert.ok(read.now >= FLIGHT && read.now < FLIGHT + 16);
});

test("bricks of a burst are launched one by one, never closer than the gap, in their order, none lost", () => {
  const burst = Array.from({ length: 60 }, (_, n) => brick(`b${n}`));
  const { told } = run(start([], 0), 0, 60 * 700, { 100: burst });
  const launches = only(told, "launch");
  assert.deepEqual(launches.map((one) => one.id), burst.map((one) => one.id));
  for (let n = 1; n < launches.length; n += 1) assert.ok(launches[n].now - launches[n - 1].now >= GAP_MS);
});

test("in a rush every message is still read, in order, each long enough, with a breath between two", () => {
  const burst = Array.from({ length: 12 }, (_, n) => brick(`b${n}`));
  const { told } = run(start([], 0), 0, 90_000, { 0: burst });
  const reads = only(told, "read").slice(0, 12);
  assert.deepEqual(reads.map((one) => one.id), burst.map((one) => one.id));
  for (let n = 1; n < reads.length; n += 1) {
    const gone = only(told, "clear").filter((one) => one.now <= reads[n].now).at(-1);
    assert.ok(gone.now - reads[n - 1].now >= READ_LEAST_MS);
    assert.ok(reads[n].now - gone.now >= BREAK_MS);
  }
});

test("a message is never read before its brick stands", () => {
  const { told } = run(start([], 0), 0, 40_000, { 0: [brick("a"), brick("b")], 900: [brick("c")] });
  for (const read of only(told, "read")) {
    const launch = only(told, "launch").find((one) => one.id === read.id);
    assert.ok(read.now - launch.now >= FLIGHT);
  }
});

test("longer messages stay longer, within limits", () => {
  assert.ok(readingTime("a".repeat(30)) > readingTime("a"));
  assert.equal(readingTime("a".repeat(140)), 10_000);
  assert.equal(readingTime(""), READ_LEAST_MS);
});

test("when it is quiet older messages come back, each in turn", () => {
  const { told } = run(start([brick("a"), brick("b"), brick("c")], 0), 0, 80_000);
  assert.deepEqual(only(told, "read").slice(0, 4).map((one) => one.id), ["a", "b", "c", "a"]);
  const [, second] = only(told, "read");
  const [clear] = only(told, "clear");
  assert.ok(second.now - clear.now >= QUIET_MS);
});

test("an empty wall reads nothing", () => {
  assert.deepEqual(run(start([], 0), 0, 30_000).told, []);
});

test("a brick that was taken off neither flies nor is read, and leaves at once where it is read", () => {
  let state = [brick("a"), brick("b")].reduce(arrive, start([brick("old")], 0));
  state = remove(state, "b").state;
  state = remove(state, "old").state;
  const { told, state: later } = run(state, 0, 4000);
  assert.deepEqual(only(told, "launch").map((one) => one.id), ["a"]);
  assert.deepEqual(only(told, "read").map((one) => one.id), ["a"]);
  const taken = remove(later, "a");
  assert.equal(taken.clear, true);
  assert.deepEqual(run(taken.state, 4016, 40_000).told, []);
});

test("what is kept for quiet times does not grow without end", () => {
  let state = start([], 0);
  for (let n = 0; n < 1000; n += 1) state = arrive(state, brick(`b${n}`));
  for (let now = 0; state.waiting.length; now += GAP_MS) state = tick(state, now, FLIGHT).state;
  assert.ok(state.unread.length <= 120 && state.seen.length <= 240);
});
