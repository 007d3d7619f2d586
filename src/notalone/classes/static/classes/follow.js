/**
 * Where the class is, as well as it can be known: told by live, asked over HTTP at the start, on waking up, when the
 * connection comes back, and again and again while live is away. So a phone that slept is right at once.
 */

import { connect } from "../live/live.js";
import { newer } from "./lesson.js";

const ASK_AWAY_MS = 2500;
const ASK_ANYWAY_MS = 12_000;
const PATIENCE_MS = 8000;

/** What the server said no to: its status and its sentence. */
export class Refused extends Error {
  constructor(status, why) {
    super(why);
    this.status = status;
  }
}

/**
 * Ask one of the class's doors.
 *
 * @param {string} url
 * @param {{csrf?: string, seat?: string, body?: object}} [parts] a body makes it a POST
 * @returns {Promise<object>}
 * @throws {Refused} the server said no
 * @throws {TypeError} the server is away
 */
export async function ask(url, { csrf, seat, body } = {}) {
  const headers = { Accept: "application/json", ...(seat ? { "X-Seat": seat } : {}) };
  const post = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  if (body !== undefined) Object.assign(headers, { "Content-Type": "application/json", "X-CSRFToken": csrf });
  const answer = await fetch(url, { ...post, headers, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
  const said = await answer.json().catch(() => null);
  if (!answer.ok || said === null) throw new Refused(answer.status, said?.error ?? "");
  return said;
}

export class Follow {
  #held = null;
  #offset = 0;
  #away = true;
  #timer = 0;
  #asking = false;

  /**
   * @param {object} access of the page, for live
   * @param {string} topic
   * @param {{fetch: () => Promise<object>, onState: (state: object) => void, onAway: (away: boolean) => void,
   *   onRefused?: (error: Refused) => void}} parts
   */
  constructor(access, topic, parts) {
    this.parts = parts;
    const live = connect({
      ...access,
      onState: (state) => {
        this.#away = state !== "connected";
        this.ask();
      },
    });
    live.follow(topic, { onValue: (value) => this.take(value) });
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.ask());
    for (const kind of ["online", "pageshow", "focus"]) addEventListener(kind, () => this.ask());
    this.ask();
  }

  /** @returns {number} the server's time in ms */
  now() {
    return Date.now() + this.#offset;
  }

  /** @param {object} come */
  take(come) {
    if (typeof come.now === "number") this.#offset = come.now - Date.now();
    this.#held = newer(this.#held, come);
    this.parts.onState(this.#held);
  }

  async ask() {
    if (this.#asking) return;
    this.#asking = true;
    clearTimeout(this.#timer);
    try {
      this.take(await this.parts.fetch());
      this.parts.onAway(false);
    } catch (error) {
      if (error instanceof Refused && error.status < 500) this.parts.onRefused?.(error);
      else this.parts.onAway(true);
    } finally {
      this.#asking = false;
      this.#timer = setTimeout(() => this.ask(), this.#away ? ASK_AWAY_MS : ASK_ANYWAY_MS);
    }
  }
}
