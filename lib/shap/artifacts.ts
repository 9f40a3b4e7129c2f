/** The files of the `shap` stage. */

import type { Dataset } from "../expression/dataset.ts";
import { writeNpy } from "../expression/npy.ts";
import { drawCutCurve } from "../figures/cut_curve.ts";
import { drawScoreDistribution } from "../figures/score_distribution.ts";
import { drawTopGenes } from "../figures/top_genes.ts";
import { type Row, writeTable } from "../run/table.ts";
import { mean, sampleSd } from "../statistics/describe.ts";
import { additivityGap, type Explanation } from "./explanation.ts";
import type { GeneCut } from "./gene_cut.ts";
import type { TissueRanks } from "./ranks.ts";

/** Genes a tissue in the heat map and in the score distribution. */
const HEAT_MAP_GENES = 3;
const DISTRIBUTION_GENES = 1;

/** Writes `scores.npy` and `explained.csv`. */
export async function writeExplanations(
  folder: string,
  scores: Float32Array,
  genes: number,
  explanations: readonly Explanation[],
): Promise<void> {
  await writeNpy(`${folder}/scores.npy`, scores, [explanations.length, genes]);
  await Deno.writeTextFile(
    `${folder}/explained.csv`,
    writeTable(
      [
        "sample_id",
        "tissue",
        "predicted",
        "output",
        "expected",
        "sum",
        "gap",
        "seed",
      ],
      explanations.map((explanation) => ({
        sample_id: explanation.sampleId,
        tissue: explanation.tissue,
        predicted: explanation.predicted,
        output: explanation.output,
        expected: explanation.expected,
        sum: explanation.sum,
        gap: additivityGap(explanation),
        seed: explanation.seed,
      })),
    ),
  );
}

/** A tissue's column in `ranks.csv`, whose first column is `rank`. */
function columnOf(tissue: string): string {
  return tissue === "rank" ? "rank (tissue)" : tissue;
}

/** Writes `ranks.csv` and `shap_genes.csv`. */
export async function writeGenes(
  folder: string,
  genes: readonly string[],
  ranked: readonly TissueRanks[],
  cut: GeneCut,
): Promise<void> {
  await Deno.writeTextFile(
    `${folder}/ranks.csv`,
    writeTable(
      ["rank", ...ranked.map(({ tissue }) => columnOf(tissue))],
      genes.map((_, place) => {
        // Tissues may bear any name, `__proto__` too.
        const row: Row = Object.create(null);
        for (const { tissue, order } of ranked) {
          row[columnOf(tissue)] = genes[order[place]];
        }
        row.rank = place + 1;
        return row;
      }),
    ),
  );
  await Deno.writeTextFile(
    `${folder}/shap_genes.csv`,
    writeTable(
      ["gene", "tissue", "rank", "median_shap"],
      cut.chosen.map(({ gene, tissue, rank, medianScore }) => ({
        gene: genes[gene],
        tissue,
        rank,
        median_shap: medianScore,
      })),
    ),
  );
}

/** Draws the cut curve, the heat map and the score distribution. */
export async function writeFigures(
  folder: string,
  facts: {
    readonly dataset: Dataset;
    readonly testRows: Int32Array;
    readonly scores: Float32Array;
    /** Each explained sample's tissue if it was predicted right. */
    readonly correct: readonly (string | null)[];
    readonly ranked: readonly TissueRanks[];
    readonly cut: GeneCut;
    readonly threshold: number;
  },
): Promise<void> {
  const { dataset, scores, correct, ranked, cut } = facts;
  await Deno.writeTextFile(
    `${folder}/cut_curve.svg`,
    drawCutCurve({
      shares: cut.uniqueShares,
      cutRank: cut.ranks,
      genes: cut.chosen.length,
      threshold: facts.threshold,
    }),
  );

  const columns = [
    ...new Set(
      ranked.flatMap(({ order }) => [...order.subarray(0, HEAT_MAP_GENES)]),
    ),
  ];
  await Deno.writeTextFile(
    `${folder}/top_genes.svg`,
    drawTopGenes({
      tissues: ranked.map(({ tissue }) => tissue),
      genes: columns.map((gene) => dataset.genes[gene]),
      values: meanLevels(
        dataset,
        ranked.map(({ tissue }) => tissue),
        columns,
      ),
      label: "Mean expression over all samples (z-score of the gene)",
    }),
  );

  const genes = dataset.genes.length;
  await Deno.writeTextFile(
    `${folder}/score_distribution.svg`,
    drawScoreDistribution({
      rows: ranked.flatMap(({ tissue, order }) =>
        Array.from(order.subarray(0, DISTRIBUTION_GENES), (gene) => ({
          tissue,
          gene: dataset.genes[gene],
          scores: correct.flatMap((of, row) =>
            of === tissue ? [scores[row * genes + gene]] : []
          ),
        }))
      ),
    }),
  );
}

/** tissues x genes: the tissue's mean level as a z-score of the gene. */
function meanLevels(
  dataset: Dataset,
  tissues: readonly string[],
  columns: readonly number[],
): number[][] {
  const genes = dataset.genes.length;
  const levels = columns.map((column) => {
    const values = dataset.sampleIds.map((_, row) =>
      dataset.values[row * genes + column]
    );
    return { values, mean: mean(values), sd: sampleSd(values) };
  });
  return tissues.map((tissue) =>
    levels.map(({ values, mean: all, sd }) => {
      const own = values.filter((_, row) => dataset.tissues[row] === tissue);
      return sd > 0 ? (mean(own) - all) / sd : 0;
    })
  );
}
