/** `shap/summary.json`: the explanations, the cut and its errors in numbers. */

import { mean } from "../statistics/describe.ts";
import { type DecoyRates, lowestRate } from "../selection/decoy_rates.ts";
import { additivityGap, type Explanation } from "./explanation.ts";
import type { CutoffRule, SelectedGenes } from "../selection/cutoff.ts";
import type { RankUnion } from "../selection/rank_union.ts";
import type { TissueRanks } from "../selection/ranks.ts";
import {
  type Agreement,
  expectedOverlap,
  meanAgreement,
} from "../selection/stability.ts";

/** What decoys say of the set. */
export interface DecoySummary {
  /** Decoys there are. */
  readonly decoys: number;
  /** Decoys that would stand in the set. */
  readonly entered: number;
  /** entered / decoys */
  readonly rate: number;
  /** Real genes expected in the set by chance. */
  readonly false_genes: number;
  /** Of the genes in the set; at most 1. */
  readonly false_discovery_rate: number;
  /** The lowest rate of any cut, one decoy more than entered counted. */
  readonly lowest_false_discovery_rate: number;
  /** The last rank that has it. */
  readonly lowest_at_rank: number;
}

/** How well two halves of the draws agree: means over the tissues. */
export interface DrawsStability {
  /** How many of a tissue's best genes were compared. */
  readonly top: number;
  /** Share of the top that odd and even blocks have in common. */
  readonly overlap_of_halves: number;
  /** The same for two runs with all of the draws, as expected. */
  readonly expected_overlap: number;
  /** Rank correlation over all genes. */
  readonly spearman_of_halves: number | null;
}

/** How well replicates agree: means over the tissues and pairs. */
export interface NetworksStability {
  readonly replicates: number;
  /** How many of a tissue's best genes were compared. */
  readonly top: number;
  readonly overlap: number;
  /** The same for the ten best, or for `top` if that is fewer. */
  readonly overlap_top_10: number;
  readonly spearman: number | null;
  /** The overlap of two orders that have nothing in common: top / genes. */
  readonly chance_overlap: number;
}

/** `shap/summary.json` */
export interface ExplanationSummary {
  /** Draws a sample and network that were taken. */
  readonly draws: number;
  readonly draws_asked: number | "auto";
  readonly rounds: number;
  /** Blocks that each sample's draws were parted into. */
  readonly blocks: number;
  /** Networks that each sample is explained for. */
  readonly replicates: number;
  readonly folds: number;
  /** Test samples explained. */
  readonly explained: number;
  /** Of them, predicted right and so ranked. */
  readonly correct: number;
  /** Of them, predicted wrong and so left out of the ranks. */
  readonly dropped: number;
  /** Tissues without a ranked sample. */
  readonly tissues_without_samples: readonly string[];
  /** The rule by which the set was cut. */
  readonly cut: CutoffRule["rule"];
  /** Genes in the set. */
  readonly genes: number;
  /** Ranks that went into the set. */
  readonly listed_ranks: number;
  /** Unique genes / genes listed at the last rank that went in. */
  readonly unique_share_at_cut: number;
  /** Null without decoys. */
  readonly decoys: DecoySummary | null;
  /** Null with fewer than two draws. */
  readonly draws_stability: DrawsStability | null;
  /** Null with a single network. */
  readonly networks_stability: NetworksStability | null;
  /** Mean of |output - expected - sum|. */
  readonly mean_absolute_gap: number;
  /** Mean of |output - expected|, to hold the gap against. */
  readonly mean_absolute_difference: number;
  /** Mean Monte Carlo standard error of the sum; null with fewer than two draws. */
  readonly mean_standard_error: number | null;
}

/** What the summary is made from. */
export interface SummaryFacts {
  readonly draws: Pick<
    ExplanationSummary,
    "draws" | "draws_asked" | "rounds" | "blocks" | "replicates" | "folds"
  >;
  readonly explanations: readonly Explanation[];
  readonly ranked: readonly TissueRanks[];
  readonly tissuesWithoutSamples: readonly string[];
  readonly walk: RankUnion;
  readonly rule: CutoffRule["rule"];
  readonly cut: SelectedGenes;
  readonly rates: DecoyRates | null;
  readonly halves: readonly Agreement[];
  readonly networks: readonly Agreement[];
}

/** Sums a stage's results up. */
export function summarize(facts: SummaryFacts): ExplanationSummary {
  const { explanations, ranked, walk, cut, rates } = facts;
  const correct = ranked.reduce((sum, { samples }) => sum + samples, 0);
  const errors = explanations.flatMap(({ standardError }) =>
    standardError ?? []
  );
  return {
    ...facts.draws,
    explained: explanations.length,
    correct,
    dropped: explanations.length - correct,
    tissues_without_samples: facts.tissuesWithoutSamples,
    cut: facts.rule,
    genes: cut.chosen.length,
    listed_ranks: cut.ranks,
    unique_share_at_cut: walk.uniqueShares[cut.ranks - 1],
    decoys: rates && summarizeDecoys(rates, cut.ranks),
    draws_stability: summarizeHalves(facts.halves),
    networks_stability: summarizeNetworks(
      facts.networks,
      facts.draws.replicates,
      walk.uniqueGenes.length,
    ),
    mean_absolute_gap: mean(
      explanations.map((explanation) => Math.abs(additivityGap(explanation))),
    ),
    mean_absolute_difference: mean(
      explanations.map(({ output, expected }) => Math.abs(output - expected)),
    ),
    mean_standard_error: errors.length > 0 ? mean(errors) : null,
  };
}

function summarizeDecoys(rates: DecoyRates, cutRank: number): DecoySummary {
  const lowest = lowestRate(rates.conservativeFdr);
  const at = cutRank - 1;
  return {
    decoys: rates.decoys,
    entered: rates.entered[at],
    rate: rates.rates[at],
    false_genes: rates.falseGenes[at],
    false_discovery_rate: rates.falseDiscoveryRates[at],
    lowest_false_discovery_rate: lowest.rate,
    lowest_at_rank: lowest.rank,
  };
}

function summarizeHalves(halves: readonly Agreement[]): DrawsStability | null {
  const agreement = meanAgreement(halves);
  return agreement && {
    top: agreement.top,
    overlap_of_halves: agreement.overlap,
    expected_overlap: expectedOverlap(agreement.overlap),
    spearman_of_halves: agreement.spearman,
  };
}

function summarizeNetworks(
  networks: readonly Agreement[],
  replicates: number,
  genes: number,
): NetworksStability | null {
  const agreement = meanAgreement(networks);
  return agreement && {
    replicates,
    top: agreement.top,
    overlap: agreement.overlap,
    overlap_top_10: agreement.overlapTop10,
    spearman: agreement.spearman,
    chance_overlap: agreement.top / genes,
  };
}
