/** A page in a learning platform that speaks cmi5 (Quartz): launch, session and resumption. */

import { packed, stage } from "./stage.js";
import { answered, completed, initialized, terminated, uuid4 } from "./statements.js";

const KEPT = "notalone.kept";
const VERSION = "1.0.3";
const SILENT = { silent: true, languages: [], kept: "", keep() {}, chose() {}, completed() {}, left: () => null };

class Platform {
  #endpoint;
  #token;
  #who;
  #waiting = [];
  #sending = false;
  #newest = null;
  #keeping = false;

  constructor(endpoint, token, who) {
    this.#endpoint = endpoint.endsWith("/") ? endpoint : `${endpoint}/`;
    this.#token = token;
    this.#who = who;
  }

  ask(path, { query = null, method = "GET", body = undefined } = {}) {
    const headers = { Authorization: `Basic ${this.#token}`, "X-Experience-API-Version": VERSION };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const address = this.#endpoint + path + (query ? `?${new URLSearchParams(query)}` : "");
    // keepalive: what is sent last must arrive though the page is going
    return fetch(address, { method, headers, keepalive: method !== "GET", body: body === undefined ? undefined : JSON.stringify(body) });
  }

  #state(stateId) {
    const { actor, registration, activityId } = this.#who;
    return { activityId, agent: JSON.stringify(actor), registration, stateId };
  }

  /** Return a document, null where there is none. */
  async read(path, query) {
    const answer = await this.ask(path, { query });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    const text = await answer.text();
    return text ? JSON.parse(text) : null;
  }

  state(stateId) {
    return this.read("activities/state", this.#state(stateId));
  }

  preferences() {
    return this.read("agents/profile", { agent: JSON.stringify(this.#who.actor), profileId: "cmi5LearnerPreferences" });
  }

  #put(value) {
    return this.ask("activities/state", { query: this.#state(KEPT), method: "PUT", body: value }).catch(() => null);
  }

  /** Keep a document, one after the other; of those that wait only the newest. */
  async keep(value) {
    this.#newest = { ...value };
    if (this.#keeping) return;
    this.#keeping = true;
    while (this.#newest) {
      const sent = this.#newest;
      this.#newest = null;
      await this.#put(sent);
    }
    this.#keeping = false;
  }

  /** Send statements in their order; what did not arrive goes along with the next. */
  async send(...statements) {
    this.#waiting.push(...statements);
    if (this.#sending) return;
    this.#sending = true;
    while (this.#waiting.length) {
      const batch = this.#waiting;
      this.#waiting = [];
      const answer = await this.ask("statements", { method: "POST", body: batch }).catch(() => null);
      if (!answer || answer.status >= 500) {
        this.#waiting = [...batch, ...this.#waiting];
        break;
      }
    }
    this.#sending = false;
  }

  /** The page is going: send all that waits at once. */
  last(statement) {
    this.ask("statements", { method: "POST", body: [...this.#waiting, statement] }).catch(() => {});
    this.#waiting = [];
    if (this.#newest) this.#put(this.#newest);
    this.#newest = null;
  }
}

function launched() {
  const given = new URLSearchParams(location.search);
  const names = ["endpoint", "fetch", "actor", "registration", "activityId"];
  if (names.some((name) => !given.get(name))) return null;
  const [endpoint, fetched, actor, registration, activityId] = names.map((name) => given.get(name));
  return { endpoint, fetched, actor: JSON.parse(actor), registration, activityId };
}

async function opened(data) {
  const launch = launched();
  if (!launch) return SILENT;
  const answer = await fetch(launch.fetched, { method: "POST" });
  const token = (await answer.json())["auth-token"];
  if (!token) return SILENT;
  const platform = new Platform(launch.endpoint, token, launch);
  const given = await platform.state("LMS.LaunchData");
  if (!given?.contextTemplate) return SILENT;
  const [wishes, before] = await Promise.all([platform.preferences().catch(() => null), platform.state(KEPT).catch(() => null)]);
  return session(data, platform, { ...launch, ...given }, { wishes, before });
}

function session(data, platform, launch, { wishes, before }) {
  const mark = () => ({ id: uuid4(crypto.getRandomValues(new Uint8Array(16))), at: new Date().toISOString() });
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const judged = launch.launchMode === "Normal";
  const state = { kept: before?.kept ?? "", completed: Boolean(before?.completed) };
  let open = true;
  platform.send(initialized(launch, mark()));
  return {
    silent: false,
    languages: (wishes?.languagePreference ?? "").split(",").filter(Boolean),
    kept: state.kept,
    keep(text) {
      if (!open || text === state.kept) return;
      state.kept = text;
      platform.keep(state);
    },
    chose(step) {
      if (open && judged) platform.send(answered(launch, mark(), data, step));
    },
    completed() {
      if (!open || !judged || state.completed) return;
      state.completed = true; // once a registration, whatever is played again
      platform.send(completed(launch, mark(), seconds()));
      platform.keep(state);
    },
    left() {
      if (!open) return null;
      open = false;
      platform.last(terminated(launch, mark(), seconds()));
      return launch.returnURL ?? null;
    },
  };
}

const data = packed();
opened(data)
  .catch(() => SILENT)
  .then((report) => stage(data, report));
