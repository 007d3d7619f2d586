/**
 * The place where another room joins a station: at most one companion, which may ask something before the story and
 * after it. Its module stands in the page before the station's and calls `join`.
 */

/**
 * @typedef {object} Companion
 * @property {(station: Station) => void} start called once, when the station has begun
 * @property {() => string | null} offer what the visitor may do before the story; null: nothing
 * @property {() => Node[]} before the panel before the story; `tell("judged")` begins it
 * @property {() => string | null} onward what stands on the button after the story; null: there is no “after”
 * @property {() => Node[]} after the panel after the story; `tell("on")` leads on
 * @property {() => void} forget the visitor has gone
 *
 * @typedef {object} Station
 * @property {object} page what the server put into the page
 * @property {import("./door.js").Door} door
 * @property {(event: string) => void} tell
 * @property {() => void} redraw show the panel again
 * @property {() => void} touch a soft click
 */

/** @type {Companion} */
const NOBODY = { start() {}, offer: () => null, before: () => [], onward: () => null, after: () => [], forget() {} };
let joined = NOBODY;

/** @param {Companion} one */
export function join(one) {
  joined = one;
}

/** @returns {Companion} */
export function companion() {
  return joined;
}
