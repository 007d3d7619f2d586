/**
 * The plan of the house, without a browser: reading frames, and where metres lie on a screen.
 *
 * A cell is `[x, y, place, width]` in metres, y to the back; width 0 is a lamp, else a pixel of a bar.
 */

const HEAD_BYTES = 6;
const MARGIN = 1.3;
const FRONT = 2.3; // room for a place's name before its lamps
const GAMMA = Float64Array.from({ length: 256 }, (_, level) => {
  const light = level / 255;
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
});

/**
 * Read a payload of `show/frame`.
 *
 * @param {ArrayBuffer | Uint8Array} payload
 * @returns {{number: number, colours: Uint8Array} | null} three bytes of linear light a cell; null where it is none
 */
export function readFrame(payload) {
  const bytes = payload instanceof Uint8Array ? payload : new Uint8Array(payload);
  if (bytes.byteLength < HEAD_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint16(4, true);
  if (bytes.byteLength !== HEAD_BYTES + 3 * count) return null;
  return { number: view.getUint32(0, true), colours: bytes.subarray(HEAD_BYTES) };
}

/**
 * Move shown light towards what is on the wire; `share` 1 is at once.
 *
 * @param {Float64Array} shown
 * @param {Uint8Array} colours
 * @param {number} share
 * @returns {Float64Array}
 */
export function towards(shown, colours, share) {
  if (shown.length !== colours.length) return Float64Array.from(colours);
  return shown.map((old, i) => (share >= 1 ? colours[i] : old + (colours[i] - old) * share));
}

/** Return a screen's value, 0 to 255, of linear light of 0 to 255 (IEC 61966-2-1). */
export function encode(light) {
  const level = Math.min(255, Math.max(0, light));
  const low = Math.floor(level);
  const part = level - low;
  const value = low === 255 ? 1 : GAMMA[low] * (1 - part) + GAMMA[low + 1] * part;
  return Math.round(value * 255);
}

/**
 * Return the floor of each place in metres: `{left, right, back, front}`, with room for its name at the front.
 *
 * @param {number[][]} cells
 * @param {number} count how many places there are
 */
export function floors(cells, count) {
  const out = Array.from({ length: count }, () => ({ left: Infinity, right: -Infinity, back: -Infinity, front: Infinity }));
  for (const [x, y, place] of cells) {
    const floor = out[place];
    if (!floor) continue;
    floor.left = Math.min(floor.left, x - MARGIN);
    floor.right = Math.max(floor.right, x + MARGIN);
    floor.back = Math.max(floor.back, y + MARGIN);
    floor.front = Math.min(floor.front, y - FRONT);
  }
  return out;
}

/**
 * Return how metres become pixels, so that all cells and floors fit into a box.
 *
 * @param {number[][]} cells
 * @param {ReturnType<typeof floors>} places
 * @param {{left: number, top: number, width: number, height: number}} box
 */
export function fit(cells, places, box) {
  const xs = [...cells.flatMap(([x]) => [x - MARGIN, x + MARGIN]), ...places.flatMap((f) => [f.left, f.right])];
  const ys = [...cells.flatMap(([, y]) => [y - MARGIN, y + MARGIN]), ...places.flatMap((f) => [f.back, f.front])];
  const finite = (list) => list.filter(Number.isFinite);
  const [left, right] = [Math.min(...finite(xs)), Math.max(...finite(xs))];
  const [front, back] = [Math.min(...finite(ys)), Math.max(...finite(ys))];
  const scale = Math.min(box.width / (right - left), box.height / (back - front));
  const shiftX = box.left + (box.width - scale * (right - left)) / 2;
  const shiftY = box.top + (box.height - scale * (back - front)) / 2;
  return { scale, x: (metres) => shiftX + (metres - left) * scale, y: (metres) => shiftY + (back - metres) * scale };
}

/**
 * Return the mean light of each place, for its floor.
 *
 * @param {number[][]} cells
 * @param {number} count
 * @param {Float64Array} shown
 * @returns {[number, number, number][]}
 */
export function means(cells, count, shown) {
  const sums = Array.from({ length: count }, () => [0, 0, 0, 0]);
  cells.forEach(([, , place], i) => {
    const sum = sums[place];
    if (!sum) return;
    for (let c = 0; c < 3; c += 1) sum[c] += shown[3 * i + c];
    sum[3] += 1;
  });
  return sums.map(([r, g, b, n]) => (n ? [r / n, g / n, b / n] : [0, 0, 0]));
}
