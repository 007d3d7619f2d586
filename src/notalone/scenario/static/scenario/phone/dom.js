/** The few helpers that build the phone's elements; text is always text, never markup. */

/**
 * Make an element.
 *
 * @param {string} tag tag and classes, as in `p.line.line--me`
 * @param {object} [attributes] attributes; `on` holds listeners, false and null leave one out
 * @param {...(Node | string | null)} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "on") for (const [kind, listen] of Object.entries(value)) element.addEventListener(kind, listen);
    else if (value !== null && value !== false && value !== undefined) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/**
 * Make a picture from markup of this program's own; never from anybody's text.
 *
 * @param {string} markup
 * @param {string} [classes]
 * @returns {SVGElement}
 */
export function picture(markup, classes = "") {
  const whole = markup.includes("xmlns=") ? markup : markup.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
  const svg = document.importNode(new DOMParser().parseFromString(whole, "image/svg+xml").documentElement, true);
  if (classes) svg.setAttribute("class", classes);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  return svg;
}

/**
 * Say a text with its places filled: `{name}`.
 *
 * @param {string} text
 * @param {Record<string, string | number>} values
 * @returns {string}
 */
export function fill(text, values) {
  return text.replace(/\{([a-z_]+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}
