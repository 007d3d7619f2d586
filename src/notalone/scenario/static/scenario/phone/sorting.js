/**
 * What an app shows by what its lines are: addresses, groups, posts and comments. Pure, without an element.
 *
 * The rules are told to authors in docs/authors/scenario-format.md, “The apps”.
 */

const HOST = String.raw`[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?:example|test|invalid)`;
const WHOLE = new RegExp(String.raw`^(?:https?:\/\/)?${HOST}(?::\d+)?(?:[\/?#]\S*)?$`, "iu");
// no lookbehind: telephones that are a few years old do not know it
const WITHIN = new RegExp(String.raw`(?:^|[^\p{L}\p{N}.-])(${HOST}(?![\p{L}\p{N}-])(?:\/[\p{L}\p{N}\/_-]*)?)`, "iu");
const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f\u20e3\s])+$/u;

/**
 * Return the address that a text is and nothing besides; null for any other text.
 *
 * Only the names reserved by RFC 2606 are addresses: a story leads nowhere real.
 *
 * @param {string} text
 * @returns {string | null}
 */
export function addressOf(text) {
  const bare = text.trim();
  return WHOLE.test(bare) ? bare : null;
}

/**
 * Return the first address that a text mentions, or null.
 *
 * @param {string} text
 * @returns {string | null}
 */
export function addressIn(text) {
  return WITHIN.exec(text)?.[1] ?? null;
}

/**
 * Split an address where it matters: who it belongs to is the last label before the ending, and nothing before it.
 *
 * @param {string} address
 * @returns {{before: string, domain: string, after: string}} the three joined are the address without its scheme
 */
export function parts(address) {
  const bare = address.replace(/^https?:\/\//i, "");
  const end = bare.search(/[/?#:]/);
  const host = end < 0 ? bare : bare.slice(0, end);
  const labels = host.split(".");
  const domain = labels.slice(-2).join(".");
  return { before: host.slice(0, host.length - domain.length), domain, after: end < 0 ? "" : bare.slice(end) };
}

/** Return whether a line is narrated and an address alone. */
export function isAddress(line) {
  return line.from === null && addressOf(line.say) !== null;
}

/**
 * Say what each line of a feed is.
 *
 * @param {{from: object | null}[]} lines
 * @returns {("post" | "comment" | "divider")[]}
 */
export function feedKinds(lines) {
  let open = false;
  return lines.map((line) => {
    if (line.from === null) {
      open = false;
      return "divider";
    }
    if (open) return "comment";
    open = true;
    return "post";
  });
}

const TRUSTED = new Set(["trusted", "helper"]);

/**
 * Return who is in a chat besides the character where it is a group; empty where two speak with each other.
 *
 * Two others of whom one alone is a stranger are no group: the second breaks in from outside. Two whom one trusts,
 * without the character, speak with each other on their own phones.
 *
 * @template {{id: string, role: string, thing: boolean}} P
 * @param {(P | null)[]} speakers of all lines of the scene, in order
 * @param {string} me the character
 * @returns {P[]} each once, in the order in which they speak
 */
export function groupOf(speakers, me) {
  const others = new Map();
  for (const one of speakers) if (one && one.id !== me && !one.thing) others.set(one.id, one);
  const people = [...others.values()];
  if (people.length < 2) return [];
  if (people.length > 2) return people;
  if (people.filter((one) => one.role === "stranger").length === 1) return [];
  const between = people.every((one) => TRUSTED.has(one.role)) && !speakers.some((one) => one?.id === me);
  return between ? [] : people;
}

/**
 * Return the thread of an earlier scene that a chat goes on with, or undefined.
 *
 * @template {{on: string, people: string[], group: boolean}} T
 * @param {T[]} threads the latest last
 * @param {{on: string, people: string[], group: boolean}} now
 * @returns {T | undefined}
 */
export function threadOf(threads, now) {
  const same = (one) => one.on === now.on && one.group === now.group;
  const meets = (one) => one.people.some((id) => now.people.includes(id)) || one.people.length + now.people.length === 0;
  return [...threads].reverse().find((one) => same(one) && meets(one));
}

/** Return whether a message is emoji alone, few enough to be shown large. */
export function isEmoji(text) {
  return EMOJI.test(text) && /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(text) && [...text.trim()].length <= 12;
}

/**
 * Return a number that is always the same for a text, to draw by.
 *
 * @param {string} text
 * @returns {number}
 */
export function sum(text) {
  let total = 7;
  for (const letter of text) total = (total * 31 + letter.codePointAt(0)) % 9973;
  return total;
}

/**
 * Return a picture that looks like a QR code and is none: its format bits are not those of any code.
 *
 * @param {string} text what it is drawn by
 * @param {number} [size] modules a side
 * @returns {boolean[][]} rows of modules
 */
export function lookalikeCode(text, size = 21) {
  let state = sum(text) * 2654435761 + 97;
  const coin = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 16) % 2 === 1;
  };
  const corner = (row, column) => (row < 8 && (column < 8 || column >= size - 8)) || (row >= size - 8 && column < 8);
  const finder = (row, column) => {
    const r = row < 8 ? row : row - (size - 7);
    const c = column < 8 ? column : column - (size - 7);
    if (r < 0 || r > 6 || c < 0 || c > 6) return false;
    return r === 0 || r === 6 || c === 0 || c === 6 || (r > 1 && r < 5 && c > 1 && c < 5);
  };
  // Row and column 6 hold the timing pattern of a real code and row and column 8 its format: both are left empty.
  const empty = (row, column) => row === 6 || column === 6 || row === 8 || column === 8;
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (__, column) => (corner(row, column) ? finder(row, column) : !empty(row, column) && coin())),
  );
}
