/** The parts of `summary.json` on the explanations and on the gene set. */

import { byCodeUnit } from "../cli/text.ts";
import { meanOfKnown } from "../selection/compare_medians.ts";
import type { TissueConsensus } from "../selection/consensus.ts";
import { type DecoyRate, lowestRate } from "../selection/decoy_rates.ts";
import type { CutoffRule } from "../selection/cutoff.ts";
import type { HalfLists } from "../selection/half_frequencies.ts";
import { CONSENSUS_SHARE } from "../selection/levels.ts";
import type { RankedSelection } from "../selection/select_gene_set.ts";
import { mean } from "../statistics/describe.ts";
import { topCount } from "../statistics/rank_agreement.ts";
import { summarizeAdditivity } from "./additivity.ts";
import type { BlockScores } from "./block_scores.ts";
import type { ExplanationRow } from "./outputs.ts";

/**
 * How many samples were explained, and how exactly: in the order of the
 * samples' ids, for a sum depends on the order in its last digits.
 */
export function summarizeExplanations(
  explained: readonly ExplanationRow[],
  tissueOf: readonly (string | null)[],
) {
  const rows = explained
    .toSorted((a, b) => byCodeUnit(a.sample_id, b.sample_id));
  const correct = rows.filter(({ tissue, predicted }) => tissue === predicted)
    .length;
  return {
    explained: rows.length,
    correct,
    ranked: tissueOf.filter((tissue) => tissue !== null).length,
    mean_absolute_gap: mean(
      rows.map(({ additivity_gap }) => Math.abs(additivity_gap)),
    ),
    mean_absolute_difference: mean(
      rows.map(({ model_output, base_value }) =>
        Math.abs(model_output - base_value)
      ),
    ),
    ...summarizeAdditivity(rows),
    mean_standard_error: meanOfKnown(
      rows.map(({ standard_error }) => standard_error),
    ),
  };
}

/** The most draws a sample and network, and the fewest of a ranked sample. */
export function summarizeDraws(
  scores: BlockScores,
  tissueOf: readonly (string | null)[],
) {
  const all = tissueOf.map((_, row) => scores.drawsOf(row));
  return {
    draws: Math.max(...all),
    fewest_draws: Math.min(...all.filter((_, row) => tissueOf[row] !== null)),
  };
}

/** What was done on halves of the samples: `halves.json`. */
export function summarizeHalfNetworks(
  halves: readonly HalfLists[],
  rule: CutoffRule,
  depth: number,
) {
  return {
    halves: halves.length,
    listed_ranks: depth,
    rule: rule.rule === "stable"
      ? { ranks: rule.ranks, frequency: rule.frequency }
      : null,
  };
}

/** How many networks rank each tissue, and how many genes they agree on. */
export function summarizeConsensus(
  consensus: readonly TissueConsensus[],
  voters: number,
  matrixGenes: number,
) {
  return {
    voters,
    top: topCount(matrixGenes),
    share: CONSENSUS_SHARE,
    tissues: consensus.map(({ tissue, voters, genes, chanceGenes }) => ({
      tissue,
      voters,
      genes: genes?.length ?? null,
      chance_genes: chanceGenes,
    })),
  };
}

/** The size of the gene set, and what the decoys say of it. */
export function summarizeGeneSet(
  { union, decoyRanks, rates, selected }: RankedSelection,
) {
  return {
    genes: selected.chosen.length,
    listed_ranks: selected.ranks,
    unique_share_at_cutoff: union.uniqueShares[selected.ranks - 1],
    decoys: rates &&
      summarizeRates(rates, decoyRanks.length, selected.ranks - 1),
  };
}

function summarizeRates(
  rates: readonly DecoyRate[],
  decoys: number,
  index: number,
) {
  const { conservative_false_discovery_rate: _, ...atCutoff } = rates[index];
  const { rate, rank } = lowestRate(rates);
  return {
    decoys,
    ...atCutoff,
    lowest_false_discovery_rate: rate,
    lowest_at_rank: rank,
  };
}
