/** Whether other draws, or another network, would rank the same genes high. */

import type { StabilityRow } from "../shap/outputs.ts";
import { mean } from "../statistics/describe.ts";
import {
  spearman,
  topCount,
  topOverlap,
} from "../statistics/rank_agreement.ts";
import {
  type ComparedScores,
  mediansOfBlocks,
  mediansOfNetwork,
} from "./subset_medians.ts";
import type { TissueMedians } from "./tissue_medians.ts";

/** Two estimates of one tissue's median scores, compared. */
export interface Agreement extends StabilityRow {
  /** The overlap of the ten best genes, or of `top` if that is fewer. */
  readonly overlap_top_10: number;
}

/**
 * Compares the odd blocks of the draws with the even ones, tissue by tissue.
 *
 * @returns Empty with fewer than two blocks.
 */
export function splitHalfAgreement(compared: ComparedScores): Agreement[] {
  const half = Math.floor(compared.scores.size.blocks / 2);
  if (half === 0) return [];
  const [odd, even] = [0, 1].map((parity) =>
    mediansOfBlocks(
      compared,
      Array.from({ length: half }, (_, pair) => 2 * pair + parity),
    )
  );
  return agreements("draws", "odd", "even", odd, even);
}

/**
 * Compares every pair of networks of the ensemble, tissue by tissue.
 *
 * @returns Empty with a single network.
 */
export function networkAgreement(compared: ComparedScores): Agreement[] {
  const { ensemble } = compared.scores.size;
  if (ensemble === 1) return [];
  const members = Array.from(
    { length: ensemble },
    (_, member) => mediansOfNetwork(compared, member),
  );
  return members.flatMap((first, index) =>
    members.slice(index + 1).flatMap((second, further) =>
      agreements(
        "networks",
        String(index + 1),
        String(index + further + 2),
        first,
        second,
      )
    )
  );
}

/**
 * How much more of the top differs between halves of the draws than between
 * two runs with all of them. Where errors are small the differing share goes
 * with the error, 1 / sqrt(draws), and the factor would be sqrt(2). On the
 * demo's network, 50 to 400 draws a sample, it fell as draws^-0.4 (factors
 * 1.19 to 1.39, mean 1.32): with 100 draws halves shared 0.77 and reruns 0.81
 * of the top 100, with 400 draws 0.86 and 0.89.
 */
const HALVES_FACTOR = 2 ** 0.4;

/**
 * The overlap to expect between two runs with all of the draws, from that
 * between two halves of them: the differing share is less by 2^0.4.
 *
 * @param overlapOfHalves Share of the top that the halves have in common.
 */
export function expectedOverlap(overlapOfHalves: number): number {
  return 1 - (1 - overlapOfHalves) / HALVES_FACTOR;
}

/** Means of agreements over their tissues and pairs. */
export type MeanAgreement = Pick<
  Agreement,
  "top" | "overlap" | "overlap_top_10" | "spearman"
>;

/** The means of some agreements; null if there are none. */
export function meanAgreement(
  agreements: readonly Agreement[],
): MeanAgreement | null {
  if (agreements.length === 0) return null;
  const correlations = agreements.flatMap(({ spearman }) => spearman ?? []);
  return {
    top: agreements[0].top,
    overlap: mean(agreements.map(({ overlap }) => overlap)),
    overlap_top_10: mean(
      agreements.map(({ overlap_top_10 }) => overlap_top_10),
    ),
    spearman: correlations.length > 0 ? mean(correlations) : null,
  };
}

function agreements(
  source: Agreement["source"],
  first: string,
  second: string,
  ofFirst: readonly TissueMedians[],
  ofSecond: readonly TissueMedians[],
): Agreement[] {
  return ofFirst.map(({ tissue, samples, medians }, index) => {
    const others = ofSecond[index].medians;
    const top = topCount(medians.length);
    return {
      source,
      first,
      second,
      tissue,
      samples,
      top,
      overlap: topOverlap(medians, others, top),
      spearman: spearman(medians, others),
      overlap_top_10: topOverlap(medians, others, Math.min(10, top)),
    };
  });
}
