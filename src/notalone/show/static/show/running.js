/** What the pages make of `show/state` and `show/desk`, without a browser. */

export const SILENT_MS = 3500; // the show tells its state once a second

/**
 * Return what to say of each place.
 *
 * @param {{places?: Record<string, {cue: string}>}} state
 * @param {string[]} places
 * @param {Record<string, string>} titles of cues
 * @param {string} dark what to say where nothing runs
 * @returns {{place: string, cue: string, title: string}[]}
 */
export function cuesOf(state, places, titles, dark) {
  return places.map((place) => {
    const cue = state.places?.[place]?.cue ?? "";
    return { place, cue, title: cue ? (titles[cue] ?? cue) : dark };
  });
}

/** Say whether the show plays: connected, and heard of lately. */
export const plays = (connected, heard, now) => connected && now - heard < SILENT_MS;

/**
 * The desk as a technician sees it: what was set here holds until the show says the same, or a moment passed.
 *
 * @typedef {{master: number, blackout: boolean, calm: boolean}} Desk
 * @typedef {{desk: Desk, until: number}} Hand
 */

export const HOLD_MS = 1500;

/** @returns {Hand} */
export const handsOff = (desk = { master: 1, blackout: false, calm: false }) => ({ desk, until: 0 });

/** @param {Hand} hand @param {Partial<Desk>} change @param {number} now @returns {Hand} */
export const moved = (hand, change, now) => ({ desk: { ...hand.desk, ...change }, until: now + HOLD_MS });

/** @param {Hand} hand @param {Desk | undefined} told @param {number} now @returns {Hand} */
export function told(hand, desk, now) {
  if (!desk || now < hand.until) return hand;
  return { desk: { master: desk.master, blackout: desk.blackout, calm: desk.calm }, until: 0 };
}
