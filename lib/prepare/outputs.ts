/** The files that the preparation writes. */

import {
  integer,
  nullable,
  number,
  object,
  text,
  word,
} from "../store/fields.ts";
import { defineJson } from "../store/json.ts";
import { defineFigure, defineFile } from "../store/output.ts";
import { defineTable } from "../store/table.ts";
import { drawSamplesPerTissue } from "./figures/samples_per_tissue.ts";

/** The parts that the samples are split into, once for the whole run. */
export const splits = ["train", "validation", "test"] as const;

/** The part that a sample belongs to. */
export type Split = typeof splits[number];

/** What the values of a matrix are taken for. */
const valueKinds = [
  "counts",
  "per million",
  "logarithms",
  "other",
] as const;
export type ValueKind = typeof valueKinds[number];

/** How values are normalized for library size. */
export const normalizationMethods = ["none", "cpm", "tmm"] as const;
export type NormalizationMethod = typeof normalizationMethods[number];

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

export const preprocessing = defineJson(
  "prepare/preprocessing.json",
  "What the values were taken for, and how they were normalized, filtered and split",
  {
    values: word(
      valueKinds,
      "what the values look like; per million: TPM or CPM; other: FPKM, " +
        "RPKM, TPM of some genes, or the like",
    ),
    whole_share: number(
      "share of whole numbers (within 0.005) among the values above 0",
    ),
    largest_value: number("largest value of the input"),
    library_size: object(
      {
        min: number("the smallest"),
        median: number("the median"),
        max: number("the largest"),
      },
      "sums of the samples' values in the input",
    ),
    normalization: word(
      normalizationMethods,
      "cpm: divided by the library size in millions; tmm: by the effective " +
        "library size in millions",
    ),
    reference_sample: nullable(
      text("the sample that TMM compared the others with"),
    ),
    min_expression: number(
      "a gene is kept if min_samples reach this value after normalization; " +
        "0: all genes are kept",
    ),
    min_samples: integer("samples that must reach it"),
    genes_in_matrix: integer("genes of the input"),
    genes_filtered: integer("genes left out"),
    fewest_tested: nullable(
      object(
        {
          tissue: text("tissue id"),
          test_samples: integer("its samples in a single test part"),
        },
        "by which --folds auto decides: the tissue with the fewest test " +
          "samples in a single test part, of those that can be tested; empty " +
          "if the folds are given",
      ),
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
  filteredGenes,
  libraries,
  preprocessing,
  folds,
  decoys,
  expression,
  decoyValues,
  samplesPerTissue,
];
