/** The panels around messages to judge. Every builder returns the panel's children. */

import { fill, h } from "../scenario/phone/dom.js";

const title = (text) => h("h1.panel__title", { tabindex: "-1", "data-focus": true }, text);

function button(text, kind, click, attributes = {}) {
  return h(`button.button.${kind}`, { type: "button", on: { click }, ...attributes }, text);
}

function panel(name, content, ...onward) {
  return [
    h("div.reading.judging", { tabindex: "0", role: "region", "aria-label": name }, ...content.filter(Boolean)),
    h("div.onward", {}, ...onward),
  ];
}

/**
 * Ask for an age band; nobody has to tell.
 *
 * @param {Record<string, string>} t
 * @param {{id: string, name: string}[]} bands
 * @param {(age: string) => void} pick
 * @param {() => void} skip
 */
export function age(t, bands, pick, skip) {
  const choices = [...bands, { id: "", name: t.age_none }].map((one) =>
    button(one.name, "button--big.judging__age", () => pick(one.id), { "data-age": one.id || "none" }),
  );
  return panel(
    t.title,
    [title(t.title), h("p.lead", {}, t.lead), h("p.muted", {}, t.why), h("h2", { id: "age" }, t.age), h("div.judging__ages", { role: "group", "aria-labelledby": "age" }, ...choices)],
    button(t.straight, "button--quiet.button--big", skip, { "data-straight": true }),
  );
}

/**
 * @param {Record<string, string>} t
 * @param {{item: object, number: number, all: number, say: (genuine: boolean) => void, out: [string, () => void]}} one
 */
export function question(t, { item, number, all, say, out }) {
  const heading = h("h1.judging__title", { tabindex: "-1", "data-focus": true }, h("span", {}, t.title), " ", h("span.judging__count", {}, fill(t.of, { n: number, all })));
  const bubble = h("figure.judging__message", { "data-on": item.on }, h("figcaption", {}, fill(t.from, { name: item.sender })), h("blockquote", {}, item.say));
  const answers = h(
    "div.judging__pair",
    { role: "group", "aria-label": t.title },
    button(t.real, "button--big", () => say(true), { "data-real": true }),
    button(t.not, "button--big", () => say(false), { "data-not": true }),
  );
  return panel(t.title, [heading, bubble, answers], button(out[0], "button--quiet.button--big", out[1], { "data-out": true }));
}

/**
 * Before the six after the story.
 *
 * @param {Record<string, string>} t
 * @param {() => void} go
 * @param {() => void} out
 */
export function again(t, go, out) {
  return panel(
    t.title,
    [title(t.title), h("p.lead", {}, t.after_lead)],
    button(t.no_more, "button--big", out, { "data-out": true }),
    button(t.go, "button--big", go, { "data-go": true }),
  );
}

/**
 * What told the messages; never who was wrong.
 *
 * @param {Record<string, string>} t
 * @param {{sender: string, say: string, genuine: boolean, why: string}[]} items
 * @param {() => void} next
 */
export function told(t, items, next) {
  const list = items.map((item) =>
    h("li.judging__told", {}, h("p.small.muted", {}, fill(t.from, { name: item.sender })), h("blockquote", {}, item.say), h("p.judging__why", {}, h("b", {}, item.genuine ? t.was_real : t.was_not), " ", item.why)),
  );
  return panel(t.told, [title(t.told), h("p.lead", {}, t.told_lead), h("ul.judging__list", {}, ...list)], button(t.next, "button--glow.button--big", next, { "data-next": true }));
}

/**
 * @param {Record<string, string>} t
 * @param {() => void} yes
 * @param {() => void} no
 */
export function offer(t, yes, no) {
  return panel(
    t.again,
    [title(t.again), h("p.lead", {}, t.again_lead), h("p.muted", {}, t.again_data)],
    button(t.again_no, "button--big", no, { "data-no-code": true }),
    button(t.again_yes, "button--big", yes, { "data-yes-code": true }),
  );
}

/**
 * @param {Record<string, string>} t
 * @param {{code: string, qr: string | null, path: string}} told `qr` is null until the server has the code
 * @param {() => void} on
 */
export function code(t, { code, qr, path }, on) {
  const picture = qr ? h("img.judging__qr", { src: `data:image/svg+xml,${encodeURIComponent(qr)}`, alt: t.code_alt, width: "220", height: "220" }) : null;
  return panel(
    t.code,
    [title(t.code), h("p.judging__code", {}, code), h("p.lead", {}, t.code_lead), h("p.muted", {}, fill(t.code_at, { path })), picture],
    button(t.to_brick, "button--glow.button--big", on, { "data-to-brick": true }),
  );
}
