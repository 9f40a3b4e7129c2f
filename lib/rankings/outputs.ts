/** The files of the stage `genesets`. */

import { nameColumn } from "../shap/gene_outputs.ts";
import {
  type Field,
  integer,
  list,
  nullable,
  number,
  object,
  text,
} from "../store/fields.ts";
import { coreOutputs, coreSummary } from "./core/outputs.ts";
import { defineJson } from "../store/json.ts";
import { defineTable } from "../store/table.ts";
import {
  geneTable,
  type GeneTableRow,
  rankingNames,
  scoredNames,
} from "./gene_table_outputs.ts";
import type { OwnP, RankingMethod } from "./ranking_method.ts";
import {
  recovery,
  recoveryCurves,
  recoveryFigure,
  truthSummary,
} from "./recovery_outputs.ts";
import { limmaSummary } from "./limma_outputs.ts";
import { specificity, specificitySummary } from "./specificity/outputs.ts";
import { specificGenesSummary } from "./specific_genes_outputs.ts";
import { stabilityOutputs, stabilitySummary } from "./stability/outputs.ts";
import { treesSummary } from "./trees/outputs.ts";

const listed = {
  gene: text("gene id"),
  tissue: text("the tissue"),
  rank: integer("rank in the tissue, from 1"),
};

const adjustedHelp = "p of all genes of the tissue by Benjamini and Hochberg";

/** P-values from shuffles: one meaning in all files. */
const withP = (meaning = "the gene is not higher in the tissue") => ({
  p: nullable(
    number(
      `p if ${meaning}: the share of all genes' scores that are at least as ` +
        "high in shuffles of the samples, after the differences between " +
        "tissues were removed; empty without shuffles, or if groups cannot be " +
        "told from the tissue",
    ),
  ),
  adjusted_p: nullable(number(adjustedHelp)),
});

const withOwnP = (
  { name, help, caution }: OwnP,
): Record<string, Field<number | null>> => ({
  [`${name}_p`]: nullable(number(help)),
  [`${name}_adjusted_p`]: nullable(
    number(
      `${name}_${adjustedHelp}; ${caution}`,
    ),
  ),
});

/** The files of a method: its best genes in each tissue. */
export function rankingTable(method: RankingMethod) {
  const about = `The best genes of each tissue by ${method.title}, from ` +
    `${method.samples ?? "training samples"}; only genes that are higher in ` +
    "the tissue than elsewhere";
  const fields = { ...listed, score: number(method.score) };
  return defineTable(
    `genesets/${method.name}.csv`,
    about,
    {
      ...fields,
      ...(method.hasP && withP(method.pMeaning)),
      ...(method.ownP && withOwnP(method.ownP)),
      name: nameColumn,
    },
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

export const summary = defineJson(
  "genesets/genesets.json",
  "The rankings compared in numbers",
  {
    training_samples: integer("samples that the simple rankings learn from"),
    listed_ranks: integer("genes a tissue in the rankings' files, at most"),
    shap_set_ranks: integer("the last rank that is in the SHAP set"),
    methods: list(
      object({ method: text("name"), title: text("as the report names it") }),
      "the simple rankings, first those that every run makes",
    ),
    tissues: integer("tissues whose genes are ranked"),
    consensus_without_shap: list(
      text("the tissue"),
      "the tissues in whose consensus SHAP has no vote: it has no list for " +
        "them, or explained test samples alone",
    ),
    shuffles: integer(
      "shuffles of the samples that the p of the rankings' files are made from",
    ),
    without_p: list(
      text("the tissue"),
      "the tissues whose genes have no p: none of their samples can change " +
        "places with others, as where each tissue has a single group",
    ),
    limma: nullable(limmaSummary),
    specificity: nullable(specificitySummary),
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
    core: nullable(coreSummary),
    trees: nullable(treesSummary),
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

export { geneTable, type GeneTableRow, rankingNames, scoredNames };
export { recovery, recoveryCurves, recoveryFigure };

/**
 * All that the stage writes with these methods.
 *
 * @param further Methods beside them, which the gene table does not have.
 */
export function outputsOf(
  methods: readonly RankingMethod[],
  further: readonly RankingMethod[] = [],
) {
  return [
    ...[...methods, ...further].map(rankingTable),
    specificity,
    geneTable(rankingNames(methods), further.map(({ name }) => name)),
    ...coreOutputs,
    ridgePredictions,
    recovery,
    recoveryCurves,
    summary,
    recoveryFigure,
    ...stabilityOutputs,
  ];
}
