/**
 * How far a check's scores agree with the scores that are checked.
 *
 * Expected gradients multiply a gradient by how far the sample lies from the
 * background, and that factor is the data's, not the network's. So even a
 * network that learnt nothing gives its largest scores, of either sign, to
 * the genes that stand out in the sample: on the demo such scores correlate
 * 0.5 with the trained network's once the signs are dropped, and share 0.18 of
 * the best twentieth, where chance is 0.05. Signed, they correlate 0.01. Hence
 * the signed correlation is what is told first, and a rerun of the same
 * network and the level of chance stand beside all of them.
 */

import type { TissueMedians } from "../selection/tissue_medians.ts";
import { mean } from "../statistics/describe.ts";
import { spearman, topOverlap } from "../statistics/rank_agreement.ts";

/** Agreement in one tissue. */
export interface TissueAgreement {
  readonly tissue: string;
  readonly samples: number;
  /** Of the signed medians; null where all of one side are equal. */
  readonly spearman: number | null;
  /** Of the medians without their signs. */
  readonly spearmanAbsolute: number | null;
  /** Share of the largest signed medians that both have. */
  readonly overlap: number;
}

/** Agreement as a mean over tissues. */
export interface MeanAgreement {
  readonly spearman: number | null;
  readonly spearmanAbsolute: number | null;
  readonly overlap: number;
}

/**
 * Compares two sets of scores tissue by tissue.
 *
 * @param reference The scores that are checked.
 * @param check The check's scores: the same tissues, in the same order.
 * @param top How many of the largest are compared.
 */
export function compareMedians(
  reference: readonly TissueMedians[],
  check: readonly TissueMedians[],
  top: number,
): TissueAgreement[] {
  return reference.map(({ tissue, samples, medians }, index) => {
    const other = check[index].medians;
    return {
      tissue,
      samples,
      spearman: spearman(medians, other),
      spearmanAbsolute: spearman(medians.map(Math.abs), other.map(Math.abs)),
      overlap: topOverlap(medians, other, top),
    };
  });
}

/**
 * The mean over tissues, each counting the same; a tissue without a
 * correlation is left out of that mean.
 *
 * @param tissues At least one.
 */
export function meanAgreement(
  tissues: readonly TissueAgreement[],
): MeanAgreement {
  const meanOf = (values: (number | null)[]) => {
    const known = values.filter((value) => value !== null);
    return known.length > 0 ? mean(known) : null;
  };
  return {
    spearman: meanOf(tissues.map((of) => of.spearman)),
    spearmanAbsolute: meanOf(tissues.map((of) => of.spearmanAbsolute)),
    overlap: mean(tissues.map((of) => of.overlap)),
  };
}
