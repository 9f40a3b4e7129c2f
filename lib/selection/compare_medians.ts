/** How far two estimates of the tissues' median scores agree. */

import type { StabilityRow } from "../shap/outputs.ts";
import { mean } from "../statistics/describe.ts";
import { spearman, topOverlap } from "../statistics/rank_agreement.ts";
import type { TissueMedians } from "./tissue_medians.ts";

/** Agreement in one tissue. */
type MedianAgreement = Omit<StabilityRow, "source" | "first" | "second">;

/**
 * Compares estimates of the same tissues, in the same order.
 *
 * @param top How many of the largest medians are compared.
 */
export function compareMedians(
  first: readonly TissueMedians[],
  second: readonly TissueMedians[],
  top: number,
): MedianAgreement[] {
  return first.map(({ tissue, samples, medians }, index) => {
    const others = second[index].medians;
    return {
      tissue,
      samples,
      top,
      overlap: topOverlap(medians, others, top),
      spearman: spearman(medians, others),
    };
  });
}

/** The mean of the values that are not null; null if none is. */
export function meanOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? mean(known) : null;
}
