/** Whether listed genes score above 0 on samples that did not list them. */

import type { TissueRanks } from "./ranks.ts";
import { type ComparedScores, tissueMedians } from "./tissue_medians.ts";
import { totalErrors } from "./total_errors.ts";

/** A median so many errors above 0 is unlikely to be there by chance. */
export const ERRORS_ABOVE = 2;

/** How many genes of lists hold. */
export interface JudgedGenes {
  /** Genes listed in tissues that can be judged. */
  readonly judged: number;
  /** Of them, those above two errors; null if no error is known. */
  readonly above: number | null;
}

/**
 * Counts the listed genes whose median score over other samples is above 0 by
 * more than two of its standard errors over samples and networks. A gene that
 * was chosen for its score on the same samples would be above 0 by the choice
 * alone.
 *
 * @param lists By samples that are none of the judging ones.
 * @param ranks Ranks that are listed.
 * @param judging The scores of the other samples; a tissue that is to have no
 * part has no sample there.
 */
export function judgeErrors(
  lists: readonly TissueRanks[],
  ranks: number,
  judging: ComparedScores,
): JudgedGenes {
  const { scores, columns, tissueOf, tissues } = judging;
  const medians = new Map(
    tissueMedians(scores.ofAll(columns), tissueOf, tissues)
      .map((own) => [own.tissue, own.medians]),
  );
  let judged = 0;
  let above: number | null = null;
  const errors = totalErrors(judging);
  for (const { tissue, order } of lists) {
    const own = medians.get(tissue);
    const total = errors.find((each) => each.tissue === tissue)?.total;
    if (own === undefined) continue;
    const listed = order.subarray(0, ranks);
    judged += listed.length;
    if (!total) continue;
    above = (above ?? 0) +
      listed.filter((gene) => own[gene] > ERRORS_ABOVE * total[gene]).length;
  }
  return { judged, above };
}
