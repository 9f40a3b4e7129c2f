/** The parameters of the `shap` stage. */

import { choice, integer, integerOr, list, number } from "../cli/parameters.ts";
import { countOf } from "../cli/text.ts";
import { directions } from "../selection/candidates.ts";
import { cutoffRules } from "../selection/cutoff.ts";
import {
  ACCEPTABLE_NOISE,
  AUTO_STOP_OVERLAP,
  FREQUENT,
  KNOCKOFF_RATE,
  MIN_SAMPLES,
} from "../selection/levels.ts";
import { attributions, NO_ATTRIBUTION } from "./attributions/attribution.ts";
import { FIRST_ROUND } from "./draw_rounds.ts";
import { alphaDraws, backgroundDraws, controls } from "./draws.ts";
import { DEFAULT_OUTPUT, explainedOutputs } from "./explained_output.ts";
import { explainedParts } from "./explained_rows.ts";
import { sampleRules } from "./sample_rules.ts";

/** One declaration a flag. */
export const shapParameters = {
  draws: integerOr(
    50,
    ["auto"],
    { minimum: 1, maximum: 1_000_000 },
    "background draws a sample and network, taken in tens; auto takes more " +
      `until a rerun is expected to share ${100 * AUTO_STOP_OVERLAP} % of ` +
      "each tissue's top genes",
  ),
  "max-draws": integer(
    3200,
    { minimum: FIRST_ROUND, maximum: 1_000_000 },
    "draws at which auto ends at the latest",
  ),
  alphas: choice(
    "importance",
    alphaDraws,
    "how points between background and sample are drawn: anywhere (uniform), " +
      "one in each of as many equal parts as there are draws (stratified), or " +
      "in parts that are short where the network's output changes most " +
      "(importance)",
  ),
  backgrounds: choice(
    "balanced",
    backgroundDraws,
    "the background samples of the draws: spread over the tissues, or any",
  ),
  control: choice(
    "background",
    controls,
    "whether scores are corrected for how far the mean of the drawn " +
      "background samples is from the mean of all (background: a control " +
      "variate, which makes them more exact) or not (none)",
  ),
  output: choice(
    DEFAULT_OUTPUT,
    explainedOutputs,
    "the network's output that is explained: the tissue's probability p, its " +
      "log-odds ln(p / (1 - p)), or its logit less the mean of all logits " +
      "(centered-logit)",
  ),
  attributions: {
    ...list(
      "NAME",
      "other attributions of the same output, which the stage genesets then " +
        `compares with SHAP: ${NO_ATTRIBUTION}, or some of ${
          attributions.map(({ name, steps }) =>
            `${name} (the work of ${countOf(steps.length, "draw")})`
          ).join(", ")
        }`,
    ),
    default: [NO_ATTRIBUTION],
  },
  explained: choice(
    "training",
    explainedParts,
    "the samples that rank the genes wherever test samples judge them: some " +
      "that the networks learned from (training), or those same test samples " +
      "(test), as in the original study",
  ),
  "per-tissue": integer(
    10,
    { minimum: 1, maximum: 1_000_000 },
    "training samples of each tissue and fold that are explained, at most",
  ),
  samples: choice(
    "all",
    sampleRules,
    "the explained samples whose scores are ranked: all, explained for their " +
      "own tissue, or those predicted right",
  ),
  "min-samples": integer(
    MIN_SAMPLES,
    { minimum: 1, maximum: 1_000_000 },
    "explained samples that a tissue needs to be ranked",
  ),
  direction: choice(
    "up",
    directions,
    "the genes that a tissue's ranking may hold: those that are higher in the " +
      "tissue than elsewhere and whose median SHAP value there is above 0 " +
      "(up), or all (both)",
  ),
  cutoff: choice(
    "top",
    cutoffRules,
    "down to which rank the tissues' genes are selected: for a number of " +
      "ranks (top), to the last rank that keeps the noise rate by decoys " +
      "(noise), all that come again on --halves of the samples (stable), all " +
      "that score higher than their knockoffs (knockoff), or " +
      "until half of the genes listed are repeats (unique, " +
      "which suits --direction both: genes that are up in several tissues are " +
      "few)",
  ),
  "noise-rate": number(
    ACCEPTABLE_NOISE,
    { above: 0, maximum: 1 },
    "largest noise rate of the set, with --cutoff noise: how often a column " +
      "with a gene's values in random order ranks as high, for each time that " +
      "a gene does",
  ),
  fdr: number(
    KNOCKOFF_RATE,
    { above: 0, below: 1 },
    "largest false discovery rate of each tissue's list, with --cutoff " +
      "knockoff, which needs --prepare.decoys knockoff",
  ),
  top: integer(
    50,
    { minimum: 1, maximum: 1_000_000 },
    "ranks a tissue, with --cutoff top; those that a half counts, with stable",
  ),
  halves: integer(
    0,
    { minimum: 0, maximum: 1000 },
    "halves of the training samples, of each tissue half, on which a network " +
      "is trained and explained; it shows how often a gene comes again and " +
      "takes long; at least 2, or 0 for none",
  ),
  frequency: number(
    FREQUENT,
    { above: 0.5, maximum: 1 },
    "share of the halves that must have a gene among the first, with --cutoff " +
      "stable",
  ),
};
