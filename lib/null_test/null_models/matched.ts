/** Random gene sets with the tested set's mean and variance of expression. */

import { RandomStream } from "../../random.ts";
import type { GenePool, NullModel } from "./null_model.ts";

/**
 * Draws as many genes from each stratum as the tested set has there, without
 * replacement and from all genes of the stratum, those of the tested set
 * included. A stratum is never too small: it holds the genes of the tested
 * set.
 *
 * The tested set's genes stay in the pool on purpose. If nothing but mean and
 * variance had made the set, it would be one more such draw, as likely as any
 * other: then the share of draws that score as high is an exact p. Draws from
 * the other genes alone come from another pool, and the set would differ from
 * them even if its genes were picked by chance. The price is that a set shares
 * genes with its draws, which costs power where it fills its strata.
 *
 * The variance of a gene over all samples is in part its difference between
 * tissues. So this null model is stricter than the uniform one: does the set
 * separate the tissues better than genes that vary as much?
 */
export function drawMatched(pool: GenePool, seed: number): Uint32Array {
  const stream = new RandomStream(seed);
  const { strata } = pool;
  const wanted = Map.groupBy(pool.tested, (gene) => strata[gene]);
  const members = Map.groupBy(strata.keys(), (gene) => strata[gene]);
  const drawn: number[] = [];
  for (const stratum of [...wanted.keys()].sort((a, b) => a - b)) {
    const own = members.get(stratum)!;
    const count = wanted.get(stratum)!.length;
    for (const index of stream.sample(own.length, count)) {
      drawn.push(own[index]);
    }
  }
  return Uint32Array.from(drawn).sort();
}

export const matchedNull: NullModel = {
  name: "matched",
  title: "Random sets of similar mean and variance",
  phrase: "random genes with similar mean and variance",
  help: "genes with the mean and variance of the set's genes",
  keeps: "mean and variance of expression",
  sameSize: true,
  draw: drawMatched,
};
