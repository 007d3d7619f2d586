/** The station's doors to the server: the score, moments, bricks. Everything else works without one. */

import { UNKNOWN, learn, offset } from "./clock.js";

const PATIENCE_MS = 8000;

/** What waits to be sent, one key each, so that two stations in one browser never overwrite one another. */
export class Store {
  #memory = new Map();
  #prefix;

  /** @param {string} kind */
  constructor(kind) {
    this.#prefix = `notalone.${kind}.`;
  }

  all() {
    try {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(this.#prefix)) continue;
        const kept = JSON.parse(localStorage.getItem(key));
        if (kept?.id) this.#memory.set(kept.id, kept);
      }
    } catch {
      // a browser that keeps nothing still sends what this page holds
    }
    return [...this.#memory.values()];
  }

  put(one) {
    this.#memory.set(one.id, one);
    try {
      localStorage.setItem(this.#prefix + one.id, JSON.stringify(one));
    } catch {
      // full or forbidden: memory keeps it
    }
  }

  drop(id) {
    this.#memory.delete(id);
    try {
      localStorage.removeItem(this.#prefix + id);
    } catch {
      // nothing was kept
    }
  }
}

export class Door {
  #urls;
  #csrf;
  #bounds = UNKNOWN;

  /** @param {{urls: object, csrf: string}} page */
  constructor({ urls, csrf }) {
    this.#urls = urls;
    this.#csrf = csrf;
  }

  /** The server's time in ms. */
  now() {
    return Date.now() + Math.round(offset(this.#bounds));
  }

  async #ask(url, options = {}) {
    const asked = Date.now();
    const answer = await fetch(url, { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE_MS), ...options });
    this.#bounds = learn(this.#bounds, asked, Date.now(), answer.headers.get("Date"));
    return answer;
  }

  #send(url, value, keepalive) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.#csrf };
    return this.#ask(url, { method: "POST", headers, body: JSON.stringify(value), keepalive });
  }

  /** The session ended overnight: take a new token from this very page. */
  async #renew() {
    const answer = await this.#ask(location.pathname, { cache: "no-store" });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const data = JSON.parse(page.getElementById("station")?.textContent ?? "{}");
    if (data.csrf) this.#csrf = data.csrf;
    return Boolean(data.csrf);
  }

  async #post(url, value, keepalive = false) {
    const answer = await this.#send(url, value, keepalive);
    if (answer.status !== 403 || !(await this.#renew())) return answer;
    return this.#send(url, value, keepalive);
  }

  /** Get the score, fresh where the server has a newer one. */
  async score() {
    const answer = await this.#ask(this.#urls.score);
    if (!answer.ok) throw new Error(`the score answered ${answer.status}`);
    return answer.json();
  }

  /**
   * Send moments.
   *
   * @param {object[]} moments
   * @returns {Promise<{is: "stored" | "refused" | "away", index?: number}>}
   */
  async moments(moments) {
    const answer = await this.#post(this.#urls.moments, { moments }, true);
    if (answer.ok) return { is: "stored" };
    if (answer.status !== 400 && answer.status !== 413) return { is: "away" };
    const said = await answer.json().catch(() => ({}));
    return { is: "refused", index: said.index };
  }

  /**
   * Send what another room asks for.
   *
   * @param {string} url
   * @param {object} value
   * @returns {Promise<{is: "stored" | "refused" | "away", answer?: object}>}
   */
  async send(url, value) {
    try {
      const answer = await this.#post(url, value, true);
      if (answer.ok) return { is: "stored", answer: await answer.json() };
      return { is: answer.status >= 500 || answer.status === 429 || answer.status === 403 ? "away" : "refused" };
    } catch {
      return { is: "away" };
    }
  }

  /**
   * Lay a brick.
   *
   * @param {object} brick
   * @returns {Promise<"shown" | "held" | "refused" | "away">}
   */
  async brick(brick) {
    try {
      const answer = await this.#post(this.#urls.bricks, brick);
      if (answer.ok) return (await answer.json()).state === "shown" ? "shown" : "held";
      return answer.status >= 500 || answer.status === 429 || answer.status === 403 ? "away" : "refused";
    } catch {
      return "away";
    }
  }
}
