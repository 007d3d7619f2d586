import assert from "node:assert/strict";
import test from "node:test";

import { NOTHING, character, did, met, onChoosing, onEntering, person, scene, sides } from "../../src/notalone/scenario/static/scenario/story.js";

const SCORE = {
  id: "small", risk: "virtual-kidnapping", hash: "0", start: 0,
  people: { linh: { name: 0, role: "character" }, caller: { name: 1, role: "stranger" }, courier: { name: 2, role: "stranger" }, mum: { name: 3, role: "trusted" }, app: { name: 4, role: "trusted" } },
  flags: { secrecy: { see: 5, know: 6 }, video: { see: 5, know: 6 } },
  scenes: {
    call: {
      on: "video", cue: "unease", intensity: 2, harm: false, ending: null, debrief: null, timeout: 30,
      lines: [{ from: "caller", say: 7, after: 1.5, flags: ["secrecy", "video"] }, { from: "linh", say: 8, after: 0.5, flags: [] }, { from: "mum", say: 9, after: 1, flags: ["secrecy"] }],
      choices: [{ say: 10, risk: true, skill: "" }, { say: 11, risk: false, skill: "" }, { say: 12, risk: false, skill: "tell" }],
    },
    end: { on: null, cue: "relief", intensity: 0, harm: false, ending: "safe", debrief: 13, timeout: null, lines: [], choices: [] },
  },
  states: [
    { scene: "call", lines: [0, 2], choices: [[0, 1], [2, 1]], timeout: 1 },
    { scene: "end", lines: [], choices: [], timeout: null },
  ],
  texts: { vi: ["Linh", "Cán bộ Minh", "Người giao hàng", "Mẹ", "Ngân hàng", "thấy", "biết", "Đừng kể", "Dạ", "Con ơi", "Hứa", "Chờ", "Gọi mẹ", "Linh đã kể."] },
};
const RUN = { run: "r", scenario: "small" };

test("a scene shows the lines and choices of its state alone, in the visitor's language", () => {
  const shown = scene(SCORE, "vi", 0);
  assert.deepEqual(shown.lines.map((line) => line.say), ["Đừng kể", "Con ơi"]);
  assert.deepEqual(shown.lines.map((line) => line.key), ["call.0", "call.2"]);
  assert.deepEqual(shown.choices.map((one) => [one.position, one.index, one.say, one.risk, one.skill]), [[0, 0, "Hứa", true, ""], [1, 2, "Gọi mẹ", false, "tell"]]);
  assert.equal(shown.timeout, 30);
  assert.equal(shown.me.name, "Linh");
});

test("the moment of a choice counts the scene's choices in the file, the timeout is -1", () => {
  const shown = scene(SCORE, "vi", 0);
  assert.deepEqual(onChoosing(RUN, shown, shown.choices[1]), ["choice-made", { run: "r", scenario: "small", scene: "call", choice: 2, risk: false, skill: "tell" }]);
  assert.equal(onChoosing(RUN, shown, null)[1].choice, -1);
});

test("entering a scene is one moment, an ending two", () => {
  assert.deepEqual(onEntering(RUN, scene(SCORE, "vi", 0)), [["scene-entered", { run: "r", scenario: "small", scene: "call", cue: "unease", intensity: 2 }]]);
  assert.deepEqual(onEntering(RUN, scene(SCORE, "vi", 1)).map(([type]) => type), ["scene-entered", "ending-reached"]);
});

test("a flag is remembered where it was met first, and told each time", () => {
  const shown = scene(SCORE, "vi", 0);
  const [once, first] = met(NOTHING, shown, 0);
  const [twice, again] = met(once, shown, 1);
  assert.deepEqual(first, ["secrecy", "video"]);
  assert.deepEqual(again, ["secrecy"]);
  assert.deepEqual(twice.met.map((one) => [one.flag, one.say]), [["secrecy", "Đừng kể"], ["video", "Đừng kể"]]);
});

test("a skill is told once, a choice without one never", () => {
  const one = did(NOTHING, { skill: "tell", say: "Gọi mẹ" });
  assert.deepEqual(did(did(one, { skill: "tell", say: "Nhắn mẹ" }), { skill: "", say: "Chờ" }).used, [{ skill: "tell", say: "Gọi mẹ" }]);
});

test("only the stranger who is seen on video wears a uniform, and an app is a thing", () => {
  assert.equal(person(SCORE, "vi", "caller").uniform, true);
  assert.equal(person(SCORE, "vi", "courier").uniform, false);
  assert.equal(person(SCORE, "vi", "mum").uniform, false);
  assert.equal(person(SCORE, "vi", "app").thing, true);
  assert.equal(person(SCORE, "vi", null), null);
  assert.equal(character(SCORE, "vi").id, "linh");
});

test("whoever says most is at the other end, and without the character the first other one holds the phone", () => {
  assert.deepEqual(sides(["mum", "mum", "caller", "caller", "linh", "caller"], "linh"), { near: "linh", far: "caller" });
  assert.deepEqual(sides(["mum", "han", "mum", "han", "han"], "linh"), { near: "mum", far: "han" });
  assert.deepEqual(sides(["linh", null], "linh"), { near: "linh", far: null });
  assert.deepEqual(sides([], "linh"), { near: "linh", far: null });
});
