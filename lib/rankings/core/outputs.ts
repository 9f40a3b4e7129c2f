/** The files on what the rankings have in common. */

import { nameColumn } from "../../shap/gene_outputs.ts";
import {
  integer,
  list,
  nullable,
  number,
  object,
  text,
  type ValueOf,
  word,
} from "../../store/fields.ts";
import { defineFigure } from "../../store/output.ts";
import { defineTable } from "../../store/table.ts";

export const coreGenes = defineTable(
  "genesets/core_genes.csv",
  "The genes that all rankings of --genesets.core have in common: one row per " +
    "tissue and gene, by the worst rank, then one per gene of the sets; not " +
    "written without at least two such rankings",
  {
    within: word(
      ["tissue", "sets"],
      "tissue: among as many first genes of the tissue by each ranking; sets: " +
        "in sets of one size made from each, whatever the tissue",
    ),
    tissue: nullable(text("the tissue; empty for sets")),
    gene: text("gene id"),
    name: nameColumn,
    worst_rank: nullable(integer("in the tissue; empty for sets")),
    mean_rank: nullable(number("in the tissue; empty for sets")),
    ranks: nullable(
      text("rank by each ranking, ; between them; empty for sets"),
    ),
    log2_fold_change: nullable(
      number("as in the gene table; empty for sets"),
    ),
  },
);

const spearman = "Spearman's correlation over the genes that are higher in " +
  "the tissue, those that a ranking does not list tied at its end";

export const agreement = defineTable(
  "genesets/agreement.csv",
  "One row per two rankings: how far they agree",
  {
    a: text("a ranking"),
    b: text("another one"),
    tissues: integer("tissues that both rank; means are over these"),
    jaccard: number(
      "genes that both have among a tissue's first ones / genes that one has",
    ),
    spearman: nullable(number(`${spearman}; empty without an order`)),
  },
);

/** The part of the summary on the core genes. */
export const coreSummary = object({
  rankings: list(text(""), "the rankings that must agree"),
  depth: integer("a tissue's first genes that are looked at"),
  tissues: list(
    object({
      tissue: text("the tissue"),
      genes: integer("its core genes"),
      expected: number("as many as random lists would share"),
    }),
    "by tissue",
  ),
  set_size: integer("genes in the set of each ranking, whatever the tissue"),
  set_genes: integer("genes in all of these sets"),
  set_expected: number("as many as random sets would share"),
}, "genes in common; null without two rankings of --genesets.core");

export type CoreSummary = ValueOf<typeof coreSummary>;

export const upsetFigure = defineFigure(
  "genesets/intersections.svg",
  "How many of the tissues' first genes are common to which rankings",
  new URL("../figures/intersections.ts", import.meta.url),
  ({ drawIntersections }: typeof import("../figures/intersections.ts")) =>
    drawIntersections,
);

export const agreementFigure = defineFigure(
  "genesets/agreement.svg",
  "How far each two rankings agree on the first genes and on the order of all",
  new URL("../figures/agreement.ts", import.meta.url),
  ({ drawAgreement }: typeof import("../figures/agreement.ts")) =>
    drawAgreement,
);

/** All of them. */
export const coreOutputs = [coreGenes, agreement, upsetFigure, agreementFigure];
