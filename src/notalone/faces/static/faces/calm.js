/** Calm mode: kept for this tab, shown as data-calm on <html>; "calm" is sent on document when it changes. */

const KEY = "calm";
const root = document.documentElement;

function stored() {
  try {
    return sessionStorage.getItem(KEY) === "1";
  } catch {
    return false;
  }
}

/** Say whether movement, light and sound should be gentle: by the switch or by the system's wish. */
export function isCalm() {
  return root.hasAttribute("data-calm") || matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Turn calm mode on or off. */
export function setCalm(on) {
  root.toggleAttribute("data-calm", on);
  for (const box of document.querySelectorAll("[data-calm-switch]")) box.checked = on;
  try {
    if (on) sessionStorage.setItem(KEY, "1");
    else sessionStorage.removeItem(KEY);
  } catch {
    // calm holds for this page all the same
  }
  document.dispatchEvent(new CustomEvent("calm", { detail: { on } }));
}

document.addEventListener("change", (event) => {
  if (event.target instanceof HTMLInputElement && event.target.matches("[data-calm-switch]")) setCalm(event.target.checked);
});
if (stored()) setCalm(true);
