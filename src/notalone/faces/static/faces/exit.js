/** Quick exit: by every element with data-exit, and by Shift three times. */

import { NONE, press } from "./exit_keys.js";

const LEFT = "left";
const links = () => document.querySelectorAll("a[data-exit]");

/** Leave this page for the neutral one; going back leads there again. */
export function leave(href) {
  try {
    sessionStorage.setItem(LEFT, href);
  } catch {
    // a browser that keeps nothing still leaves
  }
  document.documentElement.hidden = true;
  location.replace(href);
}

function cameBack(event) {
  const [entry] = performance.getEntriesByType("navigation");
  return event.persisted || entry?.type === "back_forward";
}

let taps = NONE;
addEventListener(
  "keydown",
  (event) => {
    const result = press(taps, event, event.timeStamp);
    taps = result.taps;
    const [first] = links();
    if (result.exit && first) leave(first.href);
  },
  { capture: true },
);

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a[data-exit]");
  if (!link) return;
  event.preventDefault();
  leave(link.href);
});

addEventListener("pageshow", (event) => {
  let left = null;
  try {
    left = sessionStorage.getItem(LEFT);
    if (left && !cameBack(event)) sessionStorage.removeItem(LEFT);
  } catch {
    return;
  }
  if (left && cameBack(event)) leave(left);
});
