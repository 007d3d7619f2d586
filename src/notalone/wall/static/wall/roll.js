/** Which brick stands where: the roll of the wall's newest bricks. Pure. */

/**
 * Keeps ids in the order of the wall. Only the newest bricks are known by id; the older ones are a number.
 */
export class Roll {
  #older;
  #ids;
  #announced;

  /**
   * @param {{id: string}[]} bricks the newest bricks, oldest first
   * @param {number} count how many the wall has in all, these included
   */
  constructor(bricks, count) {
    this.#ids = bricks.map((brick) => brick.id);
    this.#older = Math.max(0, count - bricks.length);
    this.#announced = new Set(this.#ids);
  }

  /** How many bricks the wall has. */
  get count() {
    return this.#older + this.#ids.length;
  }

  /** A brick was told of; return whether that is news. */
  announce(id) {
    if (this.#announced.has(id)) return false;
    this.#announced.add(id);
    return true;
  }

  /** An announced brick joins the wall. */
  lay(id) {
    this.#ids.push(id);
  }

  /** Return the brick's index in the wall, or null where it is not known. */
  indexOf(id) {
    const index = this.#ids.indexOf(id);
    return index < 0 ? null : this.#older + index;
  }

  /** Take a brick off; return whether it stood. One that waits is forgotten too, so that it may come again. */
  remove(id) {
    this.#announced.delete(id);
    const index = this.#ids.indexOf(id);
    if (index >= 0) this.#ids.splice(index, 1);
    return index >= 0;
  }
}
