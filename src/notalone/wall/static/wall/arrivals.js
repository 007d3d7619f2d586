/**
 * In which order bricks fly in and which message is read: pure, on a clock that is handed in (ms).
 *
 * Bricks are launched one by one, never closer than GAP_MS. One message is large at a time, long enough to be
 * read; in a rush the messages wait their turn while the bricks fly on. When it is quiet, older messages come back.
 */

export const GAP_MS = 600;
export const QUIET_MS = 5000;
export const BREAK_MS = 900;
export const READ_LEAST_MS = 3500;
const READ_MOST_MS = 10_000;
const READ_MS_A_LETTER = 75;
const UNREAD_CAP = 120;
const SEEN_CAP = 240;

/**
 * @typedef {{id: string, text: string, lang: string, kind: string}} Brick
 * @typedef {object} State
 * @property {Brick[]} waiting bricks that have not been launched, oldest first
 * @property {{brick: Brick, ready: number}[]} unread launched bricks whose message was not large yet, oldest first;
 *   `ready` is when they land
 * @property {Brick[]} seen messages to come back to when it is quiet, the one shown longest ago first
 * @property {Brick | null} reading the brick whose message is large
 * @property {number} since when it became large
 * @property {number} until when it may go
 * @property {number} lastLaunch
 */

/**
 * @param {Brick[]} seen bricks that stand already, oldest first
 * @param {number} now
 * @returns {State}
 */
export function start(seen, now) {
  const until = now - QUIET_MS + 1200;
  return { waiting: [], unread: [], seen: [...seen], reading: null, since: until, until, lastLaunch: -Infinity };
}

/**
 * Return how long a message stays large when no other waits.
 *
 * @param {string} text
 * @returns {number} ms
 */
export function readingTime(text) {
  return Math.min(READ_MOST_MS, READ_LEAST_MS + READ_MS_A_LETTER * [...text].length);
}

/**
 * A brick came over the air.
 *
 * @param {State} state
 * @param {Brick} brick
 * @returns {State}
 */
export function arrive(state, brick) {
  return { ...state, waiting: [...state.waiting, brick] };
}

/**
 * A brick was taken off the wall: neither it nor its message comes any more.
 *
 * @param {State} state
 * @param {string} id
 * @returns {{state: State, clear: boolean}} `clear`: its message is large and must go
 */
export function remove(state, id) {
  const other = (brick) => brick.id !== id;
  const clear = state.reading?.id === id;
  return {
    state: {
      ...state,
      waiting: state.waiting.filter(other),
      unread: state.unread.filter(({ brick }) => other(brick)),
      seen: state.seen.filter(other),
      reading: clear ? null : state.reading,
    },
    clear,
  };
}

/**
 * Return what happens now.
 *
 * @param {State} state
 * @param {number} now
 * @param {number} flight ms from launch to landing
 * @returns {{state: State, launch: Brick | null, read: Brick | null, clear: boolean}} `launch` flies in now, the
 *   message of `read` becomes large, `clear`: the one that was large goes
 */
export function tick(state, now, flight) {
  const ended = ending(state, now);
  const launching = launched(ended.state, now, flight);
  const reading = read(launching.state, now);
  return { state: reading.state, launch: launching.launch, read: reading.read, clear: ended.clear };
}

function ending(state, now) {
  if (!state.reading) return { state, clear: false };
  const another = state.unread.length > 0 && state.unread[0].ready <= now;
  const over = now >= state.until || (another && now - state.since >= READ_LEAST_MS);
  return over ? { state: { ...state, reading: null, until: now }, clear: true } : { state, clear: false };
}

function launched(state, now, flight) {
  if (!state.waiting.length || now - state.lastLaunch < GAP_MS) return { state, launch: null };
  const [launch, ...waiting] = state.waiting;
  const unread = [...state.unread, { brick: launch, ready: now + flight }].slice(-UNREAD_CAP);
  return { state: { ...state, waiting, unread, lastLaunch: now }, launch };
}

function read(state, now) {
  if (state.reading || now - state.until < BREAK_MS) return { state, read: null };
  const [first, ...unread] = state.unread;
  if (first) return first.ready <= now ? shown({ ...state, unread }, first.brick, now) : { state, read: null };
  const quiet = !state.waiting.length && now - state.until >= QUIET_MS;
  return quiet && state.seen.length ? shown(state, state.seen[0], now) : { state, read: null };
}

function shown(state, brick, now) {
  const seen = [...state.seen.filter((one) => one.id !== brick.id), brick].slice(-SEEN_CAP);
  return { state: { ...state, seen, reading: brick, since: now, until: now + readingTime(brick.text) }, read: brick };
}
