/** The files of the `shap` stage. */

import { NOISE_SAMPLES } from "../selection/levels.ts";
import {
  flag,
  integer,
  nullable,
  number,
  text,
  word,
} from "../store/fields.ts";
import { defineFigure, defineFile } from "../store/output.ts";
import { defineTable, defineWideTable, type RowOf } from "../store/table.ts";
import { attributionOutputs } from "./attributions/outputs.ts";
import { geneOutputs } from "./gene_outputs.ts";
import { learnedOutputs, learnedSamples } from "./learned_outputs.ts";
import { summary } from "./summary_output.ts";

export * from "./gene_outputs.ts";
export * from "./summary_output.ts";

export const shapValues = defineFile(
  "shap/shap_values.npy",
  "SHAP values, float32: a row for each row of explanations.csv, a column for " +
    "each gene of prepare/genes.csv",
);

export const decoyShapValues = defineFile(
  "shap/decoy_shap_values.npy",
  "SHAP values of the decoys, float32: a row for each row of " +
    "explanations.csv, a column for each decoy of prepare/decoys.csv",
);

export const explanations = defineTable(
  "shap/explanations.csv",
  "An explained sample",
  {
    sample_id: text("sample id"),
    tissue: text("its tissue"),
    predicted: text("the tissue of the largest mean probability"),
    model_output: number(
      "mean output of the explained tissue over the networks: --shap.output",
    ),
    base_value: number("mean of that output over the background samples"),
    shap_sum: number("sum of the SHAP values of all genes and decoys"),
    additivity_gap: number("model_output - base_value - shap_sum"),
    standard_error: nullable(
      number("Monte Carlo standard error of shap_sum; empty with one draw"),
    ),
    seed: integer("seed of the sample's first draws for the first network"),
    decoy_shap_sum: number("sum of the decoys' SHAP values"),
    fold: integer("the fold that tests the sample, from 1"),
    explained_tissue: text("the tissue whose output is explained"),
    draws: integer("draws for each network"),
  },
);

export const standardErrors = defineWideTable(
  "shap/standard_errors.csv",
  "One row per gene: the standard error of its median in each tissue; no tissue has a column if there was one draw",
  { name: "gene", field: text("gene id") },
  {
    name: "tissue",
    field: number("Monte Carlo standard error of the median SHAP value"),
  },
);

export const cutoffCurve = defineTable(
  "shap/cutoff_curve.csv",
  "One row per rank: the set down to it; the decoys' columns are empty " +
    "without decoys",
  {
    rank: integer("the last rank of the set"),
    genes: integer("different genes in it"),
    unique_share: number("genes / genes listed"),
    decoys: nullable(integer("decoys that would be selected")),
    decoy_rate: nullable(number("decoys / all decoys")),
    noise_rate: nullable(
      number(
        "how often a decoy is in the set for each time that a gene is: " +
          "(decoys + 1) / (all decoys + 1) * genes in the matrix / genes, at " +
          "most 1",
      ),
    ),
  },
);

export const knockoffs = defineTable(
  "shap/knockoffs.csv",
  "One row per tissue and gene: its score beside its knockoff's, by the " +
    "explained samples; 0 where a ranking may not hold it",
  {
    tissue: text("the tissue"),
    gene: text("gene id"),
    difference: number("median score of the gene less that of its knockoff"),
    selected: flag("whether the tissue lists it, at --shap.fdr"),
  },
);

export const decoys = defineTable(
  "shap/decoys.csv",
  "One row per decoy, in the tissue in which it ranks best, of those with " +
    `at least ${NOISE_SAMPLES} explained samples`,
  {
    decoy: text("decoy id"),
    source: text("the gene whose mean and shuffled noise it has"),
    tissue: nullable(
      text("the tissue of its best rank; empty if no ranking would hold it"),
    ),
    rank: nullable(
      integer("1 + the number of ranked genes with a larger median there"),
    ),
    median_shap: nullable(
      number("median SHAP value over that tissue's samples"),
    ),
    selected: flag("whether a gene of that rank would be in the set"),
  },
);

export const stability = defineTable(
  "shap/stability.csv",
  "One row per tissue and pair of explanations that are compared",
  {
    source: word(
      ["draws", "networks"],
      "halves of the draws, or two networks of the ensemble",
    ),
    first: text("odd (every second block of draws), or a member's number"),
    second: text("even, or the other member's number"),
    tissue: text("the tissue"),
    samples: integer("samples behind the medians"),
    top: integer("how many of the best genes are compared"),
    overlap: number("share of the first's best genes that the second has"),
    spearman: nullable(
      number("rank correlation over all genes; empty if one side is constant"),
    ),
  },
);

export const cutoffCurveFigure = defineFigure(
  "shap/cutoff_curve.svg",
  "Share of distinct genes by rank, with the cutoff",
  new URL("./figures/cutoff_curve.ts", import.meta.url),
  ({ drawCutoffCurve }: typeof import("./figures/cutoff_curve.ts")) =>
    drawCutoffCurve,
);

export const scoreDistributionFigure = defineFigure(
  "shap/score_distribution.svg",
  "Distribution of the SHAP values of each tissue's best gene",
  new URL("./figures/score_distribution.ts", import.meta.url),
  (
    { drawScoreDistribution }: typeof import("./figures/score_distribution.ts"),
  ) => drawScoreDistribution,
);

export const topGenesFigure = defineFigure(
  "shap/top_genes.svg",
  "Heat map of the expression of each tissue's best genes",
  new URL("./figures/top_genes.ts", import.meta.url),
  ({ drawTopGenes }: typeof import("./figures/top_genes.ts")) => drawTopGenes,
);

/** All that the stage writes. */
export const outputs = [
  shapValues,
  decoyShapValues,
  learnedSamples,
  learnedOutputs,
  explanations,
  ...geneOutputs,
  standardErrors,
  cutoffCurve,
  decoys,
  knockoffs,
  stability,
  ...attributionOutputs,
  summary,
  cutoffCurveFigure,
  scoreDistributionFigure,
  topGenesFigure,
];

export type ExplanationRow = RowOf<typeof explanations>;
export type StabilityRow = RowOf<typeof stability>;
export type CutoffCurveRow = RowOf<typeof cutoffCurve>;
