/** Whether other draws, or another network, would name the same genes. */

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

/** Two estimates of one tissue's median scores, held against each other. */
export interface Agreement {
  /** `draws`: halves of the draws; `networks`: two replicates. */
  readonly source: "draws" | "networks";
  /** `odd` blocks, or a replicate's number. */
  readonly first: string;
  readonly second: string;
  readonly tissue: string;
  /** Samples that the medians rest on. */
  readonly samples: number;
  /** How many of the best genes were compared. */
  readonly top: number;
  /** Share of the first's best genes that are among the second's. */
  readonly overlap: number;
  /** The same for the ten best, or fewer. */
  readonly overlapTop10: number;
  /** Rank correlation over all genes; null where one side is constant. */
  readonly spearman: number | null;
}

/**
 * Holds the odd blocks of the draws against the even ones, tissue by tissue.
 *
 * @returns Empty with fewer than two blocks.
 */
export function splitHalfAgreement(compared: ComparedScores): Agreement[] {
  const half = Math.floor(compared.scores.size.blocks / 2);
  if (half === 0) return [];
  const medians = [0, 1].map((parity) =>
    mediansOfBlocks(
      compared,
      Array.from({ length: half }, (_, pair) => 2 * pair + parity),
    )
  );
  return agreements("draws", "odd", "even", medians);
}

/**
 * Holds every pair of replicates against each other, tissue by tissue.
 *
 * @returns Empty with a single network.
 */
export function networkAgreement(compared: ComparedScores): Agreement[] {
  const { replicates } = compared.scores.size;
  if (replicates === 1) return [];
  const medians = Array.from(
    { length: replicates },
    (_, replicate) => mediansOfNetwork(compared, replicate),
  );
  return medians.flatMap((first, one) =>
    medians.slice(one + 1).flatMap((second, further) =>
      agreements(
        "networks",
        String(one + 1),
        String(one + further + 2),
        [first, second],
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

/** Agreements in one line: means over their tissues and pairs. */
export interface MeanAgreement {
  readonly top: number;
  readonly overlap: number;
  readonly overlapTop10: number;
  readonly spearman: number | null;
}

/** The means of some agreements; null if there are none. */
export function meanAgreement(
  agreements: readonly Agreement[],
): MeanAgreement | null {
  if (agreements.length === 0) return null;
  const correlations = agreements.flatMap(({ spearman }) => spearman ?? []);
  return {
    top: agreements[0].top,
    overlap: mean(agreements.map(({ overlap }) => overlap)),
    overlapTop10: mean(agreements.map(({ overlapTop10 }) => overlapTop10)),
    spearman: correlations.length > 0 ? mean(correlations) : null,
  };
}

function agreements(
  source: Agreement["source"],
  first: string,
  second: string,
  [one, other]: readonly TissueMedians[][],
): Agreement[] {
  return one.map(({ tissue, samples, medians }, place) => {
    const others = other[place].medians;
    const top = topCount(medians.length);
    return {
      source,
      first,
      second,
      tissue,
      samples,
      top,
      overlap: topOverlap(medians, others, top),
      overlapTop10: topOverlap(medians, others, Math.min(10, top)),
      spearman: spearman(medians, others),
    };
  });
}
