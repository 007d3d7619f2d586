/** Keeps the overview fresh: asks for its changing part every two seconds while the page is seen. */

const EVERY_MS = 2000;
const box = document.querySelector("[data-now]");
const stale = document.querySelector("[data-stale]");

async function refresh() {
  try {
    const answer = await fetch(box.dataset.now, { redirect: "error", headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!box.contains(document.activeElement)) box.replaceChildren(...fresh.body.childNodes);
    stale.hidden = true;
  } catch {
    stale.hidden = false;
  }
}

async function keepFresh() {
  if (document.visibilityState === "visible") await refresh();
  setTimeout(keepFresh, EVERY_MS);
}

setTimeout(keepFresh, EVERY_MS);
