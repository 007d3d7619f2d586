import assert from "node:assert/strict";
import test from "node:test";

import { BATCH, CAP, Sender, add, away, due, moment, queueOf, refused, stored } from "../../../src/notalone/festival/static/festival/moments.js";

const one = (n) => ({ id: String(n).padStart(6, "0"), type: "scene-entered" });
const many = (count, from = 0) => Array.from({ length: count }, (_, k) => one(from + k));

function memory(moments = []) {
  const kept = new Map(moments.map((m) => [m.id, m]));
  return { kept, all: () => [...kept.values()], put: (m) => kept.set(m.id, m), drop: (id) => kept.delete(id) };
}

function server(answers = []) {
  const got = [];
  const seen = [];
  return {
    got,
    seen,
    post: async (batch) => {
      seen.push(batch.length);
      const answer = answers.length ? answers.shift() : "stored";
      if (answer === "throw") throw new TypeError("Failed to fetch");
      if (answer === "stored" || answer === "lost") for (const m of batch) if (!got.includes(m.id)) got.push(m.id);
      return { is: answer === "lost" ? "away" : answer };
    },
  };
}

function timers() {
  const waiting = [];
  const clock = { now: 0 };
  return {
    clock,
    waiting,
    later: (run, ms) => waiting.push({ run, at: clock.now + ms }),
    async next() {
      const { run, at } = waiting.shift();
      clock.now = at;
      await run();
    },
  };
}

test("a moment has the head every moment has, in UTC with milliseconds, and its own fields", () => {
  const head = { id: "i", at: Date.UTC(2026, 10, 1, 9, 0, 0, 250), where: "call", pass: null };
  assert.deepEqual(moment("flag-seen", head, { run: "r", flag: "secrecy" }), {
    v: 1, type: "flag-seen", id: "i", at: "2026-11-01T09:00:00.250Z", where: "call", pass: null, run: "r", flag: "secrecy",
  });
});

test("moments wait in the order of their ids, once each", () => {
  const queue = [one(3), one(1), one(3), one(2)].reduce(add, queueOf());
  assert.deepEqual(queue.waiting.map((m) => m.id), ["000001", "000002", "000003"]);
});

test("at most the cap waits; the oldest go and are counted", () => {
  const queue = queueOf(many(CAP + 7));
  assert.equal(queue.waiting.length, CAP);
  assert.equal(queue.waiting[0].id, "000007");
  assert.equal(queue.dropped, 7);
});

test("the wait doubles to half a minute and ends with the first success", () => {
  let queue = queueOf(many(1));
  const waits = [];
  for (let k = 0; k < 8; k += 1) {
    queue = away(queue, 1000);
    waits.push(queue.retryAt - 1000);
  }
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  assert.deepEqual(due(queue, 30_999), []);
  assert.equal(due(queue, 31_000).length, 1);
  assert.equal(stored(queue, queue.waiting).retryAt, 0);
});

test("a batch the server cannot read is halved until the one at fault is alone and let go", () => {
  let queue = queueOf(many(8));
  const bad = "000005";
  const kept = [];
  for (let k = 0; k < 40 && queue.waiting.length; k += 1) {
    const batch = due(queue, 0);
    if (batch.some((m) => m.id === bad)) queue = refused(queue, batch);
    else {
      kept.push(...batch.map((m) => m.id));
      queue = stored(queue, batch);
    }
  }
  assert.deepEqual(kept, many(8).map((m) => m.id).filter((id) => id !== bad));
  assert.equal(queue.dropped, 1);
});

test("the moment that the server names is let go alone", () => {
  const queue = queueOf(many(5));
  const after = refused(queue, due(queue, 0), 3);
  assert.deepEqual(after.waiting.map((m) => m.id), ["000000", "000001", "000002", "000004"]);
  assert.equal(after.dropped, 1);
});

test("what one action causes is sent at once, together and in order", async () => {
  const { got, seen, post } = server();
  const store = memory();
  const sender = new Sender({ store, post, now: () => 0, later: () => assert.fail("nothing to wait for") });
  await sender.send([one(1), one(2), one(3)]);
  assert.deepEqual(got, ["000001", "000002", "000003"]);
  assert.deepEqual(seen, [3]);
  assert.equal(store.kept.size, 0);
});

test("while the server is away moments are kept, and all arrive once in order when it is back", async () => {
  const { got, post } = server(["throw", "away", "lost"]);
  const store = memory();
  const time = timers();
  const sender = new Sender({ store, post, now: () => time.clock.now, later: time.later });
  await sender.send([one(1)]);
  await sender.send([one(2), one(3)]);
  assert.equal(store.kept.size, 3);
  assert.equal(time.waiting.length, 1);
  while (time.waiting.length) await time.next();
  assert.deepEqual(got, ["000001", "000002", "000003"]);
  assert.equal(store.kept.size, 0);
  assert.equal(sender.waiting, 0);
});

test("a page that is loaded anew sends what the last one could not", async () => {
  const { got, seen, post } = server();
  const store = memory(many(BATCH + 20));
  const sender = new Sender({ store, post, now: () => 0, later: () => {} });
  await sender.flush();
  assert.deepEqual(got, many(BATCH + 20).map((m) => m.id));
  assert.deepEqual(seen, [BATCH, 20]);
  assert.equal(store.kept.size, 0);
});

test("moments made during a request go with the next, never twice", async () => {
  const calls = [];
  let open;
  const post = (batch) => {
    calls.push(batch.map((m) => m.id));
    return new Promise((resolve) => (open = () => resolve("stored")));
  };
  const sender = new Sender({ store: memory(), post, now: () => 0, later: () => {} });
  const first = sender.send([one(1)]);
  sender.send([one(2)]);
  open();
  await new Promise(setImmediate);
  open();
  await first;
  assert.deepEqual(calls, [["000001"], ["000002"]]);
});
