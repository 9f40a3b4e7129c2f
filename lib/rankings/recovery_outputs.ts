/** The files on known genes of the stage `genesets`. */

import {
  integer,
  list,
  nullable,
  number,
  object,
  text,
  word,
} from "../store/fields.ts";
import { defineFigure } from "../store/output.ts";
import { defineTable } from "../store/table.ts";

export const recovery = defineTable(
  "genesets/recovery.csv",
  "One row per ranking, tissue and rank: the known genes down to it; only if " +
    "known genes are given or simulated",
  {
    method: text("the ranking"),
    tissue: text("the tissue"),
    truth_genes: integer("known genes of the tissue"),
    truth_genes_in_matrix: integer("of them, in the matrix"),
    k: integer("how many of the first genes are looked at"),
    hits: integer("known genes among them"),
    precision: number("hits / k, also where the ranking ends before k"),
    recall: number("hits / truth_genes_in_matrix"),
    low: number("95 % interval of the precision, Clopper and Pearson"),
    high: number("its upper end"),
    chance: number("truth_genes_in_matrix / genes of the matrix"),
    average_precision: number(
      "of the whole ranking, as scikit-learn's; genes that are not listed tie " +
        "at the end",
    ),
  },
);

export const recoveryCurves = defineTable(
  "genesets/recovery_curves.csv",
  "Precision and recall down to many ranks, fewer of them farther down; only " +
    "if known genes are given or simulated",
  {
    method: text("the ranking"),
    tissue: text("the tissue"),
    rank: integer("the last rank looked at"),
    precision: number("known genes down to it / rank"),
    recall: number("known genes down to it / known genes in the matrix"),
  },
);

const meanOverTissues = (help: string) =>
  object({
    mean: number("over the tissues"),
    low: nullable(
      number("95 % interval by the bootstrap over tissues; null for one"),
    ),
    high: nullable(number("its upper end")),
  }, help);

const rankingSummary = object({
  method: text("the ranking"),
  title: text("as the report names it"),
  tissues_without_list: integer("tissues that count as an empty list"),
  listed: integer("genes that it lists in all tissues"),
  listed_hits: integer("of them, known genes of the tissue"),
  average_precision: meanOverTissues("of the whole ranking"),
  depths: list(
    object({
      k: integer("how many of the first genes are looked at"),
      precision: meanOverTissues("known genes / k"),
      recall: meanOverTissues("known genes / known genes in the matrix"),
      difference: meanOverTissues(
        "SHAP's precision less that of this ranking, on the same tissues",
      ),
    }),
    "by rank",
  ),
});

const setSummary = object({
  method: text("the ranking that the set was made from"),
  genes: integer("genes in the set"),
  hits: integer("of them, known genes of some tissue"),
  precision: number("hits / genes"),
  recall: number("hits / known genes of all tissues"),
});

/** The part of the summary on known genes. */
export const truthSummary = object({
  source: word(["file", "simulation"], "where the known genes come from"),
  given: integer("different pairs of gene and tissue that are given"),
  used: integer("of them, with a gene and a tissue of the matrix"),
  matched_by: word(
    ["id", "name"],
    "what the file gives of a gene; name: fewer than half as many were ids",
  ),
  ambiguous_names: integer(
    "names that belong to several genes of the matrix and are left out",
  ),
  genes_not_in_matrix: integer("different known genes not in the matrix"),
  genes_filtered: integer(
    "different known genes left out because too few samples express them",
  ),
  tissues: list(text(""), "tissues that are compared"),
  tissues_not_in_matrix: list(text(""), "tissues with known genes only"),
  tissues_without_truth: list(text(""), "tissues of the matrix only"),
  chance: number("precision of genes drawn at random, mean over tissues"),
  best_possible: list(
    object({
      k: integer("how many of the first genes are looked at"),
      precision: number("min(k, known genes) / k, mean over tissues"),
    }),
    "what no ranking can exceed",
  ),
  rankings: list(rankingSummary, "SHAP first"),
  sets: list(
    setSummary,
    "the SHAP set, and sets of its size from the other rankings",
  ),
}, "how many known genes are found; null if none are known");

export const recoveryFigure = defineFigure(
  "genesets/recovery.svg",
  "Share of known genes among each tissue's first genes, by ranking",
  new URL("./figures/recovery.ts", import.meta.url),
  ({ drawRecovery }: typeof import("./figures/recovery.ts")) => drawRecovery,
);
