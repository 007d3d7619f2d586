/** Ids made where the moment happens: UUID version 7 (RFC 9562, 5.7) and passes. */

const HEX = [...Array(256).keys()].map((n) => n.toString(16).padStart(2, "0"));

/**
 * Make a source of UUIDv7s that sort in the order they were made.
 *
 * The 12 bits of rand_a count within a millisecond (RFC 9562, 6.2, method 1), so a later id never sorts
 * before an earlier one, even when the clock is set back.
 *
 * @param {() => number} now milliseconds since 1970
 * @param {(bytes: Uint8Array) => Uint8Array} fill fills bytes with randomness
 * @returns {() => string}
 */
export function uuid7s(now, fill) {
  let ms = -1;
  let count = 0;
  return () => {
    const at = Math.floor(now());
    if (at > ms) {
      ms = at;
      count = 0;
    } else if (count === 0xfff) {
      ms += 1;
      count = 0;
    } else {
      count += 1;
    }
    const bytes = fill(new Uint8Array(16));
    for (let i = 0; i < 6; i += 1) bytes[i] = Math.floor(ms / 2 ** (8 * (5 - i))) % 256;
    bytes[6] = 0x70 | (count >> 8);
    bytes[7] = count & 0xff;
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    const hex = [...bytes].map((byte) => HEX[byte]).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };
}

/**
 * Make a pass: 128 random bits in base64url, 22 characters.
 *
 * @param {(bytes: Uint8Array) => Uint8Array} fill fills bytes with randomness
 * @returns {string}
 */
export function newPass(fill) {
  const bytes = fill(new Uint8Array(16));
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * Fill bytes from the browser's generator.
 *
 * @param {Uint8Array} bytes
 * @returns {Uint8Array}
 */
export function fromBrowser(bytes) {
  return crypto.getRandomValues(bytes);
}
