/** The files that the preparation writes. */

import { integer, nullable, number, text, word } from "../store/fields.ts";
import { defineFigure, defineFile } from "../store/output.ts";
import { defineTable } from "../store/table.ts";
import { drawSamplesPerTissue } from "./figures/samples_per_tissue.ts";

/** The parts that the samples are split into, once for the whole run. */
export const splits = ["train", "validation", "test"] as const;

/** The part that a sample belongs to. */
export type Split = typeof splits[number];

export const samples = defineTable(
  "prepare/samples.csv",
  "One row per sample, in the order of the matrix",
  {
    sample_id: text("sample id"),
    tissue: text("its tissue"),
    group: text("its group (study, donor); empty without groups"),
    split: word(
      splits,
      "its part; with folds, test for every sample that a fold tests",
    ),
    fold: nullable(integer("the fold that tests it; empty if none does")),
  },
);

export const genes = defineTable(
  "prepare/genes.csv",
  "One row per gene, in the order of the matrix",
  {
    gene: text("gene id"),
    name: nullable(text("its name, if one is known")),
    mean: number("mean of the transformed values of all samples"),
    sd: number("their standard deviation (n - 1)"),
    n_zero_samples: integer("samples with the value 0 before the transform"),
  },
);

export const folds = defineTable(
  "prepare/folds.csv",
  "One row per sample and fold; only with --folds",
  {
    fold: integer("the fold, from 1"),
    sample_id: text("sample id"),
    split: word(splits, "its part in that fold"),
  },
);

export const decoys = defineTable(
  "prepare/decoys.csv",
  "One row per decoy: a gene's values in another order",
  {
    decoy: text("its id"),
    source: text("the gene whose values it has"),
    column: integer("its place in the image, among genes and decoys, from 0"),
  },
);

export const expression = defineFile(
  "prepare/expression.npy",
  "The transformed values: samples x genes, float32, in the order of samples.csv and genes.csv",
);

export const decoyValues = defineFile(
  "prepare/decoys.npy",
  "The decoys' transformed values: samples x decoys, float32",
);

export const samplesPerTissue = defineFigure(
  "prepare/samples_per_tissue.svg",
  "Samples per tissue",
  drawSamplesPerTissue,
);

export const outputs = [
  samples,
  genes,
  folds,
  decoys,
  expression,
  decoyValues,
  samplesPerTissue,
];
