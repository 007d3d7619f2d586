/** Recognises the quick exit: Shift alone, three times within 1.5 seconds. */

export const TIMES = 3;
export const WITHIN_MS = 1500;

/** The state before any key: the instants (ms) of the last taps of Shift. */
export const NONE = Object.freeze([]);

/**
 * Take one key press.
 * @param {readonly number[]} taps instants of the taps so far, in ms
 * @param {{key: string, repeat: boolean}} event the key that went down; a held key repeats and does not count
 * @param {number} now ms
 * @returns {{taps: readonly number[], exit: boolean}}
 */
export function press(taps, event, now) {
  if (event.repeat) return { taps, exit: false };
  if (event.key !== "Shift") return { taps: NONE, exit: false };
  const recent = [...taps.filter((at) => now - at <= WITHIN_MS), now];
  return recent.length >= TIMES ? { taps: NONE, exit: true } : { taps: recent, exit: false };
}
