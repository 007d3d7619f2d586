/** Plays walks that come on standard input as JSON and writes each play after each step, for the comparison with Python. */

import { begin, choose, offered, readScore, timeout, waits } from "../../src/notalone/scenario/static/scenario/player.js";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { scores, walks } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
const read = scores.map((score) => readScore(JSON.stringify(score)));
const told = walks.map(({ score: index, events }) => {
  const score = read[index];
  const seen = (play) => ({ play, offered: offered(score, play), waits: waits(score, play) });
  let play = begin(score);
  return [
    seen(play),
    ...events.map((event) => {
      play = event === -1 ? timeout(score, play) : choose(score, play, event);
      return seen(play);
    }),
  ];
});
process.stdout.write(JSON.stringify(told));
