/**
 * The rules of live's client, without a socket, a clock or a page: waiting, clock offset, messages, what is followed.
 */

export const VERSION = 1;
export const KEEP_SAMPLES = 8;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;

/**
 * Return how long to wait before the next attempt. It doubles up to a cap; `chance` spreads thousands of pages that
 * lost the server at once over the upper half of it.
 *
 * @param {number} failures attempts that failed in a row
 * @param {number} chance 0 to 1
 * @returns {number} ms
 */
export function pause(failures, chance) {
  const doublings = Math.min(Math.max(0, failures - 1), 20);
  const whole = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** doublings);
  return whole * (0.5 + 0.5 * chance);
}

/**
 * @typedef {{sent: number, said: number, received: number}} Sample `sent` and `received` by this clock, `said` by
 *   the server's, in ms
 */

/**
 * Add an answer to the samples; an answer from before its question (a clock was set) begins afresh.
 *
 * @param {Sample[]} samples
 * @param {Sample} fresh
 * @returns {Sample[]}
 */
export function addSample(samples, fresh) {
  if (fresh.received < fresh.sent) return [];
  return [...samples, fresh].slice(-KEEP_SAMPLES);
}

/**
 * Return what to add to this clock to get the server's, in ms: that of the sample with the least round trip, the
 * latest of equals (as NTP's clock filter, RFC 5905, 10). It is off by at most half the round trip.
 *
 * @param {Sample[]} samples
 * @returns {number | null} null without samples
 */
export function bestOffset(samples) {
  let best = null;
  for (const sample of samples) {
    if (best === null || sample.received - sample.sent <= best.received - best.sent) best = sample;
  }
  return best === null ? null : best.said - (best.sent + best.received) / 2;
}

/**
 * Read a message of the server; null where it is none that this version knows.
 *
 * @param {string} text
 * @returns {any}
 */
export function parse(text) {
  let said;
  try {
    said = JSON.parse(text);
  } catch {
    return null;
  }
  if (said === null || typeof said !== "object") return null;
  const topic = typeof said.topic === "string";
  const seq = Number.isSafeInteger(said.seq);
  const good = {
    welcome: () => said.v === VERSION,
    value: () => topic && seq && said.value !== null && typeof said.value === "object",
    "caught-up": () => topic && seq,
    clock: () => Number.isFinite(said.t) && Number.isFinite(said.now),
    watchers: () => topic && Number.isSafeInteger(said.count),
    error: () => typeof said.why === "string",
  };
  return Object.hasOwn(good, said.is) && good[said.is]() ? said : null;
}

/**
 * Split a binary frame into its topic and its payload; null where it has no topic.
 *
 * @param {ArrayBuffer} buffer
 * @returns {{topic: string, payload: Uint8Array} | null}
 */
export function splitFrame(buffer) {
  const bytes = new Uint8Array(buffer);
  const zero = bytes.indexOf(0);
  if (zero < 1) return null;
  return { topic: new TextDecoder().decode(bytes.subarray(0, zero)), payload: bytes.subarray(zero + 1) };
}

/**
 * What is followed: topic → the last sequence number seen, null for "from now".
 *
 * @typedef {ReadonlyMap<string, number | null>} Book
 */

/**
 * @param {Book} book
 * @param {string} topic
 * @param {number | null} after
 * @returns {Book}
 */
export function followed(book, topic, after) {
  return new Map(book).set(topic, after);
}

/**
 * @param {Book} book
 * @param {string} topic
 * @returns {Book}
 */
export function left(book, topic) {
  const rest = new Map(book);
  rest.delete(topic);
  return rest;
}

/**
 * Remember how far a topic came; `message` is a value or a caught-up.
 *
 * @param {Book} book
 * @param {{topic: string, seq: number}} message
 * @returns {Book}
 */
export function seen(book, message) {
  return book.has(message.topic) ? new Map(book).set(message.topic, message.seq) : book;
}

/**
 * Return the message that follows a topic from where it was left.
 *
 * @param {Book} book
 * @param {string} topic
 * @returns {object}
 */
export function followMessage(book, topic) {
  const after = book.get(topic) ?? null;
  return after === null ? { do: "follow", topic } : { do: "follow", topic, after };
}

/**
 * Return the first message of a connection.
 *
 * @param {string} token
 * @param {string | undefined} name
 * @returns {object}
 */
export function hello(token, name) {
  return name === undefined ? { do: "hello", v: VERSION, token } : { do: "hello", v: VERSION, token, name };
}
