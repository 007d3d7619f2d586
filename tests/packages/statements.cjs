// Reads xAPI statements as JSON from stdin; prints what a validator of xAPI 1.0 finds wrong, one line each.
const validate = require("@learninglocker/xapi-validation").default;

const statements = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
for (const one of statements) for (const warning of validate(one)) console.log(`${one.verb?.id}: ${String(warning.message ?? warning)} ${JSON.stringify(warning.path ?? warning)}`);
