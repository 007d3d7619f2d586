/** What stands beside, under or instead of the phone on each screen. Every builder returns the panel's children. */

import { fill, h } from "../scenario/phone/dom.js";
import { icon, portrait } from "../scenario/phone/draw.js";
import { replay } from "../scenario/phone/replay.js";

/**
 * @typedef {object} Ctx
 * @property {Record<string, Record<string, string>>} texts
 * @property {object} page what the server put into the page
 * @property {(event: string) => void} tell
 */

function title(text, classes = "panel__title") {
  return h(`h1.${classes}`, { tabindex: "-1", "data-focus": true }, text);
}

function button(text, kind, click, attributes = {}) {
  return h(`button.button.${kind}`, { type: "button", on: { click }, ...attributes }, text);
}

/**
 * @param {Ctx} ctx
 * @param {{title: string, name: string, minutes: number[], ages: number[]} | null} story null while there is no score
 */
export function attract({ texts, page, tell }, story) {
  const t = texts.station;
  const facts = story
    ? h("ul.facts", {}, h("li", {}, fill(t.minutes, { to: story.minutes[1] })), h("li", {}, fill(t.ages, { age: story.ages[0] })))
    : null;
  const langs = h(
    "nav.langs",
    { "aria-label": t.language },
    ...page.languages.map((one) => h("a", { href: one.url, lang: one.code, hreflang: one.code, "aria-current": one.code === page.lang ? "true" : null }, one.name)),
  );
  return [
    h("p.eyebrow", {}, page.place_name),
    title(story?.title ?? page.title),
    h("p.lead", {}, story ? fill(t.invite[page.first] ?? t.invite.other, { name: story.name }) : t.waking),
    facts,
    button(t.begin, "button--glow.button--big.begin", () => tell("begin"), { disabled: !story, "data-begin": true }),
    h("p.small.muted", {}, t.free),
    langs,
  ].filter(Boolean);
}

/**
 * @param {Ctx} ctx
 * @param {{name: string, notes: string[], me: object}} story
 * @param {string | null} offer what may come before the story
 */
export function notes({ texts, tell }, story, offer = null) {
  const t = texts.station;
  const known = story.notes.map((note) => texts.notes[note] ?? note.replaceAll("-", " "));
  return [
    h("span.avatar.avatar--panel", { "data-role": "character", "aria-hidden": "true" }, portrait(story.me)),
    title(t.before),
    h("p.lead", {}, fill(t.about_you, { name: story.name })),
    ...(known.length ? [h("p.notes__has", {}, t.has), h("ul.notes", {}, ...known.map((note) => h("li", {}, note)))] : []),
    h(
      "div.pair",
      {},
      button(t.skip, "button--quiet.button--big", () => tell("skip"), { "data-skip": true }),
      ...(offer ? [button(offer, "button--big", () => tell("judge"), { "data-judge": true })] : []),
      button(offer ? t.straight : t.accept, "button--big", () => tell("accept"), { "data-accept": true }),
    ),
    h("p.small.muted", {}, t.always),
  ];
}

/**
 * The panel of a play; choices come into it later.
 *
 * @param {Ctx} ctx
 * @param {object} me
 */
export function play({ texts }, me) {
  const t = texts.station;
  return [
    h("div.helping", {}, h("span.avatar.avatar--panel", { "data-role": "character", "aria-hidden": "true" }, portrait(me)), h("h1.helping__who", { tabindex: "-1", "data-focus": true }, fill(t.you_help, { name: me.name }))),
    h("p.go-on", { "aria-hidden": "true" }, t.go_on),
  ];
}

/**
 * @param {Ctx} ctx
 * @param {object} scene
 * @param {(position: number) => void} choose
 */
export function choices({ texts }, scene, choose) {
  const t = texts.station;
  const ring = scene.timeout
    ? h("span.ring", { role: "img", "aria-label": t.time_left }, h("span.ring__face", { "aria-hidden": "true" }))
    : null;
  return h(
    "div.choices",
    { role: "group", "aria-labelledby": "what" },
    h("div.choices__head", {}, h("h2.choices__what", { id: "what" }, t.what), ring),
    h(
      "ol.choices__list",
      {},
      ...scene.choices.map((one, k) =>
        h("li", {}, h("button.choice", { type: "button", "data-choice": String(one.position), on: { click: () => choose(one.position) } }, h("kbd", { "aria-hidden": "true" }, String(k + 1)), h("span", {}, one.say))),
      ),
    ),
  );
}

function helpline(t, line) {
  const sms = line.sms ? ` · SMS ${line.sms}` : "";
  return h(
    "li.helpline",
    {},
    h("p.helpline__number", {}, line.number || line.sms || line.web),
    h(
      "div",
      {},
      h("h3", {}, line.name),
      line.about ? h("p", {}, line.about) : null,
      h("p.small.muted", {}, [line.hours, line.cost].filter(Boolean).join(" · ") + (line.number ? sms : "")),
      line.number && line.web ? h("p.small.muted", {}, line.web) : null,
      line.confirmed ? null : h("span.badge.badge--warn", {}, t.unconfirmed),
    ),
  );
}

/**
 * @param {Ctx} ctx
 * @param {{scene: object, trace: object, flags: Record<string, {see: string, know: string}>}} play
 * @param {string | null} onward what comes before the brick
 */
export function debrief({ texts, page, tell }, { scene, trace, flags }, onward = null) {
  const t = texts.station;
  const name = { name: scene.me.name };
  const seen = trace.met.map((one) =>
    h(
      "li.met",
      {},
      replay({ ...one, mark: flags[one.flag].see, app: texts.phone[`app_${one.on}`] ?? "" }),
      h("p.met__know", {}, flags[one.flag].know),
    ),
  );
  const used = trace.used.map((one) => h("li.used", {}, icon("check"), h("span", {}, h("b", {}, texts.skills[one.skill] ?? one.say), texts.skills[one.skill] ? h("span.muted", {}, one.say) : null)));
  return [
    h(
      "div.reading",
      { tabindex: "0", role: "region", "aria-label": fill(t[scene.ending], name) },
      h("div.end", { "data-ending": scene.ending }, h("span.end__light", { "aria-hidden": "true" }, portrait(scene.me, true)), title(fill(t[scene.ending], name), "end__title"), h("p.lead", {}, scene.debrief)),
      h("section.part", {}, h("h2", {}, t.saw), h("p.muted", {}, seen.length ? t.saw_more : t.saw_none), seen.length ? h("ul.mets", {}, ...seen) : null),
      used.length ? h("section.part", {}, h("h2", {}, fill(t.used, name)), h("ul.useds", {}, ...used)) : null,
      page.helplines.length ? h("section.part", {}, h("h2", {}, t.call), h("ul.helplines", {}, ...page.helplines.slice(0, 4).map((line) => helpline(t, line)))) : null,
    ),
    h("div.onward", {}, button(onward ?? t.to_brick, "button--glow.button--big", () => tell(onward ? "judge" : "on"), { "data-onward": true })),
  ];
}

/**
 * @param {Ctx} ctx
 * @param {(brick: {kind: string, message?: string, text?: string}) => Promise<boolean>} lay false where it was refused
 */
export function brick({ texts, page, tell }, lay) {
  const t = texts.station;
  const LONGEST = 140;
  const said = h("p.brick__said", { role: "status" });
  const left = h("span.small.muted", { id: "own-left" }, fill(t.left, { n: LONGEST }));
  const field = h("textarea", { id: "own", name: "own", rows: "3", maxlength: String(LONGEST), "aria-describedby": "own-note own-left", autocomplete: "off" });
  const send = button(t.lay, "button--glow.button--big", () => go(), { disabled: true, "data-lay": true });
  const own = h("div.field.own", { hidden: true }, h("label", { for: "own" }, t.own_label), field, h("p.small.muted", { id: "own-note" }, t.own_note), left);
  let picked = null;
  const options = [...page.messages, { id: null, say: t.own }].map((message) =>
    h("button.stone", { type: "button", role: "radio", "aria-checked": "false", "data-message": message.id ?? "own", on: { click: (event) => pick(message, event.currentTarget) } }, message.say),
  );
  function ready() {
    send.disabled = !picked || (picked.id === null && !field.value.trim());
  }
  function pick(message, element) {
    picked = message;
    for (const one of options) {
      one.setAttribute("aria-checked", String(one === element));
      one.tabIndex = one === element ? 0 : -1;
    }
    own.hidden = message.id !== null;
    if (message.id === null) {
      field.focus();
      own.scrollIntoView({ block: "nearest" });
    }
    ready();
  }
  function arrow(event) {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const at = options.indexOf(document.activeElement);
    if (!by || at < 0) return;
    event.preventDefault();
    const next = options[(at + by + options.length) % options.length];
    next.tabIndex = 0;
    next.focus();
  }
  field.addEventListener("input", () => {
    left.textContent = fill(t.left, { n: LONGEST - field.value.length });
    ready();
  });
  async function go() {
    send.disabled = true;
    said.textContent = t.brick_wait;
    const done = await lay(picked.id === null ? { kind: "own", text: field.value.trim() } : { kind: "chosen", message: picked.id });
    if (done) return;
    said.textContent = t.brick_refused;
    ready();
  }
  return [
    h("div.reading", { tabindex: "0", role: "region", "aria-label": t.brick_title }, title(t.brick_title), h("p.lead", {}, t.brick_lead), h("div.stones", { role: "radiogroup", "aria-label": t.brick_lead, on: { keydown: arrow } }, ...options), own, said),
    h("div.onward", {}, button(t.no_brick, "button--quiet.button--big", () => tell("pass"), { "data-without": true }), send),
  ];
}

/**
 * @param {Ctx} ctx
 * @param {{state: string | null, text: string, qr: string, code: string}} told what became of the brick, and the pass
 */
export function thanks({ texts, tell }, told) {
  const t = texts.station;
  const code = h("img", { src: told.qr, alt: t.pass_alt, width: "220", height: "220" });
  const card = h("section.pass", {}, h("h2", {}, t.pass_title), code, h("p.small.muted", {}, t.pass_lead));
  code.addEventListener("error", () => card.remove());
  const wall = h("div.wall", { "aria-hidden": "true" }, ...Array.from({ length: 23 }, (_, k) => h(k === 11 ? "i.wall__mine" : "i", {}, k === 11 ? h("span", {}, told.text) : null)));
  return [
    h("div.reading.reading--thanks", { tabindex: "0", role: "region", "aria-label": t.thanks }, h("div.thanks", {}, told.text ? wall : null, title(t.thanks), h("p.lead", {}, told.state ? t[told.state] : t.without)), card),
    h("div.onward", {}, button(t.done, "button--big", () => tell("done"), { "data-done": true })),
  ];
}

/** @param {Ctx} ctx */
export function help({ texts, page, tell }) {
  const t = texts.station;
  return [
    h("div.cover__card", {}, h("h2.cover__title", { id: "help-title", tabindex: "-1", "data-focus": true }, t.help_title), h("p", {}, t.help_lead), h("ul.helplines", { tabindex: "0", "aria-label": t.call }, ...page.helplines.map((line) => helpline(t, line))), button(t.close, "button--big.button--wide", () => tell("close"), { "data-close": true })),
  ];
}

/** @param {Ctx} ctx */
export function still({ texts, tell }) {
  const t = texts.station;
  return [
    h("div.cover__card.cover__card--still", {}, h("span.still__ring", { "aria-hidden": "true" }, h("b.still__left", {}, "15")), h("h2.cover__title", { id: "still-title" }, t.still), h("p", {}, t.still_lead), button(t.stay, "button--glow.button--big.button--wide", () => tell("touch"), { "data-stay": true, "data-focus": true })),
  ];
}
