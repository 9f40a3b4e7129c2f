/** The table of genes with their ranks by all methods. */

import {
  contrastColumns,
  descriptionColumn,
  nameColumn,
} from "../shap/gene_outputs.ts";
import {
  type Field,
  flag,
  integer,
  nullable,
  number,
  text,
} from "../store/fields.ts";
import { defineTable, type RowOf, type Table } from "../store/table.ts";
import type { RankingMethod } from "./ranking_method.ts";
import { CONSENSUS, SHAP } from "./shap_rankings.ts";
import { isSimple } from "./simple.ts";
import { specificColumns } from "./specific_genes_outputs.ts";
import { frequencyColumn } from "./stability/outputs.ts";

const gene = text("gene id");
const tissue = text("the tissue");

/** The columns after the ranks. */
const facts = {
  ...contrastColumns,
  ...specificColumns,
  methods: integer(
    "rankings of every run that have it among the tissue's first 100",
  ),
  core: nullable(
    flag(
      "whether it is a core gene of the tissue: in core_genes.csv; empty " +
        "without rankings that must agree",
    ),
  ),
  description: descriptionColumn,
};

/** What the table has whatever the rankings. */
const tableFields = {
  gene,
  name: nameColumn,
  tissue,
  ...facts,
};

/**
 * A row of the table; it also has a `rank_NAME` and, but for the SHAP
 * consensus, a `score_NAME` for each ranking, and a `frequency_NAME` for each
 * simple one of every run.
 */
export type GeneTableRow = RowOf<Table<typeof tableFields>>;

/**
 * @param rankings The names of the rankings of every run.
 * @param further Those of further ones.
 */
export function geneTable(
  rankings: readonly string[],
  further: readonly string[] = [],
) {
  const all = [...rankings, ...further];
  const ranks: Record<string, Field<number | null>> = Object.fromEntries(
    all.map((name) => [
      `rank_${name}`,
      nullable(integer("rank by that ranking; empty if it is not listed")),
    ]),
  );
  const scores: Record<string, Field<number | null>> = Object.fromEntries(
    scoredNames(all).map((name) => [
      `score_${name}`,
      nullable(
        number(
          name === SHAP
            ? "median SHAP value, above the cutoff's rank only"
            : `the score, as in ${name}.csv; empty if the gene is not scored`,
        ),
      ),
    ]),
  );
  const frequencies = Object.fromEntries(
    rankings.filter(isSimple).map((
      name,
    ) => [`frequency_${name}`, frequencyColumn]),
  );
  return defineTable(
    "genesets/gene_table.csv",
    "One row per tissue and gene that is among the tissue's first 100 by any " +
      "ranking of every run, or in the SHAP set for it; the genes of most " +
      "rankings first; columns of further rankings only if they were made",
    {
      gene,
      name: nameColumn,
      tissue,
      ...ranks,
      ...scores,
      ...frequencies,
      ...facts,
    } as typeof tableFields,
  );
}

/** The rankings of the gene table, in the order of its columns. */
export function rankingNames(methods: readonly RankingMethod[]): string[] {
  return [SHAP, CONSENSUS, ...methods.map(({ name }) => name)];
}

/** Of all rankings, those whose scores the gene table has. */
export function scoredNames(rankings: readonly string[]): string[] {
  return rankings.filter((name) => name !== CONSENSUS);
}
