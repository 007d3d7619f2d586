/** Touches and keys, told to the station. */

import { NONE, press } from "../faces/exit_keys.js";

const CONTROLS = "button, input, textarea, a, summary, label";
const ONWARD = new Set(["Enter", " ", "ArrowRight"]);

/**
 * Listen to whoever is there.
 *
 * @param {object} station
 * @param {(event: string) => void} station.tell
 * @param {() => void} station.wake sound may begin
 * @param {() => void} station.skip go on to the next line
 * @param {() => boolean} station.helping whether the helplines are open
 * @param {() => boolean} station.playing whether a touch moves the story on
 * @param {(n: number) => HTMLElement | null} station.choice the n-th choice, counted from 0
 * @returns {{byKeys: () => boolean}} whether they go by keys: no time limit presses who may use a screen reader
 */
export function listen({ tell, wake, skip, helping, playing, choice }) {
  let keys = false;
  let shifts = NONE;

  function leave() {
    keys = false;
    tell("exit");
  }

  function onKey(event) {
    const pressed = press(shifts, event, event.timeStamp);
    shifts = pressed.taps;
    if (pressed.exit) {
      leave();
      return;
    }
    keys = keys || event.key === "Tab";
    tell("touch");
    if (event.key === "Escape" && helping()) tell("close");
    if (!playing()) return;
    const n = Number.parseInt(event.key, 10);
    if (n >= 1 && n <= 4) choice(n - 1)?.click();
    else if (ONWARD.has(event.key) && !event.target.closest(CONTROLS)) {
      event.preventDefault();
      skip();
    }
  }

  function onTap(event) {
    if (event.target.closest("[data-exit]")) {
      leave();
      return;
    }
    wake();
    if (event.target.closest("[data-help]")) tell(helping() ? "close" : "help");
    else if (playing() && event.target.closest("#kiosk") && !event.target.closest(CONTROLS)) skip();
  }

  const there = () => tell("touch");
  addEventListener("keydown", onKey, { capture: true });
  document.addEventListener("click", onTap);
  for (const kind of ["pointerdown", "wheel", "input"]) document.addEventListener(kind, there, { capture: true, passive: true });
  document.addEventListener("scroll", (event) => event.target.classList?.contains("reading") && there(), { capture: true, passive: true });
  document.addEventListener("contextmenu", (event) => event.preventDefault());
  return { byKeys: () => keys };
}
