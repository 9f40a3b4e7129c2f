/** From a method's scores to each tissue's list of genes. */

import { byCodeUnit } from "../cli/text.ts";
import type { TissueRanks } from "../selection/ranks.ts";
import { benjaminiHochberg } from "../statistics/adjust_p.ts";
import type { RankingInput, RankingMethod } from "./ranking_method.ts";

/** One tissue's genes by one method. */
export interface RankedTissue {
  readonly tissue: string;
  /** Columns of the genes that are higher in the tissue, best first. */
  readonly order: Uint32Array;
  /** By gene column. */
  readonly scores: Float64Array;
  readonly p?: Float64Array;
  /** `p` of all genes with one, adjusted within the tissue. */
  readonly adjustedP?: Float64Array;
}

/**
 * Ranks each tissue's genes by a method's scores: those that are higher in the
 * tissue than elsewhere, largest score first, equal ones in the order of their
 * ids. A gene without a score is not ranked.
 */
export function rankTissues(
  method: RankingMethod,
  input: RankingInput,
): RankedTissue[] {
  const { genes } = input.dataset;
  const byId = Uint32Array.from(genes.keys())
    .sort((a, b) => byCodeUnit(genes[a], genes[b]));
  return method.rank(input).map(({ tissue, scores, p }) => {
    const { log2FoldChange } = input.contrasts
      .find((contrast) => contrast.tissue === tissue)!;
    return {
      tissue,
      scores,
      order: byId
        .filter((gene) => log2FoldChange[gene] > 0 && !isNaN(scores[gene]))
        // The sort is stable.
        .sort((a, b) => scores[b] - scores[a]),
      ...(p && { p, adjustedP: benjaminiHochberg(p) }),
    };
  });
}

/** As the SHAP set's selection takes them, with the scores for medians. */
export function asTissueRanks(
  { tissue, order, scores }: RankedTissue,
): TissueRanks {
  return { tissue, order, medians: scores, samples: 0 };
}
