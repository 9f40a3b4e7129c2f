/** The flags that say what is studied and how it is prepared. */

import {
  choice,
  integer,
  integerOr,
  list,
  number,
  numberOr,
  text,
  toggle,
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
    `the expression matrix, or a folder of quantified samples (${
      formats.map(({ title }) => title).join(", ")
    }; plain or gzipped); without it a demo is simulated`,
  ),
  label: text(
    "",
    "COLUMN",
    "the column (or row) that holds the tissue, in the matrix or in the sample sheet (default: the one named like tissues, or the matrix's only one of words)",
  ),
  samples: text(
    "",
    "FILE",
    "a sample sheet: a table with a row for each sample: its id, tissue, group",
  ),
  group: text(
    "",
    "COLUMN",
    "the column of groups (studies, donors), in the sample sheet or in the matrix, that the split keeps together",
  ),
  folds: integerOr(
    "auto",
    ["auto"],
    { minimum: 1, maximum: 100 },
    "test parts for cross-fitting: each sample is predicted and explained by a network that has not seen it; 1 for a single test part; auto: 1, or 5 if a tissue would have fewer than 5 test samples",
  ),
};

/**
 * How the user's files are read: flags of `prepare` that are not dotted on
 * `all`.
 */
export const readingParameters = {
  batch: text(
    "",
    "COLUMN",
    "the column of studies or batches, in the sample sheet or in the matrix, that the stage confounding compares with the tissues; the split does not look at it (default: --group)",
  ),
  "sample-column": text(
    "",
    "COLUMN",
    "the sample sheet's column of sample ids (default: the one whose content matches the matrix)",
  ),
  orient: choice(
    "auto",
    ["auto", "genes-in-rows", "samples-in-rows"],
    "which side of the matrix the genes are on; auto: recognized from the ids, the label and the sample sheet",
  ),
  ignore: list(
    "COLUMNS",
    "columns (or rows) of the matrix that are neither genes nor samples, such as age and batch",
  ),
  layer: text(
    "",
    "NAME",
    "which of several matrices in the file: of AnnData X (default), raw or a layer, of tximport abundance (default) or counts",
  ),
  tx2gene: text(
    "",
    "FILE",
    "for a folder of salmon or kallisto samples: a table with the transcript in its first column and the gene in its second; transcripts are added up to genes",
  ),
  features: text(
    "",
    "FILE",
    "a table of the genes (columns gene or gene_id, name, description) whose names and descriptions are shown beside the ids",
  ),
  "strip-versions": toggle(
    "leave out the version at the end of each gene id, such as .12 of ENSG00000141510.12",
  ),
  duplicates: choice(
    "refuse",
    ["refuse", "sum", "max", "first"],
    "what becomes of genes with the same id: refused, added up, the one with the largest mean taken, or the first",
  ),
  missing: choice(
    "refuse",
    ["refuse", "drop-genes", "drop-samples"],
    "what becomes of missing values (empty, NA, #N/A): refused, or their genes or samples left out",
  ),
  "missing-labels": choice(
    "refuse",
    ["refuse", "drop"],
    "what becomes of samples without a tissue (empty, NA, unknown): refused, or left out",
  ),
  "merge-labels": text(
    "",
    "FILE",
    "a table with the columns from and to: tissues to rename or to merge",
  ),
  "keep-tissues": list(
    "TISSUES",
    "only samples of these tissues are used (default: all)",
  ),
  "min-samples": integer(
    1,
    { minimum: 1, maximum: 1_000_000 },
    "tissues with fewer samples are left out",
  ),
  "drop-zero-samples": toggle("leave out samples whose values are all zero"),
  "drop-twins": toggle(
    "of samples with equal values and the same tissue keep the first only",
  ),
};

/** All flags of the stage. */
export const prepareParameters = {
  ...inputParameters,
  ...readingParameters,
  normalize: choice(
    "auto",
    ["auto", ...normalizationMethods],
    "for library size: none, counts per million, or these by the effective " +
      "library size (TMM); auto: cpm if the values are counts, else none",
  ),
  "min-expression": numberOr(
    "auto",
    ["auto"],
    { minimum: 0, maximum: 1e12 },
    "genes are left out that too few samples express at least so strongly, " +
      "after normalization; 0 keeps all; auto: 10 counts at the median " +
      "library size, or 1 if the values are no counts",
  ),
  "expressing-samples": integerOr(
    "auto",
    ["auto"],
    { minimum: 1, maximum: 1_000_000 },
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
    { above: 0, maximum: 1e12 },
    "added to each value before the logarithm",
  ),
  shift: number(
    0,
    { minimum: -1000, maximum: 1000 },
    "added to each logarithm",
  ),
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
  decoys: numberOr(
    "auto",
    ["auto", "knockoff"],
    { minimum: 0, maximum: 1 },
    "decoy genes, as a share of the genes: shuffled noise that shows how " +
      "noisy the ranking is; auto: a tenth of the genes, but at least 400 " +
      "or half of the genes; knockoff: instead a knockoff of every gene, " +
      "which --shap.cutoff knockoff needs",
  ),
};
