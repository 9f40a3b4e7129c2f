/** The files that the simulation writes. */

import { number, text } from "../store/fields.ts";
import { defineFile } from "../store/output.ts";
import { defineTable, type RowOf } from "../store/table.ts";

/** Columns: `sample_id`, the genes, `tissue`. */
export const expression = defineFile(
  "simulate/expression.csv",
  "The simulated matrix: one sample per row, one gene per column, in transcripts per million",
);

export const samples = defineTable(
  "simulate/samples.csv",
  "One row per simulated sample",
  {
    sample_id: text("sample id"),
    tissue: text("its tissue"),
    study: text("its study"),
  },
);

export const truth = defineTable(
  "simulate/truth.csv",
  "One row per planted tissue-specific gene",
  {
    gene: text("gene id"),
    tissue: text("the tissue in which it is planted"),
    log2_fold_change: number(
      "log2 of its expression in that tissue / in all others",
    ),
  },
);

/** One planted gene. */
export type PlantedGene = RowOf<typeof truth>;

export const outputs = [expression, samples, truth];
