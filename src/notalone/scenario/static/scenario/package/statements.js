/**
 * The xAPI statements of a cmi5 session (cmi5 Quartz, 9; xAPI 1.0.3, Data 2). Pure: ids and times are handed in.
 */

const VERBS = "http://adlnet.gov/expapi/verbs/";
const CATEGORIES = "https://w3id.org/xapi/cmi5/context/categories/";
const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/**
 * @typedef {object} Session
 * @property {object} actor as the platform gave it
 * @property {string} registration
 * @property {string} activityId the platform's name of this activity
 * @property {object} contextTemplate of LMS.LaunchData
 */

/**
 * Write a length of time as ISO 8601 has it.
 *
 * @param {number} seconds
 * @returns {string}
 */
export function duration(seconds) {
  return `PT${Math.max(0, Math.round(seconds * 100) / 100)}S`;
}

function context(session, categories) {
  const template = structuredClone(session.contextTemplate);
  const activities = template.contextActivities ?? {};
  const own = categories.map((name) => ({ objectType: "Activity", id: CATEGORIES + name }));
  const before = activities.category ?? [];
  const category = [...before, ...own.filter((one) => !before.some((other) => other.id === one.id))];
  return { ...template, registration: session.registration, contextActivities: category.length ? { ...activities, category } : activities };
}

function defined(session, { id, at }, verb, categories, result) {
  return {
    id,
    actor: session.actor,
    verb: { id: VERBS + verb, display: { en: verb } },
    object: { objectType: "Activity", id: session.activityId },
    ...(result ? { result } : {}),
    context: context(session, categories),
    timestamp: at,
  };
}

/**
 * @param {Session} session
 * @param {{id: string, at: string}} mark a UUID, and the time in UTC
 */
export function initialized(session, mark) {
  return defined(session, mark, "initialized", ["cmi5"], null);
}

/**
 * All there is to learn was shown.
 *
 * @param {Session} session
 * @param {{id: string, at: string}} mark
 * @param {number} seconds
 */
export function completed(session, mark, seconds) {
  return defined(session, mark, "completed", ["cmi5", "moveon"], { completion: true, duration: duration(seconds) });
}

/**
 * @param {Session} session
 * @param {{id: string, at: string}} mark
 * @param {number} seconds
 */
export function terminated(session, mark, seconds) {
  return defined(session, mark, "terminated", ["cmi5"], { duration: duration(seconds) });
}

/**
 * A choice, as a statement that cmi5 allows: without its category, and neither right nor wrong.
 *
 * @param {Session} session
 * @param {{id: string, at: string}} mark
 * @param {{activity: string, score: object}} data the package
 * @param {{scene: string, choice: number}} step
 */
export function answered(session, mark, data, step) {
  const { scenes, texts } = data.score;
  const said = (index) => Object.fromEntries(Object.entries(texts).map(([lang, list]) => [lang, list[index]]));
  const choices = scenes[step.scene].choices.map((choice, k) => ({ id: LETTERS[k], description: said(choice.say) }));
  return {
    id: mark.id,
    actor: session.actor,
    verb: { id: `${VERBS}answered`, display: { en: "answered" } },
    object: {
      objectType: "Activity",
      id: `${data.activity}#${step.scene}`,
      definition: { type: "http://adlnet.gov/expapi/activities/cmi.interaction", name: said(data.score.title), interactionType: "choice", choices },
    },
    result: { response: LETTERS[step.choice] },
    context: context(session, []),
    timestamp: mark.at,
  };
}

/**
 * Make a UUID of version 4 (RFC 9562) from 16 random bytes.
 *
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function uuid4(bytes) {
  const own = Uint8Array.from(bytes);
  own[6] = (own[6] & 0x0f) | 0x40;
  own[8] = (own[8] & 0x3f) | 0x80;
  const hex = [...own].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
