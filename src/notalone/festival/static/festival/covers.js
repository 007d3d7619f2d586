/** What lies over a screen, below the corners: the helplines, and the question whether somebody is there. */

export class Covers {
  #under;
  #button;
  #covers;
  #focus = null;

  /**
   * @param {HTMLElement} under what must not be reached while something lies over it
   * @param {HTMLElement} button the one that opens help
   * @param {{help: HTMLElement, still: HTMLElement}} covers
   */
  constructor(under, button, covers) {
    this.#under = under;
    this.#button = button;
    this.#covers = covers;
  }

  /**
   * @param {"help" | "still"} name
   * @param {string} selector
   * @returns {HTMLElement}
   */
  find(name, selector) {
    return this.#covers[name].querySelector(selector);
  }

  /**
   * Lay one over the screen and take the focus there.
   *
   * @param {"help" | "still"} name
   * @param {Node[]} children
   */
  lay(name, children) {
    if (!this.#under.inert) this.#focus = document.activeElement;
    this.#covers[name].replaceChildren(...children);
    this.#covers[name].hidden = false;
    this.#settle();
    this.find(name, "[data-focus]")?.focus({ preventScroll: true });
  }

  /**
   * Lift one, and give the focus back where nothing lies over the screen any more.
   *
   * @param {"help" | "still"} name
   */
  lift(name) {
    if (this.#covers[name].hidden) return;
    this.#covers[name].hidden = true;
    this.#covers[name].replaceChildren();
    this.#settle();
    if (!this.#under.inert && this.#focus?.isConnected) this.#focus.focus({ preventScroll: true });
  }

  #settle() {
    this.#under.inert = !this.#covers.help.hidden || !this.#covers.still.hidden;
    this.#button.setAttribute("aria-expanded", String(!this.#covers.help.hidden));
  }
}
