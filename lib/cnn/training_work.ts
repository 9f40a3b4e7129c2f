/** How much work the training is, and how many networks it leaves time for. */

import { formatTime } from "../cli/progress_line.ts";
import { countOf } from "../cli/text.ts";
import type { Architecture } from "./architecture.ts";
import type { CnnValues } from "./parameters.ts";

/** Networks of each fold where the work allows them. */
export const WANTED_MEMBERS = 5;

/**
 * Multiply-adds a second of training on the two cores of a laptop. With the
 * wasm kernels one core of a server (AMD EPYC) did 10 to 12 billion, whether
 * the network has one block and an image of side 45 or 140 (batches of 32), or
 * is the maize study's (64): 20 billion and more with two.
 */
const SPEED = 15e9;

/**
 * The most multiply-adds for which `--cnn.ensemble auto` trains more than one
 * network a fold: 25 minutes at that speed. It is a constant, so that a run
 * has the same networks on every machine.
 */
export const WORK_LIMIT = 25 * 60 * SPEED;

/**
 * Multiply-adds of training one network in each fold. Each of the backward
 * pass's two products, for the weights and for the input, takes as many as the
 * forward pass.
 *
 * @param samples Training samples, summed over the folds.
 */
export function trainingWork(
  { layers }: Pick<Architecture, "layers">,
  samples: number,
  epochs: number,
): number {
  const forward = layers.reduce(
    (sum, { multiplyAdds = 0 }) => sum + multiplyAdds,
    0,
  );
  return 3 * forward * samples * epochs;
}

/**
 * Networks of each fold.
 *
 * @param asked `--cnn.ensemble`.
 * @param work Multiply-adds of one network in each fold.
 * @returns With `auto` the wanted number, or as many, at least 1, as the limit
 * of the work allows.
 */
export function ensembleSize(
  asked: CnnValues["ensemble"],
  work: number,
): number {
  if (asked !== "auto") return asked;
  const allowed = Math.floor(WORK_LIMIT / work);
  return Math.max(1, Math.min(WANTED_MEMBERS, allowed));
}

/** The time that work takes on two cores, such as `14 min`. */
export function estimatedTime(work: number): string {
  return formatTime(Math.max(1, work / SPEED));
}

/**
 * How many networks there are, why, and what they cost, in one sentence.
 *
 * @param work Multiply-adds of one network in each fold.
 */
export function describeCost(
  asked: CnnValues["ensemble"],
  { folds, members, work }: {
    readonly folds: number;
    readonly members: number;
    readonly work: number;
  },
): string {
  const count = countOf(folds * members, "network") +
    (folds > 1 ? ` (${folds} folds x ${countOf(members, "member")})` : "");
  const fewer = asked === "auto" && members < WANTED_MEMBERS
    ? `; --cnn.ensemble ${WANTED_MEMBERS} would take ` +
      `about ${estimatedTime(WANTED_MEMBERS * work)}, and auto takes at ` +
      `most ${estimatedTime(WORK_LIMIT)}`
    : "";
  const time = estimatedTime(members * work);
  return `trains ${count}, about ${time} on two cores${fewer}; ` +
    "the time left is shown after the first epochs";
}
