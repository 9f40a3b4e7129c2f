/** The files that the preparation writes. */

import { integer, nullable, number, text, word } from "../store/fields.ts";
import { defineJson } from "../store/json.ts";
import { defineFigure, defineFile } from "../store/output.ts";
import { defineTable } from "../store/table.ts";
import { input, review } from "./input_outputs.ts";
import {
  type NormalizationMethod,
  normalizationMethods,
  preprocessing,
  type ValueKind,
} from "./preprocessing_outputs.ts";

export { input, review };
export { type NormalizationMethod, normalizationMethods, preprocessing };
export type { ValueKind };

/** The parts that the samples are split into, once for the whole run. */
export const splits = ["train", "validation", "test"] as const;

/** The part that a sample belongs to. */
export type Split = typeof splits[number];

/** What a decoy is made of; see `prepare/decoys.csv`. */
export const decoyKinds = ["noise", "knockoff"] as const;
export type DecoyKind = typeof decoyKinds[number];

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
  "One row per gene that was not filtered out, in the order of the matrix",
  {
    gene: text("gene id"),
    name: nullable(text("its name, if one is known")),
    description: nullable(text("what is known of it, if anything is")),
    mean: number("mean of the transformed values of all samples"),
    sd: number("their standard deviation (n - 1)"),
    n_zero_samples: integer("samples with the value 0 before the transform"),
  },
);

export const filteredGenes = defineTable(
  "prepare/filtered_genes.csv",
  "One row per gene that was left out because too few samples express it",
  {
    gene: text("gene id"),
    name: nullable(text("its name, if one is known")),
    samples_reaching: integer("samples that reach the threshold"),
    max: number("largest value of a sample, normalized, not transformed"),
  },
);

export const libraries = defineTable(
  "prepare/libraries.csv",
  "One row per sample, in the order of the matrix",
  {
    sample_id: text("sample id"),
    library_size: number("sum of the sample's values in the input"),
    norm_factor: number(
      "TMM normalization factor (effective library size / library size); 1 " +
        "without TMM",
    ),
  },
);

export const folds = defineTable(
  "prepare/folds.csv",
  "One row per sample and fold; only with several folds",
  {
    fold: integer("the fold, from 1"),
    sample_id: text("sample id"),
    split: word(splits, "its part in that fold"),
  },
);

export const batches = defineTable(
  "prepare/batches.csv",
  "One row per sample, in the order of the matrix; only with --batch",
  {
    sample_id: text("sample id"),
    batch: text("its batch (study, run), which the split does not look at"),
  },
);

export const decoys = defineTable(
  "prepare/decoys.csv",
  "One row per decoy: a gene's values in another order, or its knockoff",
  {
    decoy: text("its id"),
    source: text("the gene that it is made from"),
    kind: word(
      decoyKinds,
      "noise: the gene's mean and its residuals within the tissues, shuffled; " +
        "knockoff: what the gene shares with others, and new noise",
    ),
    column: integer("its place in the image, among genes and decoys, from 0"),
  },
);

export const knockoffs = defineJson(
  "prepare/knockoffs.json",
  "How the knockoffs were made; only with --prepare.decoys knockoff",
  {
    factors: integer("factors that genes and knockoffs have in common"),
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
  new URL("./figures/samples_per_tissue.ts", import.meta.url),
  (
    { drawSamplesPerTissue }: typeof import("./figures/samples_per_tissue.ts"),
  ) => drawSamplesPerTissue,
);

export const outputs = [
  input,
  review,
  samples,
  genes,
  filteredGenes,
  libraries,
  preprocessing,
  folds,
  batches,
  decoys,
  knockoffs,
  expression,
  decoyValues,
  samplesPerTissue,
];
