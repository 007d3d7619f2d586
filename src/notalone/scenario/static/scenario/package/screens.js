/** The screens of a package. Every builder returns an element's children; what is said comes with the package. */

import { fill, h, picture } from "../phone/dom.js";
import { icon, portrait } from "../phone/draw.js";
import { replay } from "../phone/replay.js";
import { confirmed } from "./spoken.js";

/**
 * @typedef {object} Ctx
 * @property {object} data the package (notalone/package-1)
 * @property {string} lang
 * @property {Record<string, Record<string, string>>} texts in that language
 * @property {(event: string) => void} tell
 */

function title(text) {
  return h("h1.title", { tabindex: "-1", "data-focus": true }, text);
}

function button(text, kind, click, attributes = {}) {
  return h(`button.button${kind}`, { type: "button", on: { click }, ...attributes }, text);
}

function drawn(data, name) {
  return picture(`<svg viewBox="0 0 24 24">${data.icons[name]}</svg>`, "icon");
}

/**
 * The bar that is always there: help, language, calm, leave.
 *
 * @param {Ctx} ctx
 * @param {{help: () => void, leave: () => void, speak: (lang: string) => void, calm: boolean}} hands
 */
export function bar({ data, lang, texts }, hands) {
  const t = texts.package;
  const langs = h(
    "select.bar__langs",
    { id: "language", on: { change: (event) => hands.speak(event.target.value) } },
    ...data.languages.map((one) => h("option", { value: one.code, lang: one.code, selected: one.code === lang }, one.name)),
  );
  const calm = h("input.visually-hidden", { type: "checkbox", role: "switch", "data-calm-switch": true });
  calm.checked = hands.calm;
  return [
    button(t.help, ".button--quiet.bar__help", hands.help, { "data-help": true, "aria-expanded": "false", "aria-controls": "help" }),
    h(
      "span.bar__middle",
      {},
      h("label.visually-hidden", { for: "language" }, t.language),
      h("span.bar__lang", {}, langs, h("span.bar__code", { "aria-hidden": "true" }, lang)),
      h("label.bar__calm", {}, calm, h("span.bar__face", {}, drawn(data, "calm"), h("span", {}, t.calm)), h("span.visually-hidden", {}, `: ${t.calm_means}`)),
    ),
    button(t.leave, ".button--danger.bar__leave", hands.leave, { "data-leave": true, "aria-keyshortcuts": "Shift" }),
  ];
}

/**
 * @param {Ctx} ctx
 * @param {{title: string, name: string, me: object, minutes: number[], ages: number[], reviewed: object | null}} story
 * @param {{resumed: boolean, silent: boolean, restart: () => void}} state `silent`: a learning platform was expected and
 *   did not answer
 */
export function cover({ data, texts, tell }, story, state) {
  const t = texts.package;
  const review = story.reviewed ? fill(t.reviewed, story.reviewed) : t.unreviewed;
  return [
    h("span.avatar.avatar--panel", { "data-role": "character", "aria-hidden": "true" }, portrait(story.me)),
    title(story.title),
    h("p.lead", {}, fill(t.invite, { name: story.name })),
    h("ul.facts", {}, h("li", {}, fill(t.minutes, { to: story.minutes[1] })), h("li", {}, fill(t.ages, { age: story.ages[0] }))),
    button(state.resumed ? t.resume : t.begin, ".button--glow.button--big", () => tell("begin"), { "data-begin": true }),
    state.resumed ? button(t.restart, ".button--quiet", state.restart, { "data-restart": true }) : null,
    h("p.small.muted", {}, data.kind === "html" ? t.alone : t.told),
    h("p.small.muted", {}, review),
    data.proved ? null : h("p.notice.notice--warn", {}, t.unproved),
    state.silent ? h("p.notice.notice--warn", { role: "status" }, t.silent) : null,
  ].filter(Boolean);
}

/**
 * @param {Ctx} ctx
 * @param {{name: string, notes: string[]}} story
 */
export function notes({ texts, tell }, story) {
  const t = texts.package;
  const known = story.notes.map((note) => texts.notes[note] ?? note.replaceAll("-", " "));
  return [
    title(t.before),
    h("p.lead", {}, fill(t.about, { name: story.name })),
    ...(known.length ? [h("p.notes__has", {}, t.has), h("ul.notes", {}, ...known.map((note) => h("li", {}, note)))] : []),
    h("p", {}, t.skipping),
    h(
      "div.pair",
      {},
      button(t.skip, ".button--quiet.button--big", () => tell("skip"), { "data-skip": true }),
      button(t.accept, ".button--big", () => tell("accept"), { "data-accept": true }),
    ),
  ];
}

/**
 * @param {Ctx} ctx
 * @param {object} me
 */
export function play({ texts }, me) {
  const t = texts.package;
  return [
    h("div.helping", {}, h("span.avatar.avatar--panel", { "data-role": "character", "aria-hidden": "true" }, portrait(me)), h("h1.helping__who", { tabindex: "-1", "data-focus": true }, fill(t.you_help, { name: me.name }))),
    h("p.go-on", {}, t.go_on),
  ];
}

/**
 * @param {Ctx} ctx
 * @param {object} scene
 * @param {(position: number) => void} choose
 */
export function choices({ texts }, scene, choose) {
  const t = texts.package;
  const ring = scene.timeout ? h("span.ring", { role: "img", "aria-label": t.time_left }, h("span.ring__face", { "aria-hidden": "true" })) : null;
  const one = (choice, k) =>
    h("li", {}, h("button.choice", { type: "button", "data-choice": String(choice.position), on: { click: () => choose(choice.position) } }, h("kbd", { "aria-hidden": "true" }, String(k + 1)), h("span", {}, choice.say)));
  return h(
    "div.choices",
    { role: "group", "aria-labelledby": "what" },
    h("div.choices__head", {}, h("h2.choices__what", { id: "what" }, t.what), ring),
    h("ol.choices__list", {}, ...scene.choices.map(one)),
  );
}

function helpline(t, line) {
  const reach = [
    line.number ? h("a.button.button--quiet", { href: `tel:${line.number.replaceAll(" ", "")}` }, fill(t.call_number, { number: line.number })) : null,
    line.sms ? h("a.button.button--quiet", { href: `sms:${line.sms.replaceAll(" ", "")}` }, fill(t.write_number, { number: line.sms })) : null,
    line.web ? h("a.button.button--quiet", { href: line.web.startsWith("https://") ? line.web : `https://${line.web}`, rel: "noreferrer", target: "_blank" }, line.web.replace("https://", "")) : null,
  ];
  return h(
    "li.helpline",
    {},
    h("h3", {}, line.name),
    line.about ? h("p", {}, line.about) : null,
    h("p.reach", {}, ...reach.filter(Boolean)),
    h("p.small.muted", {}, [line.hours, line.cost].filter(Boolean).join(" · ")),
    confirmed(line.confirmed, Date.now()) ? null : h("span.badge.badge--warn", {}, t.unconfirmed),
  );
}

function lines(ctx, topics) {
  const all = ctx.data.helplines[ctx.lang] ?? [];
  const first = all.filter((line) => line.topics.some((topic) => topics.includes(topic)));
  return [...first, ...all.filter((line) => !first.includes(line))].map((line) => helpline(ctx.texts.package, line));
}

function called(ctx) {
  const found = lines(ctx, ctx.data.score.help).slice(0, 4);
  return found.length ? h("section.part", {}, h("h2", {}, ctx.texts.package.call), h("ul.helplines", {}, ...found)) : null;
}

function onward({ data, texts, tell }) {
  const t = texts.package;
  const done = data.kind === "html" ? null : button(t.done, ".button--glow.button--big", () => tell("done"), { "data-done": true });
  return h("div.onward", {}, button(t.again, ".button--quiet.button--big", () => tell("again"), { "data-again": true }), done);
}

/**
 * @param {Ctx} ctx
 * @param {{scene: object, trace: object, flags: Record<string, {see: string, know: string}>}} ended
 */
export function debrief(ctx, { scene, trace, flags }) {
  const { texts } = ctx;
  const t = texts.package;
  const name = { name: scene.me.name };
  const seen = trace.met.map((one) =>
    h("li.met", {}, replay({ ...one, mark: flags[one.flag].see, app: texts.phone[`app_${one.on}`] ?? "" }), h("p.met__know", {}, flags[one.flag].know)),
  );
  const used = trace.used.map((one) => h("li.used", {}, icon("check"), h("span", {}, h("b", {}, texts.skills[one.skill] ?? one.say), texts.skills[one.skill] ? h("span.muted", {}, one.say) : null)));
  return [
    h(
      "div.reading",
      { tabindex: "0", role: "region", "aria-label": fill(t[scene.ending], name) },
      h("div.end", { "data-ending": scene.ending }, h("span.end__light", { "aria-hidden": "true" }, portrait(scene.me, true)), title(fill(t[scene.ending], name)), h("p.lead", {}, scene.debrief)),
      h("section.part", {}, h("h2", {}, t.saw), h("p.muted", {}, seen.length ? t.saw_more : t.saw_none), seen.length ? h("ul.mets", {}, ...seen) : null),
      used.length ? h("section.part", {}, h("h2", {}, fill(t.used, name)), h("ul.useds", {}, ...used)) : null,
      called(ctx),
    ),
    onward(ctx),
  ];
}

/**
 * The signs and the help, without the story.
 *
 * @param {Ctx} ctx
 * @param {Record<string, {see: string, know: string}>} flags
 */
export function short(ctx, flags) {
  const t = ctx.texts.package;
  const signs = Object.values(flags).map(({ see, know }) => h("li.met", {}, h("b.sign", {}, icon("flag"), h("span", {}, see)), h("p.met__know", {}, know)));
  return [
    h("div.reading", { tabindex: "0", role: "region", "aria-label": t.short }, h("div.end", {}, title(t.short), h("p.lead", {}, t.short_lead)), h("section.part", {}, h("h2", {}, t.signs), h("ul.mets", {}, ...signs)), called(ctx)),
    onward(ctx),
  ];
}

/** @param {Ctx} ctx */
export function end({ texts, tell }) {
  const t = texts.package;
  return [title(t.thanks), h("p.lead", {}, t.close_page), button(t.again, ".button--quiet.button--big", () => tell("again"), { "data-again": true })];
}

/**
 * @param {Ctx} ctx
 * @param {() => void} close
 */
export function help(ctx, close) {
  const t = ctx.texts.package;
  const found = lines(ctx, ctx.data.score.help);
  return [
    h(
      "div.sheet__card",
      {},
      h("h2.title", { id: "help-title", tabindex: "-1", "data-focus": true }, t.help_title),
      h("p", {}, ctx.data.festival ? t.help_lead : t.help_lead_anywhere),
      h("ul.helplines", { tabindex: "0", "aria-label": t.call }, ...found),
      button(t.close, ".button--big.button--wide", close, { "data-close": true }),
    ),
  ];
}
