/** Times the boosted trees of `genesets` on this machine. */

import type { Dataset } from "../prepare/dataset.ts";
import { deriveSeed } from "../random.ts";
import { fitTrees } from "../rankings/trees/fit.ts";
import { timeRepeatedly } from "./stopwatch.ts";

/** Later rounds take about as long as these. */
const ROUNDS = 3;

/**
 * Seconds of one round of one fit to half of the samples, for a gene and a
 * sample, with its share of the binning.
 *
 * @param dataset All samples and some of the genes.
 */
export async function timeTrees(
  dataset: Dataset,
  least: number,
): Promise<number> {
  const time = await timeRepeatedly(
    () =>
      fitTrees({
        dataset,
        rows: [...dataset.sampleIds.keys()],
        contrasts: [],
        trees: {
          fits: 1,
          rounds: ROUNDS,
          seedOf: (name) => deriveSeed(1, name),
        },
      }),
    { least },
  );
  return time / (dataset.values.length * ROUNDS);
}
