/** The files of the attributions beside SHAP, which only some runs have. */

import { integer, nullable, number, text, word } from "../../store/fields.ts";
import { defineTable, defineWideTable, type RowOf } from "../../store/table.ts";
import { type Attribution, attributions } from "./attribution.ts";

/** An attribution's scores. */
export function attributionTable({ ranking, title, score }: Attribution) {
  return defineWideTable(
    `shap/${ranking}.csv`,
    `One row per gene: its score in each tissue by ${title} of the networks ` +
      "whose SHAP values are taken, of the same output and samples; only with " +
      "--shap.attributions",
    { name: "gene", field: text("gene id") },
    {
      name: "tissue",
      field: number(
        `median over the tissue's samples of the mean over networks of: ${score}`,
      ),
    },
  );
}

export const attributedSamples = defineTable(
  "shap/attributions.csv",
  "One row per attribution and explained sample: what its scores sum to; only " +
    "with --shap.attributions",
  {
    attribution: word(
      attributions.map(({ name }) => name),
      "the attribution",
    ),
    sample_id: text("sample id"),
    fold: integer("the fold, from 1"),
    explained_tissue: text("the tissue whose output is explained"),
    score_sum: number("sum of the scores of all genes and decoys"),
    model_output: nullable(
      number(
        "mean output of the explained tissue over the networks: --shap.output; " +
          "empty where the scores need not sum to anything",
      ),
    ),
    baseline_output: nullable(
      number("the same of the baseline; empty likewise"),
    ),
    completeness_gap: nullable(
      number("model_output - baseline_output - score_sum; empty likewise"),
    ),
  },
);

export type AttributedSampleRow = RowOf<typeof attributedSamples>;

/** All that may be written. */
export const attributionOutputs = [
  ...attributions.map(attributionTable),
  attributedSamples,
];
