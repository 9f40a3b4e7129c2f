/** What the figures of the `shap` stage show. */

import type { Dataset } from "../prepare/dataset.ts";
import { labelGenes } from "../prepare/gene_label.ts";
import { rowsInIdOrder } from "../prepare/order.ts";
import type { Direction } from "../selection/candidates.ts";
import type { CutoffRule } from "../selection/cutoff.ts";
import type { RankedSelection } from "../selection/select_gene_set.ts";
import { mean, sampleSd } from "../statistics/describe.ts";
import { DOWN_MARK } from "./figures/gene_labels.ts";
import type { CutoffCurve } from "./figures/cutoff_curve.ts";
import type { ScoreDistribution } from "./figures/score_distribution.ts";
import type { TopGenes } from "./figures/top_genes.ts";
import type { GeneLists } from "./gene_rows.ts";

/** What the figures say of the genes' direction. */
const NOTES: Record<Direction, string> = {
  up: "All genes are higher in their tissue than elsewhere.",
  both: `${DOWN_MARK}: lower in its tissue than elsewhere.`,
};

/** A gene of a figure, in a tissue. */
interface ShownGene {
  readonly tissue: string;
  /** Its column. */
  readonly gene: number;
}

/** Each gene's label, and a mark if it is lower in the tissue. */
function labelsOf(
  { genes, geneFacts, factsOf }: GeneLists,
  shown: readonly ShownGene[],
): string[] {
  const labels = labelGenes(
    shown.map(({ gene }) => ({
      gene: genes[gene],
      name: geneFacts[gene].name,
    })),
  );
  return shown.map(({ tissue, gene }) =>
    labels.get(genes[gene])! +
    (factsOf(tissue, gene).direction === "down" ? ` ${DOWN_MARK}` : "")
  );
}

/** The share of unique genes by rank, and the cutoff. */
export function cutoffCurveData(
  { union, selected, rates }: RankedSelection,
  rule: CutoffRule,
  direction: Direction,
): CutoffCurve {
  return {
    note: direction === "up"
      ? "Only genes that are higher in a tissue than elsewhere are ranked."
      : undefined,
    shares: union.uniqueShares,
    cutoffRank: selected.ranks,
    genes: selected.chosen.length,
    threshold: rule.rule === "unique" ? rule.share : null,
    rule: rule.rule === "noise"
      ? `the last rank with a noise rate of at most ${rule.rate}`
      : rule.rule === "stable"
      ? "the last gene that comes again on enough halves of the samples"
      : rule.rule === "knockoff"
      ? "the last gene that scores enough higher than its knockoff"
      : "a rank that was given",
    noiseRates: rates?.map((rate) => rate.noise_rate),
  };
}

/** Genes a tissue in the heat map. */
const HEAT_MAP_GENES = 3;

/** The mean expression of each tissue's best genes, as z-scores of the gene. */
export function topGenesData(
  { sampleIds, genes, values, tissues: tissueOf }: Dataset,
  found: GeneLists,
  direction: Direction,
): TopGenes {
  const { ranked } = found.geneSet;
  // A gene that several tissues list stands with the first one.
  const shown = new Map<number, ShownGene>();
  for (const { tissue, order } of ranked) {
    for (const gene of order.subarray(0, HEAT_MAP_GENES)) {
      if (!shown.has(gene)) shown.set(gene, { tissue, gene });
    }
  }
  const columns = [...shown.keys()];
  const rows = rowsInIdOrder(sampleIds);
  const levels = columns.map((column) => {
    const all = rows.map((row) => values[row * genes.length + column]);
    return { all, mean: mean(all), sd: sampleSd(all) };
  });
  return {
    tissues: ranked.map(({ tissue }) => tissue),
    genes: labelsOf(found, [...shown.values()]),
    note: NOTES[direction],
    values: ranked.map(({ tissue }) =>
      levels.map(({ all, mean: meanOfAll, sd }) => {
        const own = all.filter((_, index) => tissueOf[rows[index]] === tissue);
        return sd > 0 ? (mean(own) - meanOfAll) / sd : 0;
      })
    ),
    label: "Mean expression over all samples (z-score of the gene)",
  };
}

/**
 * The scores of each tissue's best gene.
 *
 * @param scores samples x real genes.
 * @param tissueOf Each explained sample's tissue if it is ranked.
 */
export function scoreDistributionData(
  found: GeneLists,
  scores: Float32Array,
  tissueOf: readonly (string | null)[],
  direction: Direction,
): ScoreDistribution {
  const { genes, geneSet: { ranked } } = found;
  const best = ranked.flatMap(({ tissue, order: [gene] }) =>
    gene === undefined ? [] : [{ tissue, gene }]
  );
  const labels = labelsOf(found, best);
  return {
    note: NOTES[direction],
    rows: best.map(({ tissue, gene }, index) => ({
      tissue,
      gene: labels[index],
      scores: tissueOf.flatMap((own, row) =>
        own === tissue ? [scores[row * genes.length + gene]] : []
      ),
    })),
  };
}
