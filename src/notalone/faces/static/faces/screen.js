/** Stations and big screens: the screen stays awake; where the page asks for it, an idle cursor hides. */

const IDLE_MS = 3000;
const root = document.documentElement;

async function stayAwake() {
  if (!("wakeLock" in navigator) || document.visibilityState !== "visible") return;
  try {
    await navigator.wakeLock.request("screen");
  } catch {
    // refused, as on low battery: the screen's own settings hold
  }
}

document.addEventListener("visibilitychange", stayAwake);
await stayAwake();

if (root.hasAttribute("data-hide-cursor")) {
  let timer = 0;
  const moved = () => {
    root.removeAttribute("data-idle");
    clearTimeout(timer);
    timer = setTimeout(() => root.setAttribute("data-idle", ""), IDLE_MS);
  };
  for (const kind of ["pointermove", "pointerdown", "keydown"]) addEventListener(kind, moved, { passive: true });
  moved();
}
