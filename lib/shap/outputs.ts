/** The files of the `shap` stage. */

import { directions } from "../selection/candidates.ts";
import { cutoffRules } from "../selection/cutoff.ts";
import { NOISE_SAMPLES } from "../selection/levels.ts";
import {
  type Field,
  flag,
  integer,
  list,
  nullable,
  number,
  object,
  text,
  word,
} from "../store/fields.ts";
import { defineJson } from "../store/json.ts";
import { defineFigure, defineFile } from "../store/output.ts";
import { defineTable, defineWideTable, type RowOf } from "../store/table.ts";
import { geneOutputs } from "./gene_outputs.ts";
import { explainedOutputs } from "./explained_output.ts";
import { explainedParts } from "./explained_rows.ts";
import { learnedOutputs, learnedSamples } from "./learned_outputs.ts";
import { sampleRules } from "./sample_rules.ts";

export * from "./gene_outputs.ts";

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

const drawsAsked: Field<number | "auto"> = {
  type: "integer or auto",
  help: "the value of --shap.draws",
  check: (value) =>
    value === "auto" || Number.isSafeInteger(value)
      ? value as number | "auto"
      : undefined,
  parse: () => undefined,
};

const rateFields = {
  noise_rate: number(
    "how often a decoy is listed for each time that a gene is: (selected + 1) " +
      "/ (decoys + 1) * genes in the matrix / genes listed, at most 1",
  ),
  noise_rate_low: number("its 95 % interval, by Clopper and Pearson's"),
  noise_rate_high: number("the upper end"),
};

const decoySummary = object({
  decoys: integer("number of decoys"),
  selected: integer("decoys that would be in the set"),
  rate: number("selected / decoys"),
  ...rateFields,
  lowest_noise_rate: number("the lowest rate of any cutoff"),
  lowest_at_rank: integer("the last rank that has it"),
  tissues: list(
    object({
      tissue: text("the tissue"),
      listed: integer("its genes down to the set's last rank"),
      selected: integer("decoys that would be among them"),
      ...rateFields,
    }),
    "the tissues with at least three explained samples, each by itself",
  ),
}, "what decoys say of the set; null without decoys");

const knockoffSummary = object({
  fdr: number("the false discovery rate that the thresholds keep"),
  tissues: list(
    object({
      tissue: text("the tissue"),
      threshold: nullable(
        number("least difference of a gene that is listed; null if none is"),
      ),
      listed: integer("genes of at least this difference"),
      below: integer("genes whose knockoff scores so much higher"),
    }),
    "the tissues that are ranked",
  ),
}, "genes beside their knockoffs; null without knockoffs");

const consensus = object({
  voters: integer(
    "members of the ensemble, each with its networks of all folds; with one " +
      "member, the networks of the folds",
  ),
  top: integer("how many of a voter's best genes may be in it"),
  share: number("the share of voters that must agree"),
  tissues: list(
    object({
      tissue: text("the tissue"),
      voters: integer("voters that rank it by enough samples"),
      genes: nullable(integer("genes; null with fewer than two voters")),
      chance_genes: number("genes that unrelated rankings would agree on"),
    }),
    "the ranked tissues",
  ),
}, "the genes that most networks rank high; null with a single network");

const drawsStability = object({
  top: integer("how many of a tissue's best genes are compared"),
  overlap_of_halves: number("share of the top that both halves have"),
  expected_overlap: number("the same for two runs with all of the draws"),
  spearman_of_halves: nullable(number("rank correlation over all genes")),
}, "agreement of two halves of the draws; null with one draw");

const networksStability = object({
  ensemble: integer("number of networks"),
  top: integer("how many of a tissue's best genes are compared"),
  overlap: number("share of the top that two networks have in common"),
  overlap_top_10: number("the same for the ten best"),
  spearman: nullable(number("rank correlation over all genes")),
  chance_overlap: number("the overlap of unrelated orders"),
}, "agreement of the networks; null with a single one");

const neighborCorrelation = (of: string) =>
  nullable(
    number(
      `Spearman's correlation of a gene's slope (score / (value - mean of the ` +
        `background)) ${of}; mean over tissues, and over the networks' images ` +
        "where they differ",
    ),
  );

export const summary = defineJson(
  "shap/summary.json",
  "The explanations, the gene set and their errors in numbers; means over " +
    "tissues and pairs",
  {
    output: word(explainedOutputs, "the output that is explained"),
    explained_part: word(
      explainedParts,
      "the samples that are explained; with folds each is a test sample once",
    ),
    samples: word(sampleRules, "which explained samples are ranked"),
    min_samples: integer("ranked samples that a tissue must have"),
    draws: integer("draws a sample and network, the most that were taken"),
    fewest_draws: integer("the same, the fewest of a ranked sample"),
    draws_asked: drawsAsked,
    rounds: integer("rounds in which they were taken"),
    blocks: integer("blocks into which each sample's draws are divided"),
    ensemble: integer("networks that each sample is explained for"),
    folds: integer("folds"),
    explained: integer("samples explained"),
    correct: integer("of them, predicted right"),
    ranked: integer("of them, behind the ranks"),
    tissues_left_out: list(
      object({
        tissue: text("the tissue"),
        samples: integer("its samples that would be ranked"),
      }),
      "tissues with too few samples to be ranked",
    ),
    tissues_without_scores: list(
      text("the tissue"),
      "tissues that are not ranked because all genes have one median score",
    ),
    cutoff_rule: word(cutoffRules, "the rule by which the set was selected"),
    direction: word(directions, "which genes the rankings hold"),
    genes_in_matrix: integer("genes that could be selected"),
    genes: integer("genes in the set"),
    listed_ranks: integer("ranks that went into the set"),
    unique_share_at_cutoff: number(
      "distinct genes / genes listed, down to the last rank of the set",
    ),
    consensus: nullable(consensus),
    decoys: nullable(decoySummary),
    knockoffs: nullable(knockoffSummary),
    draws_stability: nullable(drawsStability),
    networks_stability: nullable(networksStability),
    fold_lists: nullable(
      list(
        object({
          fold: integer("the fold, from 1"),
          explained: integer("training samples explained by its networks"),
          listed_ranks: integer("ranks in the set that its lists give"),
          genes: integer("genes in that set"),
          judged: integer(
            "genes listed, in tissues with enough test samples of the fold",
          ),
          above_two_errors: nullable(
            integer(
              "of them, those whose median by the test samples is above 0 by " +
                "more than two standard errors over samples and networks; null " +
                "if these are not known",
            ),
          ),
        }),
        "the lists of fold_ranks.csv",
      ),
    ),
    mean_absolute_gap: number("mean |additivity_gap|"),
    mean_absolute_difference: number("mean |model_output - base_value|"),
    median_gap_share: nullable(
      number(
        "median over samples of |additivity_gap| / |model_output - " +
          "base_value|, each at most 1; null if nothing was to be explained",
      ),
    ),
    tissues_missed: list(
      object({
        tissue: text("the explained tissue"),
        gap_share: number("the same median, over the tissue's samples"),
      }),
      "tissues in which that share is more than a third",
    ),
    image_neighbors: object({
      below: neighborCorrelation("with the gene below in the image"),
      right: neighborCorrelation("with the gene to the right"),
      chance_sd: nullable(
        number("standard deviation of such means over random pairs of genes"),
      ),
    }, "whether the scores depend on which genes are beside each other"),
    mean_standard_error: nullable(
      number("mean standard error of shap_sum; null with one draw"),
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
  summary,
  cutoffCurveFigure,
  scoreDistributionFigure,
  topGenesFigure,
];

export type ExplanationRow = RowOf<typeof explanations>;
export type StabilityRow = RowOf<typeof stability>;
export type CutoffCurveRow = RowOf<typeof cutoffCurve>;
export type ShapSummary = ReturnType<typeof summary.parse>;
