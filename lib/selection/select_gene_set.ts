/** From scores to the gene set: ranks, decoys, and the cutoff. */

import type { Candidates } from "./candidates.ts";
import { type CutoffRule, type SelectedGenes, selectGenes } from "./cutoff.ts";
import { type DecoyRank, rankDecoys } from "./decoy_ranks.ts";
import { type DecoyRate, estimateDecoyRates } from "./decoy_rates.ts";
import { mergeRankings, type RankUnion } from "./rank_union.ts";
import { rankGenes, type TissueRanks } from "./ranks.ts";
import { tissueMedians } from "./tissue_medians.ts";

/** The scores of the explained samples. */
export interface ExplainedScores {
  /** samples x real genes. */
  readonly genes: Float32Array;
  /** samples x decoys; empty without decoys. */
  readonly decoys: Float32Array;
  /** Each sample's tissue, or null to leave it out of the ranks. */
  readonly tissueOf: readonly (string | null)[];
  /** The genes that each ranking may hold; all by default. */
  readonly candidates?: Candidates;
  /** The decoys that it might hold. */
  readonly decoyCandidates?: Candidates;
}

/** The genes by rank, and those that were selected. */
export interface RankedSelection {
  readonly ranked: readonly TissueRanks[];
  readonly union: RankUnion;
  readonly decoyRanks: readonly DecoyRank[];
  /** By rank; null without decoys. */
  readonly rates: readonly DecoyRate[] | null;
  readonly selected: SelectedGenes;
}

/**
 * Ranks the genes in each tissue and selects the set.
 *
 * @param ids The real genes' ids.
 * @throws {RunError} If no cutoff fulfills the rule.
 */
export function selectGeneSet(
  { genes, decoys, tissueOf, candidates, decoyCandidates }: ExplainedScores,
  tissues: readonly string[],
  ids: readonly string[],
  rule: CutoffRule,
): RankedSelection {
  const ranked = rankGenes(genes, tissueOf, tissues, ids, candidates);
  const union = mergeRankings(ranked);
  const last = union.uniqueGenes.length;
  const decoyRanks = rankDecoys(
    ranked,
    tissueMedians(decoys, tissueOf, tissues).map(({ medians }) => medians),
    decoyCandidates,
    // A stable decoy would be selected, also behind all stable genes.
  ).map((decoy) =>
    rule.rule === "stable" && decoy.rank !== null
      ? { ...decoy, rank: Math.min(decoy.rank, last) }
      : decoy
  );
  const rates = decoyRanks.length > 0
    ? estimateDecoyRates(union, decoyRanks, ids.length)
    : null;
  return {
    ranked,
    union,
    decoyRanks,
    rates,
    selected: selectGenes(union, rule, rates),
  };
}
