import assert from "node:assert/strict";
import test from "node:test";

import { addressIn, addressOf, feedKinds, groupOf, isEmoji, lookalikeCode, parts, threadOf } from "../../src/notalone/scenario/static/scenario/phone/sorting.js";
import { placeOf } from "../../src/notalone/scenario/static/scenario/phone/scenery.js";
import { plan } from "../../src/notalone/scenario/static/scenario/phone/pace.js";
import { scene } from "../../src/notalone/scenario/static/scenario/story.js";

const who = (id, role = "friend", thing = false) => ({ id, role, thing });
const [mai, bao, an, chi] = [who("mai", "character"), who("bao"), who("an"), who("chi")];
const [mum, han, caller, bank] = [who("mum", "trusted"), who("han", "trusted"), who("caller", "stranger"), who("bank", "helper", true)];
const ids = (people) => people.map((one) => one.id);

test("a text is an address only where it is nothing besides and its ending is a reserved one", () => {
  for (const one of ["gems.example/free", " https://a-b.gems.test ", "gëms.invalid/x?y=1#z", "xn--gms-5qa.example", "x.example:8080/a", "bank.EXAMPLE"]) assert.equal(addressOf(one), one.trim());
  for (const one of ["Go to gems.example", "gems.example/a b", "gems.com", "example", ".example", "gems..example", "3.5", "Nothing.", ""]) assert.equal(addressOf(one), null);
});

test("the first address in a text is found whole, without the point that ends the sentence", () => {
  assert.equal(addressIn("Here: gems.castle-clouds.example. Quick!"), "gems.castle-clouds.example");
  assert.equal(addressIn("See bank.test/a/b, not shop.example"), "bank.test/a/b");
  assert.equal(addressIn("no-examples.here"), null);
  assert.equal(addressIn("mail.examples"), null);
});

test("what tells whose an address is are its last two labels, and the parts make the whole again", () => {
  assert.deepEqual(parts("bank.example.secure-login.test/bank.example"), { before: "bank.example.", domain: "secure-login.test", after: "/bank.example" });
  assert.deepEqual(parts("https://gems.example"), { before: "", domain: "gems.example", after: "" });
  assert.deepEqual(parts("a.b.c.example:80?x=d.test"), { before: "a.b.", domain: "c.example", after: ":80?x=d.test" });
  for (const one of ["x.y.z.test/q#r", "gems.example", "a.test:1/b"]) {
    const { before, domain, after } = parts(one);
    assert.equal(before + domain + after, one);
  }
});

test("in a feed the first with a person is a post, then comments, and a divider opens a new post", () => {
  const kinds = (pattern) => feedKinds([...pattern].map((one) => ({ from: one === "-" ? null : { id: one } }))).join(" ");
  assert.equal(kinds("-abc-b-aa"), "divider post comment comment divider post divider post comment");
  assert.equal(kinds("ab"), "post comment");
  assert.equal(kinds("--"), "divider divider");
  assert.equal(kinds(""), "");
});

test("three others, or two of one side, are a group; things and the character are none of its members", () => {
  assert.deepEqual(ids(groupOf([bao, mai, an, bao, null, bank], "mai")), ["bao", "an"]);
  assert.deepEqual(ids(groupOf([caller, mum, bao, mai], "mai")), ["caller", "mum", "bao"]);
  assert.deepEqual(ids(groupOf([mum, han, mai], "mai")), ["mum", "han"]);
  assert.deepEqual(ids(groupOf([bao, an, chi], "mai")), ["bao", "an", "chi"]);
  assert.deepEqual(ids(groupOf([bao, an], "mai")), ["bao", "an"]);
});

test("one other, somebody breaking in on a stranger, and two trusted ones among themselves are no group", () => {
  assert.deepEqual(groupOf([bao, mai, null, bank], "mai"), []);
  assert.deepEqual(groupOf([caller, mai, mum], "mai"), []);
  assert.deepEqual(groupOf([mum, han], "mai"), []);
  assert.deepEqual(groupOf([], "mai"), []);
});

test("a chat goes on with the latest thread in which one of its people was, groups apart from single chats", () => {
  const thread = (on, people, group = people.length > 1) => ({ on, people, group });
  const kept = [thread("chat", ["an", "bao"]), thread("chat", ["an"]), thread("chat", ["bao", "chi"]), thread("sms", ["an"])];
  assert.equal(threadOf(kept, thread("chat", ["bao", "mum"])), kept[2]);
  assert.equal(threadOf(kept, thread("chat", ["an"])), kept[1]);
  assert.equal(threadOf(kept, thread("sms", ["bao"])), undefined);
  assert.equal(threadOf([thread("chat", [])], thread("chat", [])).people.length, 0);
});

test("emoji alone are shown large, digits, words and long rows of emoji are not", () => {
  for (const one of ["😄", "🎉🏮👩‍👩‍👧", "🇻🇳", "👍🏽", "❤️ ❤️"]) assert.ok(isEmoji(one), one);
  for (const one of ["12", "#", "ok 😄", "", " ", "😄".repeat(13)]) assert.ok(!isEmoji(one), one);
});

test("a drawn code has the corners of one, is the same for the same words, and holds no format that a reader knows", () => {
  const rows = lookalikeCode("gems.example/free");
  assert.deepEqual(rows, lookalikeCode("gems.example/free"));
  assert.notDeepEqual(rows, lookalikeCode("gems.example/tree"));
  assert.equal(rows.length, 21);
  for (const [r, c] of [[0, 0], [0, 14], [14, 0]]) {
    const finder = rows.slice(r, r + 7).map((row) => row.slice(c, c + 7).map((on) => (on ? "#" : ".")).join(""));
    assert.deepEqual(finder, ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]);
  }
  for (let k = 0; k < 21; k += 1) {
    assert.equal(rows[8][k], false, "the format beside the corners is empty");
    assert.equal(rows[k][8], false);
    if (k > 7 && k < 13) assert.ok(!rows[6][k] && !rows[k][6], "so is the timing pattern");
  }
});

test("a place's picture follows the scene's name", () => {
  const pairs = { schoolyard: "school", "police-station": "station", kitchen: "home", "hotel-night": "room", park: "park", knock: "street", "gran-room": "home" };
  for (const [id, kind] of Object.entries(pairs)) assert.equal(placeOf(id), kind, id);
});

test("somebody types in chats and in a game's chat, and a notice is typed by nobody", () => {
  const line = (from, mine = false) => ({ from, mine, say: "hello", after: 1 });
  for (const on of ["chat", "sms", "game"]) {
    assert.deepEqual(plan([line(bao), line(null), line(mai, true)], on, "en").beats.map((one) => one.is), ["typing", "line", "line", "line", "ready"]);
  }
  assert.deepEqual(plan([line(bao)], "feed", "en").beats.map((one) => one.is), ["line", "ready"]);
});

test("in a group and in apps that are nobody's talk the phone is the character's, whoever speaks", () => {
  const people = { mai: { name: 0, role: "character" }, bao: { name: 1, role: "friend" }, an: { name: 2, role: "friend" } };
  const lines = ["an", "bao", "an"].map((from) => ({ from, say: 3, flags: [] }));
  const shown = (on) => scene({ people, risk: "x", scenes: { s: { on, lines, choices: [] } }, states: [{ scene: "s", lines: [0, 1], choices: [], timeout: null }], texts: { en: ["Mai", "Bao", "An", "Hi"] } }, "en", 0);
  assert.deepEqual(ids(shown("chat").group), ["an", "bao"]);
  for (const on of ["chat", "feed", "game", "map"]) assert.deepEqual(shown(on).lines.map((one) => one.mine), [false, false], on);
  assert.deepEqual(shown("sms").group, []);
  assert.deepEqual(shown("sms").lines.map((one) => one.mine), [false, true]);
});
