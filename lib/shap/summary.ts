/** The parts of `summary.json` on the explanations and on the gene set. */

import { byCodeUnit } from "../cli/text.ts";
import { meanOfKnown } from "../selection/compare_medians.ts";
import type { TissueConsensus } from "../selection/consensus.ts";
import type { CutoffRule } from "../selection/cutoff.ts";
import type { HalfLists } from "../selection/half_frequencies.ts";
import type { TissueKnockoffs } from "../selection/knockoffs.ts";
import { lowestRate, noiseInterval } from "../selection/noise_rates.ts";
import { CONSENSUS_SHARE } from "../selection/levels.ts";
import type { RankedSelection } from "../selection/select_gene_set.ts";
import { mean } from "../statistics/describe.ts";
import { summarizeAdditivity } from "./additivity.ts";
import type { BlockScores } from "./block_scores.ts";
import type { ExplanationRow, ShapSummary } from "./outputs.ts";

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
  top: number,
) {
  return {
    voters,
    top,
    share: CONSENSUS_SHARE,
    tissues: consensus.map(({ tissue, voters, genes, chanceGenes }) => ({
      tissue,
      voters,
      genes: genes?.length ?? null,
      chance_genes: chanceGenes,
    })),
  };
}

/**
 * The size of the gene set, and what the decoys say of it.
 *
 * @param genes Genes in the matrix.
 */
export function summarizeGeneSet(geneSet: RankedSelection, genes: number) {
  const { union, selected } = geneSet;
  return {
    genes: selected.chosen.length,
    listed_ranks: selected.ranks,
    unique_share_at_cutoff: union.uniqueShares[selected.ranks - 1],
    decoys: summarizeNoise(geneSet, genes),
  };
}

/** The noise rate of the set and of each tissue's list. */
function summarizeNoise(
  { ranked, decoyRanks, tissueDecoys, rates, selected }: RankedSelection,
  genes: number,
): ShapSummary["decoys"] {
  if (rates === null || selected.ranks === 0) return null;
  const decoys = decoyRanks.length;
  const at = rates[selected.ranks - 1];
  const rated = ranked.filter(({ tissue }) =>
    tissueDecoys.some((own) => own.tissue === tissue)
  );
  const inSet = new Set(
    rated.flatMap(({ order }) => [...order.subarray(0, selected.ranks)]),
  );
  const { rate, rank } = lowestRate(rates);
  return {
    decoys,
    selected: at.selected,
    rate: at.rate,
    ...noiseInterval(at.selected, decoys, genes, inSet.size),
    lowest_noise_rate: rate,
    lowest_at_rank: rank,
    tissues: tissueDecoys.map(({ tissue, ranks }, index) => {
      const listed = Math.min(rated[index].order.length, selected.ranks);
      const own = ranks.filter((rank) =>
        rank !== null && rank <= selected.ranks
      ).length;
      return {
        tissue,
        listed,
        selected: own,
        ...noiseInterval(own, decoys, genes, listed),
      };
    }),
  };
}

/** Each tissue's threshold, and the genes on both sides of it. */
export function summarizeKnockoffs(
  compared: readonly TissueKnockoffs[],
  fdr: number,
): NonNullable<ShapSummary["knockoffs"]> {
  return {
    fdr,
    tissues: compared.map(({ tissue, threshold, differences }) => ({
      tissue,
      threshold,
      listed: threshold === null
        ? 0
        : differences.filter((value) => value >= threshold).length,
      below: threshold === null
        ? 0
        : differences.filter((value) => value <= -threshold).length,
    })),
  };
}
