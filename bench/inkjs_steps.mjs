/**
 * Plays the same walks through the same story with our player and with inkjs; reads one JSON object from standard
 * input and writes one to standard output. Both read every line shown and every choice offered at each step.
 *
 *     {do: "time", score, ink, walks, rounds}    verify that both give the same, then time them in turn
 *     {do: "memory", who, score, compiled, walks}   play with one alone in this process; peak memory
 */

import { begin, choose, offered, readScore, text } from "../src/notalone/scenario/static/scenario/player.js";

function ours(score) {
  return (walk) => {
    const seen = [];
    let play = begin(score);
    for (let step = 0; ; step += 1) {
      const { lines } = score.scenes[play.scene];
      const said = play.lines.map((index) => text(score, "en", lines[index].say));
      seen.push(said, offered(score, play).map((offer) => text(score, "en", offer.say)));
      if (step === walk.length) return seen;
      play = choose(score, play, walk[step]);
    }
  };
}

function inkjs(story) {
  return (walk) => {
    const seen = [];
    story.ResetState();
    for (let step = 0; ; step += 1) {
      const said = [];
      while (story.canContinue) {
        const line = story.Continue().trim();
        if (line) said.push(line);
      }
      seen.push(said, story.currentChoices.map((choice) => choice.text));
      if (step === walk.length) return seen;
      story.ChooseChoiceIndex(walk[step]);
    }
  };
}

function pace(player, walks, steps) {
  const before = process.hrtime.bigint();
  for (const walk of walks) player(walk);
  return steps / (Number(process.hrtime.bigint() - before) / 1e9);
}

async function time({ score, ink, walks, rounds }) {
  const { Compiler } = await import("inkjs/full");
  const story = new Compiler(ink).Compile();
  const players = { ours: ours(readScore(score)), inkjs: inkjs(story) };
  for (const walk of walks) {
    const [one, other] = Object.values(players).map((player) => JSON.stringify(player(walk)));
    if (one !== other) throw new Error(`not the same play for ${walk}:\n${one}\n${other}`);
  }
  const steps = walks.reduce((sum, walk) => sum + walk.length + 1, 0);
  const rates = { ours: [], inkjs: [] };
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 ? ["inkjs", "ours"] : ["ours", "inkjs"];
    for (const who of order) rates[who].push(pace(players[who], walks, steps));
  }
  return { rates, compiled: story.ToJson(), same: walks.length };
}

async function memory({ who, score, compiled, walks }) {
  let player;
  if (who === "inkjs") {
    const { Story } = await import("inkjs");
    player = inkjs(new Story(compiled));
  } else if (who === "ours") {
    player = ours(readScore(score));
  } else {
    player = () => null;
  }
  for (const walk of walks) player(walk);
  return { mib: process.resourceUsage().maxRSS / 1024 };
}

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const task = JSON.parse(Buffer.concat(chunks).toString("utf8"));
process.stdout.write(JSON.stringify(await (task.do === "time" ? time(task) : memory(task))));
