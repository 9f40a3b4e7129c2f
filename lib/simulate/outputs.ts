/** The files that the simulation writes. */

import { integer, number, text, word } from "../store/fields.ts";
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
    reads: integer("reads counted in all genes: the library size"),
  },
);

export const truth = defineTable(
  "simulate/truth.csv",
  "One row per planted gene and tissue",
  {
    gene: text("gene id"),
    tissue: text(
      "the tissue in which it is planted; of kind study, the tissue that it " +
        "seems to be specific to",
    ),
    kind: word(
      ["specific", "group", "down", "study"],
      "specific: up in this tissue alone. group: up in two or three tissues, " +
        "a row for each. down: lower in this tissue than in all others. " +
        "study: not a true gene of the tissue: one study, which holds mostly " +
        "this tissue, measures it too high",
    ),
    direction: word(
      ["up", "down"],
      "whether it is higher or lower there; of kind study, whether it seems so",
    ),
    log2_fold_change: number(
      "log2 of its expected expression in that tissue / the mean of its " +
        "expected expression in each other tissue, before any tissue is mixed " +
        "with another; 0 of kind study",
    ),
  },
);

/** One planted gene in one tissue. */
export type PlantedGene = RowOf<typeof truth>;

/**
 * Whether a gene is truly higher in that tissue, so that a method should list
 * it: it is specific to it or to a group of tissues.
 */
export function isTrueUp({ kind }: Pick<PlantedGene, "kind">): boolean {
  return kind === "specific" || kind === "group";
}

export const outputs = [expression, samples, truth];
