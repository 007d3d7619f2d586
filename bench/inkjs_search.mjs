/**
 * Plays everything in an ink story with inkjs, breadth first, for so many seconds; reads {ink, seconds} from standard
 * input and writes {states, seconds, done, mib}. Two states are the same where all variables are, and the choices.
 */

import { Compiler } from "inkjs/full";

function look(story) {
  const values = [];
  for (const name of story.variablesState._globalVariables.keys()) values.push(story.variablesState[name]);
  return JSON.stringify([values, story.currentChoices.map((choice) => choice.text)]);
}

function search(story, seconds) {
  const began = process.hrtime.bigint();
  const spent = () => Number(process.hrtime.bigint() - began) / 1e9;
  story.ContinueMaximally();
  const met = new Set([look(story)]);
  const waiting = [story.state.ToJson()];
  let at = 0;
  while (at < waiting.length && spent() < seconds) {
    const saved = waiting[at];
    waiting[at] = null;
    at += 1;
    story.state.LoadJson(saved);
    const count = story.currentChoices.length;
    for (let index = 0; index < count; index += 1) {
      if (index) story.state.LoadJson(saved);
      story.ChooseChoiceIndex(index);
      story.ContinueMaximally();
      const key = look(story);
      if (!met.has(key)) {
        met.add(key);
        waiting.push(story.state.ToJson());
      }
    }
  }
  return { states: met.size, seconds: spent(), done: at === waiting.length };
}

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { ink, seconds } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
const found = search(new Compiler(ink).Compile(), seconds);
process.stdout.write(JSON.stringify({ ...found, mib: process.resourceUsage().maxRSS / 1024 }));
