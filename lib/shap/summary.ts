/** `summary.json`: the explanations, the gene set and its errors in numbers. */

import type { CutoffRule } from "../selection/cutoff.ts";
import { type DecoyRates, lowestRate } from "../selection/decoy_rates.ts";
import type { GeneSet } from "../selection/gene_set.ts";
import {
  type Agreement,
  expectedOverlap,
  meanAgreement,
} from "../selection/stability.ts";
import { mean } from "../statistics/describe.ts";
import type { ExplanationRow, ShapSummary } from "./outputs.ts";

/** What the summary is made from. */
export interface SummaryFacts {
  readonly draws: Pick<
    ShapSummary,
    "draws" | "draws_asked" | "rounds" | "blocks" | "ensemble" | "folds"
  >;
  readonly explained: readonly ExplanationRow[];
  readonly tissuesWithoutSamples: readonly string[];
  readonly rule: CutoffRule["rule"];
  readonly geneSet: GeneSet;
  readonly halves: readonly Agreement[];
  readonly networks: readonly Agreement[];
}

/** Sums a stage's results up. */
export function summarize(facts: SummaryFacts): ShapSummary {
  const { explained } = facts;
  const { ranked, union, rates, selected } = facts.geneSet;
  const correct = ranked.reduce((sum, { samples }) => sum + samples, 0);
  const errors = explained.flatMap(({ standard_error }) =>
    standard_error ?? []
  );
  return {
    ...facts.draws,
    explained: explained.length,
    correct,
    dropped: explained.length - correct,
    tissues_without_samples: facts.tissuesWithoutSamples,
    cutoff_rule: facts.rule,
    genes: selected.chosen.length,
    listed_ranks: selected.ranks,
    unique_share_at_cutoff: union.uniqueShares[selected.ranks - 1],
    decoys: rates && summarizeDecoys(rates, selected.ranks),
    draws_stability: summarizeHalves(facts.halves),
    networks_stability: summarizeNetworks(
      facts.networks,
      facts.draws.ensemble,
      union.uniqueGenes.length,
    ),
    mean_absolute_gap: mean(
      explained.map(({ additivity_gap }) => Math.abs(additivity_gap)),
    ),
    mean_absolute_difference: mean(
      explained.map(({ model_output, base_value }) =>
        Math.abs(model_output - base_value)
      ),
    ),
    mean_standard_error: errors.length > 0 ? mean(errors) : null,
  };
}

function summarizeDecoys(
  rates: DecoyRates,
  cutoffRank: number,
): ShapSummary["decoys"] {
  const lowest = lowestRate(rates.conservativeFdr);
  const index = cutoffRank - 1;
  return {
    decoys: rates.decoys,
    selected: rates.selected[index],
    rate: rates.rates[index],
    false_genes: rates.falseGenes[index],
    false_discovery_rate: rates.falseDiscoveryRates[index],
    lowest_false_discovery_rate: lowest.rate,
    lowest_at_rank: lowest.rank,
  };
}

function summarizeHalves(
  halves: readonly Agreement[],
): ShapSummary["draws_stability"] {
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
  ensemble: number,
  genes: number,
): ShapSummary["networks_stability"] {
  const agreement = meanAgreement(networks);
  return agreement && {
    ensemble,
    ...agreement,
    chance_overlap: agreement.top / genes,
  };
}
