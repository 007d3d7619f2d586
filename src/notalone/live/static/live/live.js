/**
 * A page's connection to live: it reconnects by itself, catches up, and knows the server's clock.
 *
 *     const live = connect({ ...access, onState: (state, why) => … });   // access: {url, token, name} of the page
 *     live.follow("wall", { after: 41, onValue: (value, seq) => …, onCaughtUp: (seq) => … });
 */

import {
  addSample,
  bestOffset,
  followMessage,
  followed,
  hello,
  left,
  parse,
  pause,
  seen,
  splitFrame,
} from "./core.js";

const FIRST_SAMPLES = 6;
const FIRST_SAMPLE_EVERY_MS = 120;
const SAMPLE_EVERY_MS = 20_000;
const ANSWER_WITHIN_MS = 10_000;
const STEADY_MS = 5000;
const EXPIRED = "expired";

/**
 * @typedef {object} Options
 * @property {string} url
 * @property {string | (() => string | Promise<string>)} token a token, or what fetches one for each attempt
 * @property {string} [name] as in the token; left out, the token's is taken
 * @property {(state: "connected" | "away", why: string) => void} [onState] `why` is "expired" where the token is no
 *   longer good and the page must be loaded again, else what the server said, else empty
 */

class Live {
  /** @param {Options} options */
  constructor({ url, token, name, onState }) {
    this.url = url;
    this.token = token;
    this.name = name;
    this.onState = onState ?? (() => {});
    this.book = new Map();
    this.values = new Map();
    this.frames = new Map();
    this.samples = [];
    this.asked = 0;
    this.failures = 0;
    this.state = "";
    this.ended = false;
    this.wake = () => this.failures > 0 && this.socket === null && this.attempt();
    addEventListener("online", this.wake);
    document.addEventListener("visibilitychange", this.wake);
    this.attempt();
  }

  async attempt() {
    clearTimeout(this.timer);
    if (this.ended || this.socket) return;
    this.timer = setTimeout(() => this.attempt(), ANSWER_WITHIN_MS);
    let token;
    try {
      token = typeof this.token === "function" ? await this.token() : this.token;
    } catch {
      this.lost("");
      return;
    }
    clearTimeout(this.timer);
    if (this.ended || this.socket) return;
    const socket = new WebSocket(this.url);
    this.socket = socket;
    this.why = "";
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      socket.send(JSON.stringify(hello(token, this.name)));
      this.expectAnswer();
    };
    socket.onmessage = (event) => this.socket === socket && this.hear(event.data);
    socket.onclose = (event) => this.socket === socket && this.lost(event.reason === EXPIRED ? EXPIRED : this.why);
  }

  /** The browser does not tell that the other end is gone; an answer that does not come does. */
  expectAnswer() {
    clearTimeout(this.watchdog);
    const socket = this.socket;
    this.watchdog = setTimeout(() => {
      socket.close();
      if (this.socket === socket) this.lost("");
    }, ANSWER_WITHIN_MS);
  }

  lost(why) {
    clearTimeout(this.watchdog);
    clearTimeout(this.asking);
    clearTimeout(this.timer);
    if (this.since && performance.now() - this.since > STEADY_MS) this.failures = 0;
    this.since = 0;
    this.socket = null;
    this.failures += 1;
    if (this.ended) return;
    this.tell("away", why);
    if (why === EXPIRED && typeof this.token !== "function") {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.attempt(), pause(this.failures, Math.random()));
  }

  tell(state, why = "") {
    if (state === this.state && !why) return;
    this.state = state;
    this.onState(state, why);
  }

  hear(data) {
    if (typeof data !== "string") {
      const frame = splitFrame(data);
      if (frame) this.frames.get(frame.topic)?.(frame.payload);
      return;
    }
    const said = parse(data);
    if (said === null) return;
    if (said.is === "welcome") this.welcome();
    else if (said.is === "error") this.why = said.why;
    else if (said.is === "clock") this.answer(said);
    else if (said.is === "value" || said.is === "caught-up") this.take(said);
  }

  welcome() {
    this.since = performance.now();
    this.samples = [];
    this.asked = 0;
    for (const topic of this.book.keys()) this.say(followMessage(this.book, topic));
    this.ask();
    this.tell("connected");
  }

  take(said) {
    const follow = this.values.get(said.topic);
    this.book = seen(this.book, said);
    if (said.is === "value") follow?.onValue?.(said.value, said.seq);
    else follow?.onCaughtUp?.(said.seq);
  }

  ask() {
    this.say({ do: "clock", t: Date.now() });
    this.expectAnswer();
  }

  answer(said) {
    clearTimeout(this.watchdog);
    this.samples = addSample(this.samples, { sent: said.t, said: said.now, received: Date.now() });
    this.asked += 1;
    const next = this.asked < FIRST_SAMPLES ? FIRST_SAMPLE_EVERY_MS : SAMPLE_EVERY_MS;
    this.asking = setTimeout(() => this.ask(), next);
  }

  say(message) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  start(topic, after) {
    this.book = followed(this.book, topic, after);
    if (this.since) this.say(followMessage(this.book, topic));
  }

  leave(topic) {
    this.values.delete(topic);
    this.frames.delete(topic);
    this.book = left(this.book, topic);
    if (this.since) this.say({ do: "leave", topic });
  }

  close() {
    this.ended = true;
    clearTimeout(this.timer);
    clearTimeout(this.watchdog);
    clearTimeout(this.asking);
    removeEventListener("online", this.wake);
    document.removeEventListener("visibilitychange", this.wake);
    this.socket?.close();
    this.since = 0;
  }
}

/**
 * Connect a page to live.
 *
 * `follow` begins after a sequence number (null or left out: from now) and goes on from the last value seen after
 * each reconnect. `publish` returns false while away. `offset` is what to add to `Date.now()` to get the server's
 * time in ms, null before it was measured.
 *
 * @param {Options} options
 */
export function connect(options) {
  const live = new Live(options);
  return {
    follow(topic, { after = null, onValue, onCaughtUp } = {}) {
      live.values.set(topic, { onValue, onCaughtUp });
      live.start(topic, after);
    },
    followBinary(topic, onFrame) {
      live.frames.set(topic, onFrame);
      if (!live.book.has(topic)) live.start(topic, null);
    },
    leave: (topic) => live.leave(topic),
    publish: (topic, value, keep = false) => live.since > 0 && live.say({ do: "publish", topic, value, keep }),
    offset: () => bestOffset(live.samples),
    close: () => live.close(),
  };
}
