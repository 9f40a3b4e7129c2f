/** The flags that say what is studied and how it is prepared. */

import {
  choice,
  integerOr,
  number,
  numberOr,
  text,
} from "../cli/parameters.ts";
import { formats } from "./formats/formats.ts";
import { normalizationMethods } from "./outputs.ts";

/**
 * The user's files, and how often the samples are split. Every task takes
 * them. Without `input` the demo matrix is simulated.
 */
export const inputParameters = {
  input: text(
    "",
    "FILE",
    `the expression matrix, samples in rows (${
      formats.map(({ title }) => title).join(", ")
    }, plain or gzipped); without it a demo is simulated`,
  ),
  label: text(
    "",
    "COLUMN",
    "the matrix's column that holds the tissue (default: the last)",
  ),
  samples: text(
    "",
    "FILE",
    "a sample sheet with the column sample_id; goes with --group",
  ),
  group: text(
    "",
    "COLUMN",
    "the sample sheet's column of groups (studies, donors) that the split keeps together",
  ),
  folds: integerOr(
    "auto",
    ["auto"],
    { minimum: 1, maximum: 100 },
    "test parts for cross-fitting: each sample is predicted and explained by a network that has not seen it; 1 for a single test part; auto: 1, or 5 if a tissue would have fewer than 5 test samples",
  ),
};

/** All flags of the stage. */
export const prepareParameters = {
  ...inputParameters,
  normalize: choice(
    "auto",
    ["auto", ...normalizationMethods],
    "for library size: none, counts per million, or these by the effective " +
      "library size (TMM); auto: cpm if the values are counts, else none",
  ),
  "min-expression": numberOr(
    "auto",
    ["auto"],
    { minimum: 0 },
    "genes are left out that too few samples express at least so strongly, " +
      "after normalization; 0 keeps all; auto: 10 counts at the median " +
      "library size, or 1 if the values are no counts",
  ),
  "min-samples": integerOr(
    "auto",
    ["auto"],
    { minimum: 1 },
    "samples that must reach --prepare.min-expression; auto: those of the " +
      "smallest tissue, of more than 10 only 7 in 10 of the rest",
  ),
  transform: choice(
    "log2",
    ["log2", "none"],
    "log2(x + pseudocount) + shift, or the values as they are",
  ),
  pseudocount: number(
    1,
    { above: 0 },
    "added to each value before the logarithm",
  ),
  shift: number(0, {}, "added to each logarithm"),
  "test-fraction": number(
    0.2,
    { above: 0, below: 1 },
    "part of all samples to test with",
  ),
  "validation-fraction": number(
    0.1,
    { minimum: 0, below: 1 },
    "part of the remaining samples to validate with",
  ),
  decoys: number(
    0.1,
    { minimum: 0, maximum: 1 },
    "decoy genes, as a share of the genes: shuffled values that show how " +
      "many genes enter the set by chance",
  ),
};
