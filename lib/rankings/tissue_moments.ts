/** Mean and spread of each gene in each tissue. */

import type { RankingInput } from "./ranking_method.ts";

/** A tissue's samples, by gene column. */
export interface TissueMoments {
  readonly tissue: string;
  readonly count: number;
  readonly means: Float64Array;
  /** Sum of the squared deviations from the mean. */
  readonly squares: Float64Array;
}

/** Mean and squared deviations of each gene in each tissue, in two passes. */
export function momentsOfTissues(
  { dataset, rows, contrasts }: RankingInput,
): TissueMoments[] {
  const { genes, tissues, values } = dataset;
  return contrasts.map(({ tissue, meanInTissue }) => {
    const squares = new Float64Array(genes.length);
    let count = 0;
    for (const row of rows) {
      if (tissues[row] !== tissue) continue;
      count++;
      for (let gene = 0; gene < genes.length; gene++) {
        squares[gene] +=
          (values[row * genes.length + gene] - meanInTissue[gene]) ** 2;
      }
    }
    return { tissue, count, means: meanInTissue, squares };
  });
}
