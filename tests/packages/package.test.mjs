import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";

import { WHOLE, next } from "../../src/notalone/scenario/static/scenario/package/flow.js";
import { LONGEST, journey, read, written } from "../../src/notalone/scenario/static/scenario/package/journey.js";
import { clock, findApi, interaction, timespan } from "../../src/notalone/scenario/static/scenario/package/scorm12_values.js";
import { confirmed, spoken } from "../../src/notalone/scenario/static/scenario/package/spoken.js";
import { answered, completed, duration, initialized, terminated, uuid4 } from "../../src/notalone/scenario/static/scenario/package/statements.js";

const validate = createRequire(import.meta.url)("@learninglocker/xapi-validation").default;

const SCORE = {
  format: "notalone/score-1", id: "small", hash: "0123456789abcdef", risk: "phishing", start: 0, title: 0, help: [],
  people: { linh: { name: 0, role: "character" }, caller: { name: 1, role: "stranger" } },
  flags: { rush: { see: 2, know: 3 }, secret: { see: 2, know: 3 } },
  scenes: {
    call: {
      on: "chat", cue: null, intensity: 1, ending: null, debrief: null, timeout: 30,
      lines: [{ from: "caller", say: 4, after: 1, flags: ["rush"] }],
      choices: [{ say: 5, risk: true, skill: "" }, { say: 6, risk: false, skill: "tell" }],
    },
    more: {
      on: "chat", cue: null, intensity: 1, ending: null, debrief: null, timeout: null,
      lines: [{ from: "caller", say: 4, after: 1, flags: ["secret"] }],
      choices: [{ say: 6, risk: false, skill: "tell" }, { say: 5, risk: true, skill: "" }],
    },
    end: { on: null, cue: null, intensity: 0, ending: "safe", debrief: 7, timeout: null, lines: [], choices: [] },
  },
  states: [
    { scene: "call", lines: [0], choices: [[0, 1], [1, 2]], timeout: 1 },
    { scene: "more", lines: [0], choices: [[0, 2], [1, 1]], timeout: null },
    { scene: "end", lines: [], choices: [], timeout: null },
  ],
  texts: {
    en: ["Linh", "Caller", "Hurry", "Take time", "Now!", "Stay", "Tell mum", "Well done"],
    vi: ["Linh", "Người gọi", "Vội", "Chậm lại", "Ngay!", "Ở lại", "Kể với mẹ", "Tốt lắm"],
  },
};
const SESSION = {
  actor: { objectType: "Agent", account: { homePage: "https://school.example", name: "7" } },
  registration: "760e3480-ba55-4991-94b0-01820dbd23a2",
  activityId: "https://school.example/a/1",
  contextTemplate: {
    extensions: { "https://w3id.org/xapi/cmi5/context/extensions/sessionid": "s" },
    contextActivities: { grouping: [{ objectType: "Activity", id: "urn:uuid:760e3480-ba55-4991-94b0-01820dbd23a2" }], category: [{ objectType: "Activity", id: "https://school.example/own" }] },
  },
};
const MARK = { id: "760e3480-ba55-4991-94b0-01820dbd23a3", at: "2026-01-01T10:00:00.000Z" };

test("steps lead to the same place in every language, with what was met on the way", () => {
  const english = journey(SCORE, "en", [0, 1]);
  const vietnamese = journey(SCORE, "vi", [0, 1]);
  assert.equal(english.play.state, 1);
  assert.deepEqual(english.play, vietnamese.play);
  assert.deepEqual(english.trace.met.map((one) => [one.flag, one.say]), [["rush", "Now!"], ["secret", "Now!"]]);
  assert.equal(vietnamese.trace.met[0].say, "Ngay!");
  assert.deepEqual(journey(SCORE, "en", [-1, 0]).trace.used, [{ skill: "tell", say: "Tell mum" }]);
});

test("a step that is not offered is refused", () => {
  assert.throws(() => journey(SCORE, "en", [2]));
  assert.throws(() => journey(SCORE, "en", [0, -1]), "no timeout there");
});

test("steps written down are read again as they were", () => {
  for (const steps of [[0], [1], [-1, 1, 1, 0], Array(3000).fill(1).fill(0, 0, 1)]) {
    assert.deepEqual(read(SCORE, written(SCORE, "vi", steps)), { lang: "vi", steps });
  }
  assert.equal(written(SCORE, "en", []), "");
});

test("what a platform keeps never grows beyond what SCORM 1.2 holds", () => {
  const many = [0, ...Array(9000).fill(1)];
  for (const count of [4000, 4072, 4073, 4074, 4080, 9000]) assert.ok(written(SCORE, "en", many.slice(0, count)).length <= LONGEST);
  assert.equal(written(SCORE, "en", many), "");
});

test("what another version or story kept, and what is no such line, is passed over", () => {
  const good = written(SCORE, "en", [0]);
  for (const bad of ["", null, undefined, "{}", good.replace("1 ", "2 "), good.replace("0123", "3210"), good.replace(" en ", " fr "), `${good}z`, good.slice(0, -1), `${good}3`, "1 0123456789abcdef en"]) {
    assert.equal(read(SCORE, bad), null, String(bad));
  }
});

test("the screens follow one another, and whoever skips arrives like whoever plays", () => {
  const through = (...events) => events.reduce(next, "cover");
  assert.equal(through("begin", "accept", "ended", "done"), "end");
  assert.equal(through("begin", "skip", "done"), "end");
  assert.equal(through("begin", "accept", "skip"), "play");
  assert.equal(through("begin", "accept", "ended", "again"), "cover");
  for (const screen of ["cover", "notes", "play", "debrief", "short", "end"]) assert.equal(next(screen, "leave"), "left");
  assert.equal(next("left", "begin"), "left");
  assert.deepEqual([...WHOLE], ["debrief", "short"]);
});

test("the first language wished for that there is, is spoken", () => {
  assert.equal(spoken(["fr-FR", "de-AT", "vi"], ["en", "de", "vi"]), "de");
  assert.equal(spoken(["VI"], ["en", "vi"]), "vi");
  assert.equal(spoken([" vi_VN "], ["en", "vi"]), "vi");
  assert.equal(spoken(["fr"], ["de", "en"]), "en");
  assert.equal(spoken([], ["vi", "de"]), "vi");
});

test("a confirmation holds for a year", () => {
  const day = Date.parse("2026-06-01T12:00:00Z");
  assert.equal(confirmed(null, day), false);
  assert.equal(confirmed("2026-06-01", day), true);
  assert.equal(confirmed("2025-06-01", day), true);
  assert.equal(confirmed("2025-05-31", day), false);
  assert.equal(confirmed("2026-06-04", day), false);
  assert.equal(confirmed("soon", day), false);
});

test("times are written as SCORM 1.2 wants them", () => {
  assert.equal(timespan(0), "0000:00:00.00");
  assert.equal(timespan(59.999), "0000:01:00.00");
  assert.equal(timespan(3725.5), "0001:02:05.50");
  assert.equal(timespan(-1), "0000:00:00.00");
  assert.equal(clock(new Date(2026, 0, 1, 9, 5, 7)), "09:05:07");
  for (let k = 0; k < 2000; k += 1) assert.match(timespan(Math.random() * 1e6), /^\d{4}:[0-5]\d:[0-5]\d\.\d\d$/);
});

test("a choice is an interaction that is neither right nor wrong", () => {
  const at = new Date(2026, 0, 1, 10, 0, 0);
  assert.deepEqual(interaction(2, { scene: "call", choice: 1, seconds: 4.25 }, at), [
    ["cmi.interactions.2.id", "call"],
    ["cmi.interactions.2.time", "10:00:00"],
    ["cmi.interactions.2.type", "choice"],
    ["cmi.interactions.2.student_response", "b"],
    ["cmi.interactions.2.result", "neutral"],
    ["cmi.interactions.2.latency", "0000:00:04.25"],
  ]);
});

test("the platform’s API is found in a parent, in the opener, or not at all", () => {
  const API = {};
  const top = {};
  top.parent = top;
  const chain = (root, depth) => (depth ? { parent: chain(root, depth - 1) } : root);
  const platform = { API };
  platform.parent = platform;
  assert.equal(findApi(chain(platform, 3)), API);
  assert.equal(findApi({ parent: top, opener: chain(platform, 2), top }), API);
  assert.equal(findApi({ parent: top, top: { opener: platform } }), API);
  assert.equal(findApi({ parent: top, top }), null);
  const foreign = { get API() { throw new Error("SecurityError"); } };
  assert.equal(findApi({ parent: foreign, top }), null);
});

test("every statement is valid xAPI", () => {
  const data = { activity: "urn:uuid:760e3480-ba55-4991-94b0-01820dbd23a2", score: SCORE };
  const all = [initialized(SESSION, MARK), answered(SESSION, MARK, data, { scene: "call", choice: 1 }), completed(SESSION, MARK, 61.234), terminated(SESSION, MARK, 0)];
  for (const one of all) assert.deepEqual(validate(one), [], JSON.stringify(one));
  assert.deepEqual(all.map((one) => one.context.contextActivities.category.map(({ id }) => id.split("/").at(-1))), [["own", "cmi5"], ["own"], ["own", "cmi5", "moveon"], ["own", "cmi5"]]);
  for (const one of all) assert.deepEqual(one.context.contextActivities.grouping, SESSION.contextTemplate.contextActivities.grouping);
  assert.equal(all[2].result.duration, "PT61.23S");
  assert.equal(all[1].result.success, undefined);
  assert.equal(SESSION.contextTemplate.contextActivities.category.length, 1, "the template stays as it was");
});

test("a category that the platform gave stands once", () => {
  const given = structuredClone(SESSION);
  given.contextTemplate.contextActivities.category = [{ objectType: "Activity", id: "https://w3id.org/xapi/cmi5/context/categories/cmi5" }];
  assert.equal(initialized(given, MARK).context.contextActivities.category.length, 1);
});

test("lengths of time are ISO 8601, ids are UUIDs of version 4", () => {
  assert.equal(duration(0), "PT0S");
  assert.equal(duration(12.3456), "PT12.35S");
  assert.equal(duration(-3), "PT0S");
  assert.match(uuid4(new Uint8Array(16).fill(255)), /^f{8}-f{4}-4f{3}-bf{3}-f{12}$/);
  assert.match(uuid4(new Uint8Array(16)), /^0{8}-0{4}-40{2}0-80{2}0-0{12}$/);
});
