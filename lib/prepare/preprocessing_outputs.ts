/** The file on how the values were normalized, filtered and split. */

import {
  integer,
  nullable,
  number,
  object,
  text,
  word,
} from "../store/fields.ts";
import { defineJson } from "../store/json.ts";

/** What the values of a matrix are taken for. */
const valueKinds = [
  "counts",
  "per million",
  "logarithms",
  "scaled",
  "other",
] as const;
export type ValueKind = typeof valueKinds[number];

/** How values are normalized for library size. */
export const normalizationMethods = ["none", "cpm", "tmm"] as const;
export type NormalizationMethod = typeof normalizationMethods[number];

export const preprocessing = defineJson(
  "prepare/preprocessing.json",
  "What the values were taken for, and how they were normalized, filtered and split",
  {
    values: word(
      valueKinds,
      "what the values look like; per million: TPM or CPM; scaled: z-scores " +
        "or the like; other: FPKM, RPKM, TPM of some genes, or the like",
    ),
    whole_share: number(
      "share of whole numbers (within 0.005) among the values above 0",
    ),
    largest_value: number("largest value of the input"),
    smallest_value: number("smallest value of the input"),
    negative_values: integer("values of the input that are below 0"),
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
