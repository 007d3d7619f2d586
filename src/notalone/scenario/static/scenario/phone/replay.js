/** One message of a play, shown again as it looked, with the red flag that it held marked on it. */

import { h } from "./dom.js";
import { icon, portrait } from "./draw.js";

/**
 * @param {{on: string, from: import("./apps.js").Person | null, say: string, mark: string, app: string}} met
 * @returns {HTMLElement}
 */
export function replay(met) {
  const who = met.from?.name ?? "";
  return h(
    "figure.replay",
    { "data-on": met.on },
    h("figcaption.replay__head", {}, h("span.banner__icon", { "data-app": met.on, "aria-hidden": "true" }, icon(met.on)), h("span", {}, met.app)),
    h(
      "div.replay__line",
      {},
      met.from ? h("span.avatar.avatar--mid", { "data-role": met.from.role, "aria-hidden": "true" }, portrait(met.from)) : null,
      h("blockquote.bubble", {}, who ? h("b.line__who", {}, who) : null, h("p", {}, met.say)),
      h("span.replay__mark", {}, icon("flag"), h("span", {}, met.mark)),
    ),
  );
}
