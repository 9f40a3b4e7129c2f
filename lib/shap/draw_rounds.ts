/** How many draws are taken: a number, or rounds until they suffice. */

/** Draws of the first round of `auto`. */
export const FIRST_ROUND = 50;

/**
 * Blocks of a sample's draws: 10, or one a draw. Each of them estimates the
 * same scores; how much they differ gives the error of the scores.
 */
export function blockCount(draws: number): number {
  return Math.min(10, draws);
}

/** As many draws, or as few more as make whole blocks of one size. */
export function wholeBlocks(draws: number): number {
  const blocks = blockCount(draws);
  return Math.ceil(draws / blocks) * blocks;
}

/**
 * The draws of each round, in whole blocks of one size. `auto` begins with 50
 * draws and doubles their total in each further round, up to the most there
 * may be.
 *
 * @param asked Draws a sample, or `auto`.
 * @param most Draws at which `auto` ends; at least 50. What is left over
 * above a multiple of 10 is not drawn.
 */
export function drawRounds(asked: number | "auto", most: number): number[] {
  if (asked !== "auto") return [wholeBlocks(asked)];
  const end = Math.floor(most / 10) * 10;
  const rounds = [FIRST_ROUND];
  for (let total = FIRST_ROUND; total < end;) {
    const next = Math.min(total, end - total);
    rounds.push(next);
    total += next;
  }
  return rounds;
}

/**
 * The stream of a sample's draws for one network in one round.
 *
 * @param sampleId The sample's own name, so that its scores do not depend on
 * its row.
 * @param member The network's number in the ensemble, from 1.
 * @param round From 1.
 * @param fold Of a sample that several folds explain, as they do samples that
 * their networks learned from.
 */
export function drawStream(
  sampleId: string,
  member: number,
  round: number,
  fold?: number,
): string {
  // Seeds depend on every letter of the name.
  return "shap/draws/" + (fold === undefined ? "" : `fold/${fold}/`) +
    (member > 1 ? `replicate/${member}/` : "") + sampleId +
    (round > 1 ? `/round/${round}` : "");
}
