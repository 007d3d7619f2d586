/** The apps that show a picture of a world: game, camera, map, and where the character is. */

import { h } from "./dom.js";
import { icon } from "./draw.js";
import { address, appendTo, aside, avatar, captions, item, log, screen, thought, who, words } from "./lines.js";
import { codeSticker, gameWorld, place, placeOf, streets } from "./scenery.js";
import { addressOf, isAddress } from "./sorting.js";

/** A game of no brand: its own notices pop up, people speak in its chat. */
export function game(scene) {
  const list = log(scene, "gamelog");
  const hearts = h("span.game__hearts", {}, icon("heart"), icon("heart"), icon("heart"));
  const root = screen(
    "game",
    h("div.game__world", { "aria-hidden": "true" }, gameWorld()),
    h("header.game__head", {}, h("h2", {}, scene.texts.game), h("span.game__hud", { "aria-hidden": "true" }, hearts, h("span.game__gem", {}, icon("gem")))),
    list,
    h("div.game__foot", { "aria-hidden": "true" }, icon("chat"), h("span", {}, scene.texts.game_chat), icon("send")),
  );
  const names = new Map();
  return {
    root,
    typing(entry) {
      root.classList.toggle("app--typing", Boolean(entry?.from && !entry.mine));
    },
    line(entry) {
      root.classList.remove("app--typing");
      const notice = entry.from === null || entry.from.thing;
      const one = notice ? item(entry, h("span.game__star", { "aria-hidden": "true" }, icon("star")), words(entry)) : item(entry, avatar(entry.from, "small"), h("div", {}, who(entry), words(entry)));
      if (notice) one.classList.add("game__notice");
      else {
        if (!names.has(entry.from.id)) names.set(entry.from.id, names.size % 6);
        one.dataset.tint = String(names.get(entry.from.id));
      }
      appendTo(list, one);
    },
  };
}

/** The camera. What a code hides is shown before anything is opened. */
export function camera(scene) {
  const list = log(scene, "seen");
  const hidden = scene.lines.find(isAddress);
  const view = h("div.camera__view", { "aria-hidden": "true" }, place(placeOf(scene.id)), hidden ? h("div.camera__code", {}, codeSticker(hidden.say)) : null, h("i.camera__frame"));
  const root = screen(
    "camera",
    view,
    h("header.camera__head", {}, h("h2", {}, hidden ? scene.texts.scan : scene.texts.app_camera)),
    list,
    h("div.camera__keys", { "aria-hidden": "true" }, h("i"), h("i.camera__shutter"), h("i")),
  );
  return {
    root,
    typing() {},
    line(entry) {
      if (isAddress(entry)) {
        const text = h("div", {}, h("span.scan__lead", {}, scene.texts.code), h("p", {}, address(addressOf(entry.say))), h("span.scan__still", {}, scene.texts.unopened));
        const one = item(entry, h("span.scan__icon", { "aria-hidden": "true" }, icon("code")), text);
        one.classList.add("scan");
        root.dataset.found = "";
        appendTo(list, one);
      } else if (entry.mine) appendTo(list, thought(entry));
      else if (entry.from) appendTo(list, aside(scene, entry));
      else appendTo(list, item(entry, words(entry)));
    },
  };
}

const PIN_PLACES = 6;

/** A map: people are pins, what is narrated is a place or a notice. */
export function map(scene) {
  const list = log(scene, "mapped");
  const pins = new Map();
  const ground = h("div.map__ground", { "aria-hidden": "true" }, streets());
  const root = screen("map", ground, h("header.map__head", {}, h("h2.visually-hidden", {}, scene.texts.app_map), h("p.map__search", { "aria-hidden": "true" }, icon("place"), h("span", {}, scene.texts.map_search))), list);
  function pin(person) {
    if (!pins.has(person.id)) {
      const made = h("div.pin", { "data-at": String(pins.size % PIN_PLACES) }, avatar(person, "mid"), h("span.pin__name", { dir: "auto" }, person.name));
      pins.set(person.id, made);
      ground.append(made);
    }
    for (const one of pins.values()) one.classList.toggle("pin--now", one === pins.get(person.id));
  }
  return {
    root,
    typing() {},
    line(entry) {
      if (entry.from) pin(entry.from);
      const mark = entry.from ? avatar(entry.from, "small") : h("span.mapped__mark", { "aria-hidden": "true" }, icon("place"));
      appendTo(list, item(entry, mark, h("div", {}, who(entry), words(entry))));
    },
  };
}

/** No app: where the character is. */
export function somewhere(scene) {
  const said = captions(scene);
  const kind = placeOf(scene.id);
  const root = screen("place", h("div.place__view", { "aria-hidden": "true" }, place(kind)), said.list);
  root.dataset.place = kind;
  return { root, typing() {}, line: said.line };
}
