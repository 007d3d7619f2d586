/** The moderators' keys, as a pure function of what is on the page and the key that went down. */

export const REASONS = 5;

/**
 * @typedef {{current: number, length: number, refusing: boolean}} View
 *   `current`: index of the chosen words (-1: none), of `length`; `refusing`: its reasons are open
 * @typedef {{do: "move", to: number} | {do: "approve"} | {do: "reasons"} | {do: "refuse", reason: number}
 *   | {do: "undo"} | {do: "close"} | {do: "help"}} Deed
 */

/**
 * Return what a key does, or null where it does nothing.
 *
 * @param {View} view
 * @param {{key: string, ctrlKey: boolean, altKey: boolean, metaKey: boolean, repeat: boolean}} event
 * @returns {Deed | null}
 */
export function press(view, event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const chosen = view.current >= 0 && view.current < view.length;
  if (key === "j") return view.length ? { do: "move", to: Math.min(view.length - 1, view.current + 1) } : null;
  if (key === "k") return view.length ? { do: "move", to: Math.max(0, view.current - 1) } : null;
  if (event.repeat) return null; // a held key decides once
  if (key === "?") return { do: "help" };
  if (key === "u") return { do: "undo" };
  if (key === "Escape") return view.refusing ? { do: "close" } : null;
  if (!chosen) return null;
  if (key === "a") return { do: "approve" };
  if (key === "r") return { do: "reasons" };
  const number = /^[1-9]$/.test(key) ? Number(key) : 0;
  return view.refusing && number >= 1 && number <= REASONS ? { do: "refuse", reason: number } : null;
}

/**
 * Return which words are chosen after the list changed: the same ones, else those that took their place.
 *
 * @param {string[]} before ids
 * @param {string[]} after ids
 * @param {string | null} chosen id
 * @returns {number} index in `after`, -1 where there is nothing
 */
export function stay(before, after, chosen) {
  if (!after.length) return -1;
  if (chosen === null) return 0;
  const same = after.indexOf(chosen);
  if (same >= 0) return same;
  const next = before.slice(before.indexOf(chosen) + 1).find((id) => after.includes(id));
  return next === undefined ? after.length - 1 : after.indexOf(next);
}
