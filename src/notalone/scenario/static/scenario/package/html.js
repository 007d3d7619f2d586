/** A page that belongs to nobody: it plays, and tells no one. */

import { packed, stage } from "./stage.js";

stage(packed(), { silent: false, languages: [], kept: "", keep() {}, chose() {}, completed() {}, left: () => null });
