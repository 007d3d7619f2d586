/** The moderators' queue: keys, and lists that stay fresh. Without this script the page's forms do the same. */

import { press, stay } from "./queue_keys.js";

const EVERY_MS = 4000;
const root = document.querySelector("[data-queue]");
const both = root.querySelector("[data-both]");
const said = root.querySelector("[data-said]");
const help = document.querySelector("dialog[data-help]");
let chosen = null;
let busy = false;

const held = () => [...both.querySelectorAll("[data-held]")];
const ids = () => held().map((one) => one.dataset.held);
const refuse = (article) => article?.querySelector("details");

function choose(index, focus) {
  const all = held();
  chosen = all[index]?.dataset.held ?? null;
  for (const [at, one] of all.entries()) one.toggleAttribute("data-current", at === index);
  if (focus && all[index]) {
    all[index].focus({ preventScroll: true });
    all[index].scrollIntoView({ block: "nearest" });
  }
}

/** Take new lists from the server; where nothing changed the page stays as it is. */
async function refresh(focus = false) {
  const answer = await fetch(root.dataset.lists, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const before = ids();
  const now = [...fresh.querySelectorAll("[data-held]")].map((one) => one.dataset.held);
  const decided = (where) => [...where.querySelectorAll("[data-decided]")].map((one) => one.dataset.decided + one.textContent);
  if (String(before) === String(now) && String(decided(both)) === String(decided(fresh)) && !focus) return;
  const hadFocus = both.contains(document.activeElement);
  const open = refuse(held().find((one) => one.dataset.held === chosen))?.open;
  const keep = chosen;
  both.replaceChildren(...[...fresh.body.childNodes].map((node) => document.importNode(node, true)));
  choose(stay(before, now, keep), focus || hadFocus);
  const again = refuse(held().find((one) => one.dataset.held === keep));
  if (open && again) again.open = true;
}

async function send(form, button) {
  if (busy) return;
  busy = true;
  const body = new FormData(form, button ?? null);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams([...body].map(([name, value]) => [name, String(value)])),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    });
    const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
    if (!told) throw new Error("no answer");
    said.textContent = told.said;
    await refresh(true);
  } catch {
    said.textContent = root.dataset.failed;
  } finally {
    busy = false;
  }
}

function carryOut(deed) {
  const article = held().find((one) => one.dataset.held === chosen);
  switch (deed.do) {
    case "move":
      return choose(deed.to, true);
    case "approve":
      return send(article.querySelector('[data-door="approve"]'));
    case "reasons":
      refuse(article).open = true;
      return refuse(article).querySelector("form button").focus();
    case "refuse": {
      const form = article.querySelector('[data-door="refuse"]');
      return send(form, form.querySelectorAll("button[name=reason]")[deed.reason - 1]);
    }
    case "close":
      refuse(article).open = false;
      return article.focus();
    case "undo": {
      const form = both.querySelector('[data-mine] [data-door="undo"]');
      if (form) return send(form);
      said.textContent = root.dataset.nothing;
      return null;
    }
    case "help":
      return help.open ? help.close() : help.showModal();
  }
}

addEventListener("keydown", (event) => {
  if (help.open && event.key !== "?") return;
  if (event.target instanceof Element && event.target.matches("input:not([type=checkbox]), textarea, select")) return;
  const all = held();
  const current = all.findIndex((one) => one.dataset.held === chosen);
  const deed = press({ current, length: all.length, refusing: Boolean(refuse(all[current])?.open) }, event);
  if (!deed) return;
  event.preventDefault();
  carryOut(deed);
});

both.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target, event.submitter);
});

both.addEventListener("focusin", (event) => {
  const article = event.target.closest("[data-held]");
  if (article && article.dataset.held !== chosen) choose(held().indexOf(article), false);
});

const opener = root.querySelector("[data-help-open]");
opener.hidden = false;
opener.addEventListener("click", () => help.showModal());
choose(held().length ? 0 : -1, false);
setInterval(() => {
  if (document.visibilityState === "visible" && !busy) refresh();
}, EVERY_MS);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());
