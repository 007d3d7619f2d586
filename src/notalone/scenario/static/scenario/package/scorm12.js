/** A page in a learning platform that speaks SCORM 1.2. */

import { SCORE, findApi, interaction, timespan } from "./scorm12_values.js";
import { packed, stage } from "./stage.js";

const DONE = new Set(["completed", "passed"]);
const SILENT = { silent: true, languages: [], kept: "", keep() {}, chose() {}, completed() {}, left: () => null };

/**
 * @param {object | null} api the platform's
 * @returns {import("./stage.js").Report}
 */
function report(api) {
  const call = (name, ...given) => {
    try {
      return String(api[name](...given) ?? "");
    } catch {
      return ""; // a platform that stumbles must not stop the story
    }
  };
  if (!api || call("LMSInitialize", "") !== "true") return SILENT;
  const get = (element) => call("LMSGetValue", element);
  const set = (element, value) => call("LMSSetValue", element, value);
  const began = performance.now();
  const judged = !["browse", "review"].includes(get("cmi.core.lesson_mode"));
  let count = Number.parseInt(get("cmi.interactions._count"), 10) || 0;
  let done = DONE.has(get("cmi.core.lesson_status"));
  let kept = get("cmi.suspend_data");
  let open = true;
  if (judged && !done) {
    set("cmi.core.lesson_status", "incomplete");
    call("LMSCommit", "");
  }
  return {
    silent: false,
    languages: [get("cmi.student_preference.language")].filter(Boolean),
    kept,
    keep(text) {
      if (!open || text === kept) return;
      kept = text;
      set("cmi.suspend_data", text);
      call("LMSCommit", "");
    },
    chose(step) {
      if (!open || !judged) return;
      for (const [element, value] of interaction(count, step, new Date())) set(element, value);
      count += 1;
    },
    completed() {
      if (!open || !judged || done) return;
      done = true;
      set("cmi.core.score.min", SCORE.min);
      set("cmi.core.score.max", SCORE.max);
      set("cmi.core.score.raw", SCORE.raw);
      set("cmi.core.lesson_status", "completed");
      call("LMSCommit", "");
    },
    left() {
      if (!open) return null;
      open = false;
      set("cmi.core.session_time", timespan((performance.now() - began) / 1000));
      set("cmi.core.exit", kept || !done ? "suspend" : "");
      call("LMSFinish", "");
      return null;
    },
  };
}

stage(packed(), report(findApi(window)));
