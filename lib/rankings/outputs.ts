/** The files of the stage `genesets`. */

import {
  contrastColumns,
  descriptionColumn,
  nameColumn,
} from "../shap/gene_outputs.ts";
import {
  type Field,
  integer,
  list,
  nullable,
  number,
  object,
  text,
  word,
} from "../store/fields.ts";
import { defineJson } from "../store/json.ts";
import { defineFigure } from "../store/output.ts";
import { defineTable, type RowOf, type Table } from "../store/table.ts";
import type { RankingMethod } from "./ranking_method.ts";
import { CONSENSUS, SHAP } from "./shap_rankings.ts";
import {
  specificColumns,
  specificGenesSummary,
} from "./specific_genes_outputs.ts";
import {
  frequencyColumn,
  stabilityOutputs,
  stabilitySummary,
} from "./stability/outputs.ts";

const listed = {
  gene: text("gene id"),
  tissue: text("the tissue"),
  rank: integer("rank in the tissue, from 1"),
};

const withP = {
  p: nullable(
    number("one-sided, of independent samples; at least 5e-324"),
  ),
  adjusted_p: nullable(
    number("p of all genes of the tissue by Benjamini and Hochberg"),
  ),
};

/** The files of a method: its best genes in each tissue. */
export function rankingTable(method: RankingMethod) {
  const about = `The best genes of each tissue by ${method.title}, from ` +
    "training samples; only genes that are higher in the tissue than elsewhere";
  const fields = { ...listed, score: number(method.score) };
  return defineTable(
    `genesets/${method.name}.csv`,
    about,
    {
      ...fields,
      ...(method.hasP && withP),
      name: nameColumn,
    },
  );
}

/** The columns after the ranks. */
const facts = {
  ...contrastColumns,
  ...specificColumns,
  methods: integer("rankings that have it among the tissue's first 100"),
  description: descriptionColumn,
};

/** What the table has whatever the rankings. */
const tableFields = {
  gene: listed.gene,
  name: nameColumn,
  tissue: listed.tissue,
  ...facts,
};

/**
 * A row of the table; it also has a `rank_NAME` for each ranking, and a
 * `frequency_NAME` for each simple one.
 */
export type GeneTableRow = RowOf<Table<typeof tableFields>>;

/** @param rankings The names of all rankings that there may be. */
export function geneTable(rankings: readonly string[]) {
  const ranks: Record<string, Field<number | null>> = Object.fromEntries(
    rankings.map((name) => [
      `rank_${name}`,
      nullable(integer("rank by that ranking; empty if it is not listed")),
    ]),
  );
  const frequencies = Object.fromEntries(
    simpleNames(rankings).map((name) => [`frequency_${name}`, frequencyColumn]),
  );
  const { gene, tissue } = listed;
  return defineTable(
    "genesets/gene_table.csv",
    "One row per tissue and gene that is among the tissue's first 100 by any " +
      "ranking, or in the SHAP set for it; the genes of most rankings first",
    {
      gene,
      name: nameColumn,
      tissue,
      ...ranks,
      ...frequencies,
      ...facts,
    } as typeof tableFields,
  );
}

export const ridgePredictions = defineTable(
  "genesets/ridge_predictions.csv",
  "One row per test sample: what a ridge classifier predicts that learned " +
    "from the other samples of the run's own splits",
  {
    sample_id: text("sample id"),
    fold: integer("the fold that tests the sample, from 1"),
    tissue: text("its tissue"),
    predicted: text("the tissue of the classifier's largest output"),
  },
);

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

const truthSummary = object({
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

export const summary = defineJson(
  "genesets/genesets.json",
  "The rankings compared in numbers",
  {
    training_samples: integer("samples that the simple rankings learn from"),
    listed_ranks: integer("genes a tissue in the rankings' files, at most"),
    shap_set_ranks: integer("the last rank that is in the SHAP set"),
    methods: list(
      object({ method: text("name"), title: text("as the report names it") }),
      "the simple rankings",
    ),
    overlaps: list(
      object({
        method: text("a ranking other than SHAP"),
        tissue: text("the tissue"),
        genes: integer("SHAP's first genes that are compared, at most 100"),
        shared: integer("of them, in the other ranking down to the same rank"),
      }),
      "by ranking and tissue",
    ),
    ridge: nullable(object({
      test_samples: integer("test samples predicted"),
      accuracy: number("share of them predicted right"),
      macro_f1: number("mean over tissues of F1"),
      penalties: list(
        object({
          fold: integer("the fold, from 1"),
          penalty: number("lambda, chosen by leave-one-out"),
        }),
        "by fold",
      ),
    }, "the ridge classifier on the run's splits; null without test samples")),
    stability: nullable(stabilitySummary),
    specific_genes: nullable(specificGenesSummary),
    truth: nullable(truthSummary),
  },
);

export type GenesetsSummary = ReturnType<typeof summary.parse>;
export type SpecificGenesSummary = NonNullable<
  GenesetsSummary["specific_genes"]
>;
export type TruthSummary = NonNullable<GenesetsSummary["truth"]>;

export const recoveryFigure = defineFigure(
  "genesets/recovery.svg",
  "Share of known genes among each tissue's first genes, by ranking",
  new URL("./figures/recovery.ts", import.meta.url),
  ({ drawRecovery }: typeof import("./figures/recovery.ts")) => drawRecovery,
);

/** All that the stage writes with these methods. */
export function outputsOf(methods: readonly RankingMethod[]) {
  return [
    ...methods.map(rankingTable),
    geneTable(rankingNames(methods)),
    ridgePredictions,
    recovery,
    recoveryCurves,
    summary,
    recoveryFigure,
    ...stabilityOutputs,
  ];
}

/** All rankings that there may be in a run, in the order of tables. */
export function rankingNames(methods: readonly RankingMethod[]): string[] {
  return [SHAP, CONSENSUS, ...methods.map(({ name }) => name)];
}

/** Of all rankings, those that are made without a network. */
export function simpleNames(rankings: readonly string[]): string[] {
  return rankings.filter((name) => name !== SHAP && name !== CONSENSUS);
}
