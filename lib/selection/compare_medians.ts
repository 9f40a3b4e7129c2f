/** How far two estimates of the tissues' median scores agree. */

import type { StabilityRow } from "../shap/outputs.ts";
import { mean } from "../statistics/describe.ts";
import { spearman, topOverlap } from "../statistics/rank_agreement.ts";
import type { Candidates } from "./candidates.ts";
import type { TissueMedians } from "./tissue_medians.ts";

/** Agreement in one tissue. */
type MedianAgreement = Omit<StabilityRow, "source" | "first" | "second">;

/**
 * Compares estimates of the same tissues, in the same order: the largest
 * medians of the genes that may be ranked, and the order of all genes.
 *
 * @param top How many of the largest medians are compared, at most.
 */
export function compareMedians(
  first: readonly TissueMedians[],
  second: readonly TissueMedians[],
  top: number,
  candidates: Candidates = null,
): MedianAgreement[] {
  return first.map(({ tissue, samples, medians }, index) => {
    const others = second[index].medians;
    return {
      tissue,
      samples,
      ...compareTops(first[index], second[index], top, candidates),
      spearman: spearman(medians, others),
    };
  });
}

/**
 * How many of a tissue's best genes two estimates share.
 *
 * @returns `top`, at most the number of candidates, and the share. Without a
 * candidate nothing can differ.
 */
export function compareTops(
  first: TissueMedians,
  second: TissueMedians,
  top: number,
  candidates: Candidates,
): { top: number; overlap: number } {
  const own = candidates?.get(first.tissue);
  const compared = ({ medians }: TissueMedians) =>
    candidates === null
      ? medians
      : medians.filter((_, gene) => own?.[gene] === 1);
  const values = compared(first);
  const most = Math.min(top, values.length);
  return {
    top: most,
    overlap: most === 0 ? 1 : topOverlap(values, compared(second), most),
  };
}

/** The mean of the values that are not null; null if none is. */
export function meanOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? mean(known) : null;
}
