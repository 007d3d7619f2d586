/** The apps that one reads: bank, mail, browser, feed. */

import { fill, h } from "./dom.js";
import { icon } from "./draw.js";
import { address, appendTo, aside, avatar, item, log, screen, speaker, thought, who, words } from "./lines.js";
import { postArt } from "./scenery.js";
import { addressIn, addressOf, feedKinds, isAddress } from "./sorting.js";

/** The bank's app: its notices under a card that shows nobody's money. */
export function bank(scene) {
  const list = log(scene, "alerts");
  const root = screen(
    "bank",
    h("header.bank__head", {}, h("span.bank__mark", { "aria-hidden": "true" }, icon("bank")), h("h2", {}, scene.texts.bank), icon("bell")),
    h("div.bank__card", { "aria-hidden": "true" }, h("span", {}, scene.texts.balance), h("b", {}, "•••••••"), h("span.bank__number", {}, "•••• •••• •••• 4821")),
    h("h3.bank__title", {}, scene.texts.alerts),
    list,
  );
  return {
    root,
    typing() {},
    line(entry) {
      if (entry.mine) appendTo(list, thought(entry));
      else if (entry.from && !entry.from.thing) appendTo(list, aside(scene, entry));
      else appendTo(list, item(entry, h("span.alert__icon", { "aria-hidden": "true" }, icon("bell")), h("div", {}, speaker(entry), words(entry), h("span.line__meta", {}, scene.time()))));
    },
  };
}

/** A feed: posts, their comments beneath, dividers between. Only what is there is counted. */
export function feed(scene) {
  const list = log(scene, "posts");
  const kinds = new Map(scene.lines.map((line, k) => [line.key, feedKinds(scene.lines)[k]]));
  const root = screen("feed", h("header.feed__head", {}, h("h2", {}, scene.texts.feed), h("span", { "aria-hidden": "true" }, icon("heart"), icon("send"))), list);
  let open = null;
  function post(entry) {
    const count = h("span", {}, "");
    const head = h("div.post__head", {}, avatar(entry.from, "mid"), h("div", {}, who(entry)), h("span.post__more", { "aria-hidden": "true" }, "•••"));
    const art = entry.say.length < 150 ? h("div.post__art", { "aria-hidden": "true" }, postArt(entry.say)) : null;
    const bar = h("div.post__foot", { "aria-hidden": "true" }, icon("heart"), h("span.post__count", {}, icon("chat"), count), icon("send"));
    const one = item(entry, head, words(entry), art, bar);
    one.classList.add("post");
    open = { comments: h("div.post__comments", {}), count, number: 0 };
    appendTo(list, h("div.thread", {}, one, open.comments));
  }
  function comment(entry) {
    const one = item(entry, avatar(entry.from, "small"), h("div.comment__body", {}, who(entry), words(entry)));
    one.classList.add("comment");
    open.comments.append(one);
    open.number += 1;
    open.count.textContent = fill(scene.texts.comments, { count: open.number });
    appendTo(list, open.comments.parentElement);
  }
  return {
    root,
    typing() {},
    line(entry) {
      const kind = kinds.get(entry.key);
      if (kind === "post") post(entry);
      else if (kind === "comment") comment(entry);
      else appendTo(list, item(entry, words(entry, "span")));
    },
  };
}

/** One letter: a narrated first line is its subject. */
export function mail(scene) {
  const list = log(scene, "letter");
  const { other, texts } = scene;
  const subject = scene.lines[0]?.from === null ? scene.lines[0].key : "";
  const root = screen(
    "mail",
    h("header.mail__head", {}, h("span.chat__back", { "aria-hidden": "true" }, icon("back")), h("h2", {}, texts.mail), h("span.mail__icons", { "aria-hidden": "true" }, icon("flag"), icon("send"))),
    h("div.mail__from", {}, avatar(other, "mid"), h("div", {}, h("b", { dir: "auto" }, other?.name ?? texts.unknown), h("p", { dir: "auto" }, fill(texts.to, { name: scene.me.name }))), h("span.line__meta", {}, scene.time())),
    list,
  );
  return {
    root,
    typing() {},
    line(entry) {
      if (entry.mine) appendTo(list, thought(entry));
      else if (entry.key === subject) {
        const one = item(entry, h("span.visually-hidden", {}, `${texts.subject}: `), words(entry));
        one.classList.add("letter__subject");
        appendTo(list, one);
      } else if (entry.from && entry.from.id !== other?.id) appendTo(list, aside(scene, entry));
      else appendTo(list, item(entry, speaker(entry), words(entry)));
    },
  };
}

/** A page under its address. Nothing but the address tells whose page it is: no lock that promises more. */
export function browser(scene) {
  const list = log(scene, "webpage");
  const bar = h("span.browser__address", {}, "…");
  const given = scene.lines.some(isAddress);
  const root = screen(
    "browser",
    h("header.browser__head", {}, h("h2.visually-hidden", {}, scene.texts.app_browser), h("span.chat__back", { "aria-hidden": "true" }, icon("back")), h("p.browser__bar", {}, h("span.visually-hidden", {}, `${scene.texts.address}: `), icon("browser"), bar), h("span.chat__back", { "aria-hidden": "true" }, icon("reload"))),
    list,
  );
  const goes = (text) => {
    bar.replaceChildren(address(text));
    root.dataset.loading = "";
  };
  return {
    root,
    typing() {},
    line(entry) {
      if (isAddress(entry)) {
        goes(addressOf(entry.say));
        const said = item(entry, `${scene.texts.address}: ${entry.say}`);
        said.classList.add("visually-hidden");
        list.append(said);
        return;
      }
      const found = given ? null : addressIn(entry.say);
      if (found) goes(found);
      if (entry.mine) appendTo(list, thought(entry));
      else appendTo(list, item(entry, who(entry), words(entry)));
    },
  };
}
