/**
 * The apps of the simulated phone. Each opens into an element and shows lines one by one.
 *
 * An app is `open(scene) → {root, line(entry), typing(entry | null), tick?(seconds)}`; a line is
 * `{from, name, role, say, mine, key}`.
 */

import { call, video } from "./calls.js";
import { messages } from "./messages.js";
import { bank, browser, feed, mail } from "./pages.js";
import { camera, game, map, somewhere } from "./worlds.js";

/**
 * @typedef {{id: string, name: string, role: string, uniform: boolean, thing: boolean}} Person
 * @typedef {{from: Person | null, say: string, mine: boolean, key: string, old?: boolean}} Entry
 * @typedef {{id: string, on: string, other: Person | null, group: Person[], me: Person, lines: Entry[], history: Entry[],
 *   texts: object, time: () => string, outgoing: boolean, ringing: boolean, onAnswer: () => void}} Scene
 */

const APPS = {
  phone: call,
  video,
  chat: (scene) => messages(scene, "chat"),
  sms: (scene) => messages(scene, "sms"),
  bank,
  feed,
  mail,
  browser,
  game,
  camera,
  map,
  place: somewhere,
};

/**
 * Open an app.
 *
 * @param {Scene} scene
 */
export function openApp(scene) {
  return (APPS[scene.on] ?? APPS.chat)(scene);
}
