/**
 * What one goes through in a package, as a pure table.
 *
 *     cover ─begin─► notes ─accept─► play ─ended─► debrief ─again─► cover
 *                      └──skip──► short ─again─► cover        ─done─► end
 *
 * `short` tells the signs and the help without the story; for a learning platform it counts like an ending, so that
 * opting out costs nothing. Leaving is possible everywhere and leads to nothing.
 */

const NEXT = {
  cover: { begin: "notes" },
  notes: { accept: "play", skip: "short" },
  play: { ended: "debrief" },
  debrief: { again: "cover", done: "end" },
  short: { again: "cover", done: "end" },
  end: { again: "cover" },
  left: {},
};
/** The screens on which all there is to learn was shown. */
export const WHOLE = new Set(["debrief", "short"]);

/**
 * @param {string} screen
 * @param {string} event `begin accept skip ended again done leave`
 * @returns {string} the next screen; the same where the event means nothing there
 */
export function next(screen, event) {
  if (event === "leave") return "left";
  return NEXT[screen][event] ?? screen;
}
