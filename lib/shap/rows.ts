/** The rows of the stage's tables. */

import { deriveSeed } from "../random.ts";
import type { HalfLists } from "../selection/half_frequencies.ts";
import type { TissueKnockoffs } from "../selection/knockoffs.ts";
import type { RankedSelection } from "../selection/select_gene_set.ts";
import type { TissueErrors } from "../selection/median_errors.ts";
import type { RowOf, WideRows } from "../store/table.ts";
import { blockStandardError } from "../statistics/block_error.ts";
import type { BlockScores } from "./block_scores.ts";
import { drawStream } from "./draw_rounds.ts";
import type {
  CutoffCurveRow,
  decoys,
  ExplanationRow,
  halfRanks,
  knockoffs,
} from "./outputs.ts";
import type { ExplainedSample } from "./fold_samples.ts";

/**
 * `explanations.csv`: each sample's sum of scores beside what it estimates.
 *
 * @param samples In the order of the scores.
 * @param decoyScores samples x decoys.
 * @param seed The run's, by which each sample's draws were seeded.
 */
export function explanationRows(
  samples: readonly ExplainedSample[],
  scores: BlockScores,
  decoyScores: Float32Array,
  seed: number,
): ExplanationRow[] {
  const decoys = decoyScores.length / samples.length;
  return samples.map((sample, row) => {
    const { row: _, explainedClass: __, ...predicted } = sample;
    const blocks = scores.totalsOf(row);
    const sum = blocks.reduce((sum, block) => sum + block, 0) / blocks.length;
    return {
      ...predicted,
      shap_sum: sum,
      additivity_gap: sample.model_output - sample.base_value - sum,
      standard_error: blockStandardError(blocks),
      seed: deriveSeed(seed, drawStream(sample.sample_id, 1, 1)),
      decoy_shap_sum: decoyScores.subarray(row * decoys, (row + 1) * decoys)
        .reduce((sum, score) => sum + score, 0),
      draws: scores.drawsOf(row),
    };
  });
}

/** `standard_errors.csv`: each gene's errors, tissue by tissue. */
export function errorRows(
  genes: readonly string[],
  errors: readonly TissueErrors[],
): WideRows<string, number> {
  return {
    names: errors.map(({ tissue }) => tissue),
    first: genes,
    values: genes.map((_, gene) =>
      errors.map(({ standardErrors }) => standardErrors[gene])
    ),
  };
}

/** `cutoff_curve.csv`: what a cutoff at each rank would give. */
export function curveRows({ union, rates }: RankedSelection): CutoffCurveRow[] {
  return union.uniqueGenes.map((genes, index) => ({
    rank: index + 1,
    genes,
    unique_share: union.uniqueShares[index],
    decoys: rates?.[index].selected ?? null,
    decoy_rate: rates?.[index].rate ?? null,
    noise_rate: rates?.[index].noise_rate ?? null,
  }));
}

/** `decoys.csv`: each decoy's best rank. */
export function decoyRows(
  genes: readonly string[],
  known: readonly { readonly name: string; readonly source: number }[],
  { decoyRanks, selected }: RankedSelection,
): RowOf<typeof decoys>[] {
  return decoyRanks.map(({ decoy, ...ranked }) => ({
    ...ranked,
    decoy: known[decoy].name,
    source: genes[known[decoy].source],
    selected: ranked.rank !== null && ranked.rank <= selected.ranks,
  }));
}

/** `half_ranks.csv`: each half's first genes. */
export function halfRows(
  genes: readonly string[],
  halves: readonly HalfLists[],
  depth: number,
): RowOf<typeof halfRanks>[] {
  return halves.flatMap((lists, index) =>
    lists.flatMap(({ tissue, genes: order }) =>
      Array.from(order.subarray(0, depth), (gene, rank) => ({
        half: index + 1,
        tissue,
        rank: rank + 1,
        gene: genes[gene],
      }))
    )
  );
}

/** `knockoffs.csv`: each gene beside its knockoff, tissue by tissue. */
export function knockoffRows(
  genes: readonly string[],
  compared: readonly TissueKnockoffs[],
): RowOf<typeof knockoffs>[] {
  return compared.flatMap(({ tissue, differences, threshold }) =>
    genes.map((gene, column) => ({
      tissue,
      gene,
      difference: differences[column],
      selected: threshold !== null && differences[column] >= threshold,
    }))
  );
}
