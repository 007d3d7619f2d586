/**
 * Moments: made in the browser, sent in order, kept until the server has them.
 *
 * The queue is pure; `Sender` carries it out with a store and a transport that it is handed. An id is fixed when
 * the moment is made and the server takes an id once, so sending again is harmless and nothing is lost or doubled.
 */

export const CAP = 500;
export const BATCH = 50;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

/**
 * @typedef {{id: string, type: string}} Moment
 * @typedef {{waiting: Moment[], failures: number, retryAt: number, batch: number, dropped: number}} Queue
 */

/**
 * Return a moment's JSON form.
 *
 * @param {string} type
 * @param {{id: string, at: number, where: string, pass: string | null}} head `at` in ms of the server's clock
 * @param {object} own the type's own fields
 * @returns {Moment}
 */
export function moment(type, head, own) {
  return { v: 1, type, id: head.id, at: new Date(head.at).toISOString(), where: head.where, pass: head.pass, ...own };
}

/**
 * Return a queue of what an earlier page could not send.
 *
 * @param {Moment[]} waiting
 * @returns {Queue}
 */
export function queueOf(waiting = []) {
  return waiting.reduce(add, { waiting: [], failures: 0, retryAt: 0, batch: BATCH, dropped: 0 });
}

/**
 * Add a moment in its place; ids sort in the order they were made. Beyond the cap the oldest goes.
 *
 * @param {Queue} queue
 * @param {Moment} one
 * @returns {Queue}
 */
export function add(queue, one) {
  if (queue.waiting.some((other) => other.id === one.id)) return queue;
  const waiting = [...queue.waiting, one].sort((a, b) => (a.id < b.id ? -1 : 1));
  const over = Math.max(0, waiting.length - CAP);
  return { ...queue, waiting: waiting.slice(over), dropped: queue.dropped + over };
}

/**
 * Return what to send now: the oldest first, nothing while the server rests.
 *
 * @param {Queue} queue
 * @param {number} now ms
 * @returns {Moment[]}
 */
export function due(queue, now) {
  return now < queue.retryAt ? [] : queue.waiting.slice(0, queue.batch);
}

/**
 * The server has these.
 *
 * @param {Queue} queue
 * @param {Moment[]} batch
 * @returns {Queue}
 */
export function stored(queue, batch) {
  const ids = new Set(batch.map((one) => one.id));
  const waiting = queue.waiting.filter((one) => !ids.has(one.id));
  return { ...queue, waiting, failures: 0, retryAt: 0, batch: Math.min(BATCH, queue.batch * 2) };
}

/**
 * The server was away or too busy: wait 1, 2, 4 … 30 s.
 *
 * @param {Queue} queue
 * @param {number} now ms
 * @returns {Queue}
 */
export function away(queue, now) {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** queue.failures);
  return { ...queue, failures: queue.failures + 1, retryAt: now + wait };
}

/**
 * The server cannot read a moment of the batch: let go the one it names, or find it by sending halves.
 *
 * @param {Queue} queue
 * @param {Moment[]} batch
 * @param {number} [index] which one, where the server says so
 * @returns {Queue}
 */
export function refused(queue, batch, index = -1) {
  const culprit = batch[index] ?? (batch.length === 1 ? batch[0] : null);
  if (!culprit) return { ...queue, batch: Math.ceil(batch.length / 2) };
  return { ...stored(queue, [culprit]), dropped: queue.dropped + 1 };
}

/**
 * Sends what waits, one request at a time.
 */
export class Sender {
  #queue;
  #store;
  #post;
  #now;
  #later;
  #busy = false;

  /**
   * @param {object} parts
   * @param {{all: () => Moment[], put: (one: Moment) => void, drop: (id: string) => void}} parts.store
   * @param {(batch: Moment[]) => Promise<{is: "stored" | "refused" | "away", index?: number}>} parts.post
   * @param {() => number} parts.now ms
   * @param {(run: () => void, ms: number) => void} parts.later
   */
  constructor({ store, post, now, later }) {
    this.#store = store;
    this.#post = post;
    this.#now = now;
    this.#later = later;
    this.#queue = queueOf(store.all());
  }

  /** How many moments wait. */
  get waiting() {
    return this.#queue.waiting.length;
  }

  /**
   * Keep moments and send them at once, together.
   *
   * @param {Moment[]} moments
   */
  send(moments) {
    const before = this.#queue.waiting;
    for (const one of moments) this.#queue = add(this.#queue, one);
    const kept = new Set(this.#queue.waiting.map((one) => one.id));
    for (const one of before) if (!kept.has(one.id)) this.#store.drop(one.id);
    for (const one of moments) if (kept.has(one.id)) this.#store.put(one);
    return this.flush();
  }

  /** Send what is due until nothing is, or the server is away. */
  async flush() {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let batch = due(this.#queue, this.#now()); batch.length; batch = due(this.#queue, this.#now())) {
        await this.#one(batch);
      }
    } finally {
      this.#busy = false;
    }
  }

  async #one(batch) {
    const answer = await this.#post(batch).catch(() => ({ is: "away" }));
    if (answer.is === "away") {
      this.#queue = away(this.#queue, this.#now());
      this.#later(() => this.flush(), this.#queue.retryAt - this.#now());
      return;
    }
    this.#queue = answer.is === "stored" ? stored(this.#queue, batch) : refused(this.#queue, batch, answer.index);
    const waits = new Set(this.#queue.waiting.map((one) => one.id));
    for (const one of batch) if (!waits.has(one.id)) this.#store.drop(one.id);
  }
}
