/** A play kept while its story changes: the same steps again, as far as the new score offers them. Pure. */

import { TIMEOUT, begin, choose, timeout } from "../player.js";

/**
 * Play a score along the steps of an earlier play.
 *
 * @param {object} score
 * @param {readonly {scene: string, choice: number, say?: string}[]} steps what was chosen where; `say` is its English
 *   text, by which a choice is found again that has moved
 * @returns {object} the play, at the last step that is still possible
 */
export function follow(score, steps) {
  let play = begin(score);
  for (const step of steps) {
    if (play.ended || play.scene !== step.scene) break;
    const offered = score.states[play.state].choices.map(([index]) => index);
    if (step.choice === TIMEOUT) {
      if (score.states[play.state].timeout === null) break;
      play = timeout(score, play);
      continue;
    }
    const said = (index) => score.texts.en?.[score.scenes[play.scene].choices[index].say];
    const again = offered.findIndex((index) => step.say !== undefined && said(index) === step.say);
    const position = again >= 0 ? again : offered.indexOf(step.choice);
    if (position < 0) break;
    play = choose(score, play, position);
  }
  return play;
}
