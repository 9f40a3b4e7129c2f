/** Down to which rank the tissues' genes are selected: five rules. */

import { rerun, RunError } from "../cli/errors.ts";
import { withCommas } from "../cli/text.ts";
import type { StableRule } from "./half_frequencies.ts";
import { NOISE_SAMPLES } from "./levels.ts";
import { lowestRate, type NoiseRate } from "./noise_rates.ts";
import type { ListedGene, RankUnion } from "./rank_union.ts";

/** The rules by which the set may be selected. */
export const cutoffRules = [
  "unique",
  "noise",
  "top",
  "stable",
  "knockoff",
] as const;

/** How the set is selected. */
export type CutoffRule =
  /** Before the first rank with so small a share of unique genes. */
  | { readonly rule: "unique"; readonly share: number }
  /** At the last rank whose noise rate is no greater. */
  | { readonly rule: "noise"; readonly rate: number }
  /** After so many ranks. */
  | { readonly rule: "top"; readonly ranks: number }
  /**
   * All genes that are ranked, which are those that enough halves of the
   * samples have among so many first ones (`stableCandidates`).
   */
  | ({ readonly rule: "stable" } & StableRule)
  /**
   * All genes that are ranked, which are those that score higher than their
   * knockoffs (`knockoffCandidates`) at this false discovery rate.
   */
  | { readonly rule: "knockoff"; readonly rate: number };

/** The gene set. */
export interface SelectedGenes {
  /** Ranks that went into the set. */
  readonly ranks: number;
  /** By rank, then by the tissues' order. */
  readonly chosen: readonly ListedGene[];
}

/**
 * Selects the gene set: the union of all tissues' genes down to one rank.
 *
 * `unique` is the study's rule: the first rank at which unique genes / genes
 * listed is at most `share` is the first that is left out. The first rank
 * always goes in, so that there is a set even where two tissues share their
 * best gene. With a single tissue no gene is ever listed twice, and every gene
 * is selected.
 *
 * @param rates What decoys say; the rule `noise` needs them.
 * @throws {RunError} If no rank has so low a rate, or no rate is known.
 */
export function selectGenes(
  union: RankUnion,
  cutoff: CutoffRule,
  rates: readonly NoiseRate[] | null,
): SelectedGenes {
  const ranks = cutoff.rule === "unique"
    ? rankOfShare(union.uniqueShares, cutoff.share)
    : cutoff.rule === "top"
    ? Math.min(cutoff.ranks, union.uniqueShares.length)
    : cutoff.rule === "stable" || cutoff.rule === "knockoff"
    ? union.uniqueShares.length
    : rankOfRate(rates, cutoff.rate);
  return { ranks, chosen: union.genes.filter(({ rank }) => rank <= ranks) };
}

function rankOfShare(shares: readonly number[], threshold: number): number {
  const stop = shares.findIndex((share, index) =>
    index > 0 && share <= threshold
  );
  return stop < 0 ? shares.length : stop;
}

function rankOfRate(
  rates: readonly NoiseRate[] | null,
  wanted: number,
): number {
  if (rates === null) {
    throw new RunError(
      "Cannot select by the noise rate: it is not known, and should be, from " +
        `decoys in tissues of at least ${NOISE_SAMPLES} explained samples`,
      rerun("shap", { cutoff: "top" }),
    );
  }
  const last = rates.findLastIndex(({ noise_rate }) => noise_rate <= wanted);
  if (last >= 0) return last + 1;
  const { rate, rank } = lowestRate(rates);
  // Up, so that the command does not fail again.
  const reached = Math.ceil(rate * 1000) / 1000;
  throw new RunError(
    `Cannot select the gene set: no rank has a noise rate of at most ` +
      `${wanted}; the lowest is ${reached}, at rank ${withCommas(rank)}`,
    rerun(
      "shap",
      reached < 1
        ? { cutoff: "noise", "noise-rate": reached }
        : { cutoff: "top" },
    ),
  );
}
