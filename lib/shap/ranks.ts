/** Ranks of the genes within each tissue. */

import { median } from "../statistics/describe.ts";

/** Scores of the explained samples. */
export interface ScoreMatrix {
  /** samples x genes, row after row. */
  readonly scores: Float32Array;
  readonly genes: number;
}

/** One tissue's genes from the best to the last. */
export interface TissueRanks {
  readonly tissue: string;
  /** Explained samples that the ranks rest on. */
  readonly samples: number;
  /** Gene columns, best first. */
  readonly order: Uint32Array;
  /** Each gene's median score, by gene column. */
  readonly medians: Float64Array;
}

/**
 * Ranks the genes of each tissue by the median of their signed scores over
 * that tissue's samples, largest first, as the study does. Genes of equal
 * median keep the order of the matrix.
 *
 * @param matrix Scores of the explained samples.
 * @param tissueOf Each row's tissue, or null to leave the row out (as a
 * wrongly predicted sample is).
 * @param tissues The tissues in the order wished for. One without any row is
 * left out.
 *
 * @example
 * ```ts
 * import { rankGenes } from "./ranks.ts";
 * const scores = Float32Array.of(0.1, 0.5, 0.3, 0.7);
 * const [root] = rankGenes({ scores, genes: 2 }, ["root", "root"], ["root"]);
 * console.assert(root.order.join() === "1,0");
 * ```
 */
export function rankGenes(
  matrix: ScoreMatrix,
  tissueOf: readonly (string | null)[],
  tissues: readonly string[],
): TissueRanks[] {
  const { scores, genes } = matrix;
  return tissues.flatMap((tissue) => {
    const rows = tissueOf.flatMap((of, row) => of === tissue ? [row] : []);
    if (rows.length === 0) return [];
    const medians = new Float64Array(genes);
    const column = new Float64Array(rows.length);
    for (let gene = 0; gene < genes; gene++) {
      rows.forEach((row, place) => column[place] = scores[row * genes + gene]);
      medians[gene] = median(column);
    }
    const order = Uint32Array.from({ length: genes }, (_, gene) => gene).sort(
      (a, b) => medians[b] - medians[a] || a - b,
    );
    return [{ tissue, samples: rows.length, order, medians }];
  });
}
