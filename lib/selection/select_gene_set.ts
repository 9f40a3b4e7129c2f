/** From scores to the gene set: ranks, decoys, and the cutoff. */

import type { Candidates } from "./candidates.ts";
import { type CutoffRule, type SelectedGenes, selectGenes } from "./cutoff.ts";
import {
  bestDecoyRanks,
  type DecoyRank,
  rankDecoysByTissue,
  type TissueDecoys,
} from "./decoy_ranks.ts";
import { NOISE_SAMPLES } from "./levels.ts";
import { type NoiseRate, noiseRates } from "./noise_rates.ts";
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
  /**
   * By gene, the column of its knockoff among the decoys. Knockoffs are no
   * noise, and give no noise rate.
   */
  readonly knockoffOf?: Uint32Array | null;
}

/** The genes by rank, and those that were selected. */
export interface RankedSelection {
  readonly ranked: readonly TissueRanks[];
  readonly union: RankUnion;
  /** Best ranks over the tissues that have a part in the noise rate. */
  readonly decoyRanks: readonly DecoyRank[];
  /** Those tissues, of at least three samples. */
  readonly tissueDecoys: readonly TissueDecoys[];
  /** By rank; null without decoys or without such a tissue. */
  readonly rates: readonly NoiseRate[] | null;
  readonly selected: SelectedGenes;
}

/**
 * Ranks the genes in each tissue and selects the set.
 *
 * @param ids The real genes' ids.
 * @throws {RunError} If no cutoff fulfills the rule.
 */
export function selectGeneSet(
  { genes, decoys, tissueOf, candidates, decoyCandidates, knockoffOf }:
    ExplainedScores,
  tissues: readonly string[],
  ids: readonly string[],
  rule: CutoffRule,
): RankedSelection {
  const ranked = rankGenes(genes, tissueOf, tissues, ids, candidates);
  const union = mergeRankings(ranked);
  const rated = ranked.filter(({ samples }) => samples >= NOISE_SAMPLES);
  const medians = tissueMedians(
    knockoffOf ? new Float32Array() : decoys,
    tissueOf,
    tissues,
  )
    .filter(({ samples }) => samples >= NOISE_SAMPLES)
    .map(({ medians }) => medians);
  const byTissue = rankDecoysByTissue(rated, medians, decoyCandidates);
  const tissueDecoys = rule.rule === "stable"
    ? withinLists(byTissue, rated)
    : byTissue;
  const decoyRanks = bestDecoyRanks(tissueDecoys, medians);
  const rates = decoyRanks.length > 0
    ? ratesOf(rated, union, decoyRanks, ids.length)
    : null;
  return {
    ranked,
    union,
    decoyRanks,
    tissueDecoys,
    rates,
    selected: selectGenes(union, rule, rates),
  };
}

/** The rates at all ranks of the set, by the tissues that have a part. */
function ratesOf(
  rated: readonly TissueRanks[],
  union: RankUnion,
  decoys: readonly DecoyRank[],
  genes: number,
): NoiseRate[] | null {
  const rates = noiseRates(mergeRankings(rated), decoys, genes);
  if (rates.length === 0) return null;
  // Another tissue's list may be longer.
  return union.uniqueGenes.map((_, index) =>
    rates[Math.min(index, rates.length - 1)]
  );
}

/**
 * A stable decoy would be selected, also behind all stable genes: it gets no
 * later a rank than the last one of the set.
 */
function withinLists(
  decoys: readonly TissueDecoys[],
  rated: readonly TissueRanks[],
): TissueDecoys[] {
  const last = Math.max(1, ...rated.map(({ order }) => order.length));
  return decoys.map(({ tissue, ranks }) => ({
    tissue,
    ranks: ranks.map((rank) => rank === null ? null : Math.min(rank, last)),
  }));
}
