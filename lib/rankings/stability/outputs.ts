/** The files on the stability of the simple rankings over samples. */

import {
  integer,
  list,
  nullable,
  number,
  object,
  text,
  type ValueOf,
} from "../../store/fields.ts";
import { defineFigure } from "../../store/output.ts";
import { defineTable } from "../../store/table.ts";
import { nameColumn } from "../../shap/gene_outputs.ts";
import { FREQUENT } from "./levels.ts";

const method = text("the simple ranking, or shap with --shap.halves");

const index = nullable(
  number(
    "stability index of Nogueira: 1 if every half gives the same genes, 0 on " +
      "average for random ones; empty if nothing was measured",
  ),
);

const interval = {
  low: nullable(number("95 % interval of the index, for so many halves")),
  high: nullable(number("its upper end, not cut at 1")),
};

const frequency = "share of the half samples in which the gene is among the " +
  "tissue's first genes";

/** A column of the gene table. */
export const frequencyColumn = nullable(
  number(
    `${frequency} by that ranking; empty without --genesets.halves, or if ` +
      "every half has all samples of the tissue",
  ),
);

export const frequencies = defineTable(
  "genesets/frequencies.csv",
  "One row per ranking, tissue and gene that some half of the samples " +
    "has among the tissue's first genes; the most frequent first",
  {
    method,
    tissue: text("the tissue"),
    gene: text("gene id"),
    frequency: number(frequency),
    name: nameColumn,
  },
);

export const stability = defineTable(
  "genesets/stability.csv",
  "One row per ranking and tissue: how far halves of the samples give " +
    "the same first genes",
  {
    method,
    tissue: text("the tissue"),
    samples: integer("samples of the tissue that the rankings learn from"),
    samples_in_half: number("of them, in a half: mean over the halves"),
    listed: integer("its first genes on all samples, as deep as the SHAP set"),
    recovered: nullable(
      number("of them, among the first of a half: mean over the halves"),
    ),
    index,
    ...interval,
    frequent_genes: nullable(
      integer(`genes of a frequency of at least ${FREQUENT}`),
    ),
  },
);

export const stabilitySummary = object({
  halves: integer("half samples on which the simple rankings were made again"),
  different_halves: integer(
    "of them, different ones: few groups can be halved in few ways",
  ),
  samples_in_half: number("mean over the halves"),
  whole_groups: integer("groups of several samples, each kept together"),
  shap_halves: nullable(
    integer(
      "halves, drawn in the same way, on which networks were trained: SHAP " +
        "is then the first method; null without --shap.halves",
    ),
  ),
  first: integer("a tissue's first genes that are looked at, as in the set"),
  tissues: list(text(""), "tissues that were halved; means are over these"),
  tissues_not_halved: list(
    text(""),
    "tissues all of whose samples are in every half: nothing is measured",
  ),
  methods: list(
    object({
      method,
      title: text("as the report names it"),
      listed: number("first genes of a tissue on all samples"),
      recovered: number("of them, in a half: mean over halves and tissues"),
      index,
      ...interval,
      least_stable: nullable(
        object({ tissue: text("the tissue"), index: number("its index") }),
      ),
      frequent_genes: integer(
        "pairs of a gene and a tissue of a frequency of at least " + FREQUENT,
      ),
    }),
    "by ranking",
  ),
}, "how far halves of the samples give the same genes; null if not asked for");

export type StabilitySummary = ValueOf<typeof stabilitySummary>;

export const stabilityFigure = defineFigure(
  "genesets/stability.svg",
  "Stability index of each ranking over halves of the samples, by tissue",
  new URL("../figures/stability.ts", import.meta.url),
  ({ drawStability }: typeof import("../figures/stability.ts")) =>
    drawStability,
);

/** All of them. */
export const stabilityOutputs = [frequencies, stability, stabilityFigure];
