/** How often the statistics of shuffled residuals are as high as a gene's. */

import { RandomStream } from "../../random.ts";
import {
  addCounts,
  countAtLeast,
  type NullCounts,
  pooledP,
} from "../../statistics/pooled_p.ts";
import type { RankingInput, RankingMethod } from "../ranking_method.ts";
import { makeNullMatrix } from "./null_matrix.ts";

/** By method, and in it by tissue in the order of the contrasts. */
export type MethodCounts = readonly (readonly NullCounts[])[];

/**
 * Makes a function that shuffles the residuals and counts the genes' statistics
 * that are at least as high as each gene's own. In a tissue whose samples cannot
 * change places with others, no gene has a count.
 *
 * @param methods Those with p-values.
 * @param correlation Of two samples of a group; 0 without groups.
 * @returns Takes the seed of a shuffle.
 */
export function makeShuffleCounter(
  methods: readonly RankingMethod[],
  input: RankingInput,
  correlation: number,
): (seed: number) => MethodCounts {
  const matrix = makeNullMatrix(input, correlation);
  const real = { ...input, groupCorrelation: correlation };
  const none = new Float64Array(input.dataset.genes.length).fill(NaN);
  const observed = methods.map((method) =>
    statisticsOf(method, real).map((own, t) => matrix.movable[t] ? own : none)
  );
  return (seed) => {
    const shuffled = matrix.shuffle(new RandomStream(seed));
    return methods.map((method, m) => {
      const nulls = statisticsOf(method, shuffled);
      // Of a statistic that is the same in all tissues.
      const known = new Map<Float64Array, NullCounts>();
      return observed[m].map((own, t) => {
        const counted = known.get(own) ?? countAtLeast(own, nulls[t]);
        known.set(own, counted);
        return counted;
      });
    });
  };
}

/** Adds the counts of two shuffles, or of two sums of shuffles. */
export function addMethodCounts(
  one: MethodCounts,
  other: MethodCounts,
): MethodCounts {
  return one.map((byTissue, m) =>
    byTissue.map((counts, t) => addCounts(counts, other[m][t]))
  );
}

/**
 * The p-values of each method, by tissue and gene column.
 *
 * @param counts The sum over all shuffles.
 * @returns NaN where a gene has no count.
 */
export function pooledPs(
  contrasts: RankingInput["contrasts"],
  counts: MethodCounts,
): Map<string, Float64Array>[] {
  return counts.map((byTissue) =>
    new Map(
      byTissue.map((counted, t) => [contrasts[t].tissue, pooledP(counted)]),
    )
  );
}

/** By tissue; NaN in a tissue that the method leaves out. */
function statisticsOf(
  method: RankingMethod,
  input: RankingInput,
): Float64Array[] {
  const found = (method.statistic ?? method.rank)(input);
  const none = new Float64Array(input.dataset.genes.length).fill(NaN);
  return input.contrasts.map(({ tissue }) =>
    found.find((each) => each.tissue === tissue)?.scores ?? none
  );
}
