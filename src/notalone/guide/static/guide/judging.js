/** Judging messages, without a page: who gets which form first, what is counted, and the code of a retest. */

export const ALPHABET = "23456789CDFGHJKMNPQRTVWXZ";
export const LENGTH = 12;
const BLOCK = ["AB", "AB", "BA", "BA"];

/**
 * A whole number below a limit, each as likely: what does not divide evenly is drawn again.
 *
 * @param {(bytes: Uint8Array) => Uint8Array} fill fills bytes with randomness
 * @param {number} limit at most 256
 * @returns {number}
 */
export function below(fill, limit) {
  const most = 256 - (256 % limit);
  for (;;) {
    const [byte] = fill(new Uint8Array(1));
    if (byte < most) return byte % limit;
  }
}

/**
 * Draw the order of the forms from a permuted block of four, two of each.
 *
 * @param {string[]} rest what is left of the station's block
 * @param {(bytes: Uint8Array) => Uint8Array} fill
 * @returns {[string, string[]]} the order, and what is left then
 */
export function draw(rest, fill) {
  const sound = Array.isArray(rest) && rest.length > 0 && rest.length < BLOCK.length && rest.every((one) => BLOCK.includes(one));
  const block = sound ? rest : BLOCK;
  const at = below(fill, block.length);
  return [block[at], block.filter((_one, index) => index !== at)];
}

/**
 * Count answers.
 *
 * @param {{genuine: boolean}[]} items
 * @param {boolean[]} saidGenuine
 * @returns {[number, number, number, number]} hits, misses, false alarms, correct rejections
 */
export function count(items, saidGenuine) {
  const counts = [0, 0, 0, 0];
  items.forEach(({ genuine }, k) => {
    counts[(genuine ? 2 : 0) + (saidGenuine[k] === genuine ? (genuine ? 1 : 0) : genuine ? 0 : 1)] += 1;
  });
  return counts;
}

/**
 * Make a retest's code: 12 of 25 signs that cannot be mistaken for one another and form no words.
 *
 * @param {(bytes: Uint8Array) => Uint8Array} fill
 * @returns {string}
 */
export function newCode(fill) {
  return Array.from({ length: LENGTH }, () => ALPHABET[below(fill, ALPHABET.length)]).join("");
}

/** @param {string} code */
export function spell(code) {
  return code.match(/.{1,4}/g).join("-");
}

/**
 * Make a random UUID, version 4 (RFC 9562, 5.4): it tells no time, so that nothing can be joined by it.
 *
 * @param {(bytes: Uint8Array) => Uint8Array} fill
 * @returns {string}
 */
export function uuid4(fill) {
  const bytes = fill(new Uint8Array(16));
  bytes[6] = 0x40 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/**
 * Begin a visitor's judging.
 *
 * @param {string} order AB or BA
 * @returns {{order: string, age: string | null, before: boolean[], after: boolean[], told: boolean}}
 */
export function begin(order) {
  return { order, age: null, before: [], after: [], told: false };
}

/**
 * Take an answer.
 *
 * @param {object} judging
 * @param {"before" | "after"} phase
 * @param {boolean} genuine what the visitor said
 * @returns {object}
 */
export function answer(judging, phase, genuine) {
  return { ...judging, [phase]: [...judging[phase], genuine] };
}
