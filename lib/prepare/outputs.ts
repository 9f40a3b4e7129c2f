/** The files that the preparation writes. */

import {
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
import { defineTable } from "../store/table.ts";
import { confounderFindings } from "./review/finding_names.ts";
import { droppingFlags } from "./review/revision.ts";

/** The parts that the samples are split into, once for the whole run. */
export const splits = ["train", "validation", "test"] as const;

/** The part that a sample belongs to. */
export type Split = typeof splits[number];

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

/** How often one fact of the samples predicts another. */
const prediction = (what: string) =>
  object({
    samples: integer("samples that it was tried on, each left out in turn"),
    right: number("share that is predicted right"),
    guessed: number("share that is right by guessing"),
    bound: number("share that chance alone hardly reaches"),
  }, what);

export const input = defineJson(
  "prepare/input.json",
  "How the matrix was read, and which samples were left out",
  {
    format: nullable(text("the file's format; empty for the simulated matrix")),
    genes_in: nullable(
      word(["rows", "columns"], "the side of the file that the genes are on"),
    ),
    orientation_reason: nullable(
      text("why the genes are taken to be there, after a comma"),
    ),
    label: nullable(text("what the file calls the tissues")),
    label_from: nullable(
      word(["matrix", "sheet"], "the file that has the tissues"),
    ),
    samples: integer("samples that were read"),
    genes: integer("genes that were read"),
    dropped: list(
      object({
        flag: word(droppingFlags, "the flag that left them out"),
        samples: integer("their number"),
      }),
      "samples that were left out, in this order",
    ),
    merged: list(
      object({
        from: text("the tissue in the file"),
        to: text("its new name"),
        samples: integer("its samples"),
      }),
      "tissues that --merge-labels renamed",
    ),
    notes: list(text("a note"), "what the user should know of the reading"),
  },
);

export const review = defineJson(
  "prepare/review.json",
  "What may make the scores look better than they are",
  {
    logarithm_twice: flag(
      "the values look like logarithms, and their logarithm was taken",
    ),
    empty_samples: integer(
      "samples that hold only zeros or one value, of those that were read; " +
        "--drop-zero-samples leaves them out",
    ),
    twins: object(
      {
        samples: integer("samples with the same values as another one"),
        sets: integer("sets of samples with the same values"),
        of_several_tissues: integer(
          "samples in sets of more than one tissue",
        ),
        tested: integer("test samples, of all folds"),
        tested_with_twin: integer(
          "of these, those with a twin of the same tissue among the training " +
            "and validation samples of their fold",
        ),
      },
      "samples with equal values, of those that are used",
    ),
    confounders: list(
      object({
        column: nullable(
          text("the column of the samples; empty for the library size"),
        ),
        measure: word(
          ["categories", "numbers"],
          "categories: by the commonest tissue of the others with the same " +
            "text; numbers: by the nearest of the tissues' means, the mean " +
            "share of all tissues",
        ),
        finding: word(
          confounderFindings,
          "predicts: it predicts the tissue, and the tissue it; within: its values lie within one " +
            "tissue each; shared: tissues have one value each",
        ),
        is_group: flag("the split keeps its samples together"),
        tissue: prediction("how it predicts the tissue"),
        reverse: nullable(
          prediction("how the tissue predicts it; categories only"),
        ),
      }),
      "library size (of counts) and columns of the samples, and how they go " +
        "with the tissue",
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
