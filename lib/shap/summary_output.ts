/** `summary.json` of the `shap` stage. */

import { directions } from "../selection/candidates.ts";
import { cutoffRules } from "../selection/cutoff.ts";
import {
  type Field,
  integer,
  list,
  nullable,
  number,
  object,
  text,
  word,
} from "../store/fields.ts";
import { defineJson } from "../store/json.ts";
import { explainedOutputs } from "./explained_output.ts";
import { explainedParts } from "./explained_rows.ts";
import { sampleRules } from "./sample_rules.ts";

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

export type ShapSummary = ReturnType<typeof summary.parse>;
