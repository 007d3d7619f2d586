/** The moderators' queue: keys, and lists that stay fresh. Without this script the page's forms do the same. */

import { press, stay } from "./queue_keys.js";

const EVERY_MS = 4000;
const root = document.querySelector("[data-queue]");
const both = root.querySelector("[data-both]");
const said = root.querySelector("[data-said]");
const help = document.querySelector("dialog[data-help]");
let chosen = null;
let chain = Promise.resolve();
let waiting = 0;

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

/** Carry out one thing after the other, so that no key is lost however fast the moderator reads. */
function then(deed) {
  waiting += 1;
  chain = chain
    .then(deed)
    .catch(() => {
      said.textContent = root.dataset.failed;
    })
    .finally(() => {
      waiting -= 1;
      return waiting ? null : refresh(true);
    });
  return chain;
}

async function post(address, fields) {
  const answer = await fetch(address, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error("no answer");
  said.textContent = (await answer.json()).said;
}

/** Send a form. Words that are decided on leave the list at once; where that failed they come back. */
function send(form, button) {
  const fields = [...new FormData(form, button ?? null)].map(([name, value]) => [name, String(value)]);
  const { action } = form;
  const article = form.closest("[data-held]");
  if (article) {
    const at = held().indexOf(article);
    article.closest("li").remove();
    choose(Math.min(at, held().length - 1), true);
  }
  return then(() => post(action, fields));
}

/** Take back the moderator's own latest decision, also one that is still on its way when the key goes down. */
async function undo() {
  await refresh();
  const form = both.querySelector('[data-mine] [data-door="undo"]');
  if (form) return post(form.action, [...new FormData(form)]);
  said.textContent = root.dataset.nothing;
  return null;
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
    case "undo":
      return then(undo);
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
  if (document.visibilityState === "visible" && !waiting) refresh();
}, EVERY_MS);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());
