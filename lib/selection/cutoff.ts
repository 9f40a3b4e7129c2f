/** Where the lists of all tissues are cut: three rules. */

import { withCommas } from "../cli/text.ts";
import { RunError } from "../cli/errors.ts";
import { type DecoyRates, lowestRate } from "./decoy_rates.ts";
import type { ListedGene, RankUnion } from "./rank_union.ts";

/** The rules by which the set may be cut. */
export const cutoffRules = ["unique", "fdr", "top"] as const;

/** How the set is cut. */
export type CutoffRule =
  /** Before the first rank at which so few of the genes listed are unique. */
  | { readonly rule: "unique"; readonly share: number }
  /** At the last rank whose estimated false discovery rate is no greater. */
  | { readonly rule: "fdr"; readonly rate: number }
  /** After so many ranks. */
  | { readonly rule: "top"; readonly ranks: number };

/** The gene set. */
export interface SelectedGenes {
  /** Ranks that went into the set. */
  readonly ranks: number;
  /** By rank, then by the tissues' order. */
  readonly chosen: readonly ListedGene[];
}

/**
 * Cuts the gene set: the union of all tissues' genes down to one rank.
 *
 * `unique` is the study's rule: the walk stops at the first rank where unique
 * genes / genes listed is at most `share`, and the set is what was listed
 * above it. The first rank always goes in, so that there is a set even where
 * two tissues share their best gene. With a single tissue no gene is ever
 * listed twice, and every gene is chosen.
 *
 * @param walk The genes by rank.
 * @param cut The rule.
 * @param rates What decoys say; the rule `fdr` needs them.
 * @throws {RunError} If no rank has so low a rate.
 */
export function selectGenes(
  walk: RankUnion,
  cut: CutoffRule,
  rates: DecoyRates | null,
): SelectedGenes {
  const ranks = cut.rule === "unique"
    ? rankOfShare(walk.uniqueShares, cut.share)
    : cut.rule === "top"
    ? Math.min(cut.ranks, walk.uniqueShares.length)
    : rankOfRate(rates!.conservativeFdr, cut.rate);
  return { ranks, chosen: walk.genes.filter(({ rank }) => rank <= ranks) };
}

function rankOfShare(shares: readonly number[], threshold: number): number {
  const stop = shares.findIndex((share, place) =>
    place > 0 && share <= threshold
  );
  return stop < 0 ? shares.length : stop;
}

function rankOfRate(rates: readonly number[], wanted: number): number {
  for (let rank = rates.length; rank > 0; rank--) {
    if (rates[rank - 1] <= wanted) return rank;
  }
  const { rate, rank } = lowestRate(rates);
  // Up, so that the command does not fail again.
  const reached = Math.ceil(rate * 1000) / 1000;
  throw new RunError(
    `Cannot cut the gene set: no rank has an estimated false discovery rate ` +
      `of at most ${wanted}; the lowest is ${reached}, at rank ` +
      withCommas(rank),
    reached < 1
      ? `deno task shap --cut fdr --fdr ${reached}`
      : "deno task shap --cut unique",
  );
}
