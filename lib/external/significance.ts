/** Which genes are higher in a tissue of the other cohort beyond chance. */

import type { Dataset } from "../prepare/dataset.ts";
import { contrastRows, tissueContrasts } from "../prepare/tissue_contrasts.ts";
import {
  addMethodCounts,
  makeShuffleCounter,
  type MethodCounts,
  pooledPs,
} from "../rankings/shuffles/null_counts.ts";
import { welchRanking } from "../rankings/welch_t.ts";
import { benjaminiHochberg } from "../statistics/adjust_p.ts";
import type { Shuffles } from "../statistics/shuffle_count.ts";

/** A gene is significant at this false discovery rate. */
const FALSE_DISCOVERY_RATE = 0.05;

/**
 * Tests each gene by Welch's t of the tissue against all other samples,
 * one-sided, with p from shuffles of the samples, as the stage `genesets` does:
 * Welch's own p takes values to be normal. Samples of the other cohort have no
 * groups. Adjusted within the tissue over all genes (Benjamini
 * and Hochberg).
 *
 * @returns By tissue, for each gene 1 or 0; null if the tissue, or all others
 * together, have a single sample.
 */
export function significantGenes(
  cohort: Dataset,
  { count, stream, onShuffle }: Shuffles,
): (Uint8Array | null)[] {
  const input = {
    dataset: cohort,
    rows: contrastRows(cohort),
    contrasts: tissueContrasts(cohort),
  };
  const isTested = input.contrasts.map(({ tissue }) => {
    const own = cohort.tissues.filter((name) => name === tissue).length;
    return own > 1 && own < cohort.tissues.length - 1;
  });
  if (!isTested.includes(true)) return isTested.map(() => null);
  const countOnce = makeShuffleCounter([welchRanking], input, 0);
  let counts: MethodCounts | undefined;
  for (let shuffle = 1; shuffle <= count; shuffle++) {
    const own = countOnce(stream.child(String(shuffle)).seed);
    counts = counts === undefined ? own : addMethodCounts(counts, own);
    onShuffle();
  }
  const [byTissue] = pooledPs(input.contrasts, counts!);
  return input.contrasts.map(({ tissue }, t) =>
    isTested[t]
      ? Uint8Array.from(
        benjaminiHochberg(byTissue.get(tissue)!),
        (adjusted) => +(adjusted <= FALSE_DISCOVERY_RATE),
      )
      : null
  );
}
