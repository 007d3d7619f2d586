/** The live preview: a scenario's text, what the rules say of it as one types, its phone and its picture. */

import { begin, choose, readScore, timeout } from "../player.js";
import { Phone } from "../phone/phone.js";
import { fill, h } from "../phone/dom.js";
import * as story from "../story.js";
import { follow } from "./follow.js";

const TYPED_MS = 250;
const AGAIN_MS = 1500;
const MOST_BEATS = 400;
const { secret, file, texts } = JSON.parse(document.getElementById("data").textContent);
const one = (id) => document.getElementById(id);
const editor = one("text");
const say = (key, values = {}) => fill(texts.page[key], values);

let saved = { mark: "", text: "" }; // the file, as this page knows it
let disk = null; // what somebody else wrote meanwhile
let score = null;
let play = null;
let steps = [];
let lang = "en";
let phone = null;
let asked = 0;

for (const element of document.querySelectorAll("[data-text]")) element.textContent = say(element.dataset.text);
document.title = `${say("title")} – ${file.split("/").at(-2) ?? file}`;

// The text

function numbers(marked = new Map()) {
  const count = editor.value.split("\n").length;
  const rows = [];
  for (let line = 1; line <= count; line += 1) rows.push(h("li", { "data-mark": marked.get(line) ?? null }, String(line)));
  one("lines").replaceChildren(...rows);
  one("lines").scrollTop = editor.scrollTop;
}

function goTo(line) {
  const before = editor.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  const after = editor.value.indexOf("\n", before);
  editor.focus();
  editor.setSelectionRange(before, after < 0 ? editor.value.length : after);
  const height = editor.scrollHeight / Math.max(1, editor.value.split("\n").length);
  editor.scrollTop = Math.max(0, (line - 6) * height);
}

async function ask(path, body) {
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json", "X-Preview": secret }, body: JSON.stringify(body) });
  return [answer.status, await answer.json()];
}

async function check() {
  const turn = ++asked;
  try {
    const [status, told] = await ask("/check", { text: editor.value });
    if (turn !== asked) return;
    if (status === 200) show(told);
    else notice(told.error);
  } catch {
    notice(say("away"));
  }
}

async function save() {
  const text = editor.value;
  try {
    const [status, told] = await ask("/save", { text, base: saved.mark });
    if (status === 200) {
      saved = { mark: told.mark, text };
      disk = null;
      notice("");
    } else notice(status === 409 ? say("changed") : told.error, status === 409);
  } catch {
    notice(say("away"));
  }
  state();
}

function notice(text, offer = false) {
  const bar = one("notice");
  bar.hidden = !text;
  bar.replaceChildren(text, ...(offer && disk ? [" ", h("button.button.button--quiet", { type: "button", on: { click: take } }, say("take"))] : []));
}

/** Take what the file holds now; what stood here is not kept. */
function take() {
  editor.value = disk.text;
  saved = disk;
  const told = disk;
  disk = null;
  notice("");
  show(told);
}

async function listen() {
  for (;;) {
    try {
      const told = await (await fetch(`/state?seen=${saved.mark}`)).json();
      if (told.mark !== saved.mark) heard(told);
      if (disk) await new Promise((done) => setTimeout(done, AGAIN_MS));
    } catch {
      notice(say("away"));
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
}

/** The file changed: it is shown, unless something else is typed here. */
function heard(told) {
  if (!dirty() || told.text === editor.value) {
    saved = told;
    if (editor.value !== told.text) editor.value = told.text;
    show(told);
  } else if (disk?.mark !== told.mark) {
    disk = told;
    notice(say("changed"), true);
  }
}

const dirty = () => editor.value !== saved.text;
let typed = 0;
editor.addEventListener("input", () => {
  numbers(marks);
  state();
  clearTimeout(typed);
  typed = setTimeout(check, TYPED_MS);
});
editor.addEventListener("scroll", () => (one("lines").scrollTop = editor.scrollTop));
let leaving = false; // Escape, then Tab, leaves the text by the keyboard
editor.addEventListener("keydown", (event) => {
  const tab = event.key === "Tab" && !event.shiftKey && !event.ctrlKey && !event.altKey;
  if (tab && !leaving && editor.selectionStart === editor.selectionEnd) {
    event.preventDefault();
    editor.setRangeText("  ", editor.selectionStart, editor.selectionEnd, "end");
    editor.dispatchEvent(new Event("input"));
  }
  leaving = event.key === "Escape";
});
one("save").addEventListener("click", save);
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    save();
  }
});
addEventListener("beforeunload", (event) => {
  if (dirty()) event.preventDefault();
});

// What the rules say

let marks = new Map();

function state() {
  one("save").disabled = !dirty();
}

function show(told) {
  const errors = told.problems.filter((each) => !each.warning);
  marks = new Map(told.problems.filter((each) => each.line).map((each) => [each.line, each.warning ? "warning" : "error"]));
  for (const each of errors) if (each.line) marks.set(each.line, "error");
  numbers(marks);
  state();
  const proof = one("proof");
  proof.dataset.is = told.proved ? "proved" : "broken";
  const size = { states: told.states, edges: told.edges };
  proof.textContent = told.proved ? say("proved", size) : say(errors.length === 1 ? "broken_one" : "broken", { count: errors.length });
  one("problems").replaceChildren(...told.problems.map(problem), ...(told.not_checked.length ? [h("li.problem.problem--quiet", {}, say("not_checked", { rules: told.not_checked.join(", ") }))] : []));
  one("problems-name").hidden = !told.problems.length;
  if (told.graph) picture(told.graph);
  if (told.score) take_score(readScore(told.score));
}

function problem(each) {
  const place = each.line ? h("button.problem__place", { type: "button", on: { click: () => goTo(each.line) } }, say("line", { line: each.line })) : h("span.problem__place", {}, each.file);
  return h(
    "li.problem",
    { "data-is": each.warning ? "warning" : "error" },
    h("div.problem__head", {}, h("b.problem__rule", {}, each.rule), place, h("span", {}, each.message)),
    each.story.length ? h("details", {}, h("summary", {}, say("story")), h("pre.problem__story", { tabindex: "0" }, each.story.join("\n"))) : null,
  );
}

// The picture

let pictured = "";

function picture(svg) {
  if (svg === pictured) return;
  pictured = svg;
  const old = one("graph").querySelector("img");
  const image = h("img", { alt: say("graph"), src: URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" })) });
  one("graph").replaceChildren(image);
  if (old) URL.revokeObjectURL(old.src);
}

const tabs = [one("tab-play"), one("tab-graph")];

function open(tab) {
  for (const each of tabs) {
    const chosen = each === tab;
    each.setAttribute("aria-selected", String(chosen));
    each.tabIndex = chosen ? 0 : -1;
    one(each.getAttribute("aria-controls")).hidden = !chosen;
  }
}
for (const each of tabs) {
  each.addEventListener("click", () => open(each));
  each.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    const other = tabs[(tabs.indexOf(each) + 1) % tabs.length];
    open(other);
    other.focus();
  });
}

// The phone

function take_score(fresh) {
  score = fresh;
  const known = Object.keys(score.texts);
  if (!known.includes(lang)) lang = "en";
  one("lang").replaceChildren(...known.map((code) => h("option", { value: code, selected: code === lang }, texts.languages[code] ?? code)));
  one("title").textContent = story.say(score, lang, score.title);
  play = follow(score, steps);
  steps = steps.slice(0, play.path.length);
  ring();
}

function ring() {
  if (!phone) phone = new Phone(one("phone"), { texts: texts.phone[lang] ?? texts.phone.en, lang, hear: () => {} });
  const scene = story.scene(score, lang, play.state);
  one("scene").textContent = say("scene", { scene: play.scene, on: scene.on ?? scene.ending });
  phone.reset();
  if (scene.on) {
    phone.enter(scene);
    for (let beat = 0; beat < MOST_BEATS && phone.stage !== "ready"; beat += 1) {
      one("phone").querySelector(".call__answer")?.click();
      phone.skip();
    }
  }
  one("choices").replaceChildren(...(scene.ending ? ended(scene) : scene.choices.map(choice)), ...waits(scene));
}

function ended(scene) {
  const flags = play.flags.map(({ flag }) => score.flags[flag]);
  return [
    h("p.play__ending", {}, say("ended", { ending: say(`ending_${scene.ending}`) })),
    ...scene.lines.map((line) => h("p", {}, line.from ? h("b", {}, `${line.from.name}: `) : null, line.say)),
    h("p.play__debrief", {}, scene.debrief),
    h("ul.play__flags", {}, ...flags.map(({ see, know }) => h("li", {}, h("b", {}, story.say(score, lang, see)), " ", know === null ? "" : story.say(score, lang, know)))),
  ];
}

function choice(each) {
  return h("button.button.play__choice", { type: "button", "data-risk": each.risk, on: { click: () => go(each) } }, each.say);
}

function waits(scene) {
  if (!scene.timeout || scene.ending) return [];
  return [h("button.button.button--quiet", { type: "button", on: { click: () => go(null) } }, say("wait", { seconds: scene.timeout }))];
}

function go(each) {
  const from = play.scene;
  play = each ? choose(score, play, each.position) : timeout(score, play);
  const told = each ? score.texts.en?.[score.scenes[from].choices[each.index].say] : undefined;
  steps = [...steps, { ...play.path.at(-1), say: told }];
  ring();
  one("choices").querySelector("button")?.focus();
}

one("again").addEventListener("click", () => {
  if (!score) return;
  steps = [];
  play = begin(score);
  ring();
});
one("lang").addEventListener("change", (event) => {
  lang = event.target.value;
  phone = null;
  one("title").textContent = story.say(score, lang, score.title);
  ring();
});

state();
listen();
