/** Random gene sets that are expressed as those of the tested set are. */

import { RandomStream } from "../../random.ts";
import type { GenePool, NullModel } from "./null_model.ts";

/**
 * Draws as many genes from each stratum as the tested set has there, without
 * replacement and from all genes of the stratum, those of the tested set
 * included. A stratum is never too small: it holds the genes of the tested
 * set.
 *
 * The tested set's genes stay in the pool on purpose. If nothing but the strata
 * had made the set, it would be one more such draw, as likely as any
 * other: then the share of draws that score as high is an exact p. Draws from
 * the other genes alone come from another pool, and the set would differ from
 * them even if its genes were picked by chance. The price is that a set shares
 * genes with its draws, which costs power where it fills its strata.
 *
 * Genes are matched by their variation within tissues. The variation over all
 * samples is for a part the difference between tissues, and sets of genes that
 * were matched by it would separate the tissues for that reason alone.
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
  title: "Random sets of similarly expressed genes",
  phrase: "random genes with similar expression",
  help:
    "genes with the mean, zeros and variation within tissues of the set's genes",
  keeps: "mean, zeros and variation within tissues",
  sameSize: true,
  draw: drawMatched,
};
