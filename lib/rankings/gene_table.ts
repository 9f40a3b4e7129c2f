/** One row per gene and tissue, with its rank by every method. */

import { byCodeUnit } from "../cli/text.ts";
import type { GeneFacts } from "../prepare/input/expression_matrix.ts";
import type { TissueContrast } from "../prepare/tissue_contrasts.ts";
import { factsOfGenes } from "../shap/gene_facts.ts";
import type { Core } from "./core/core_genes.ts";
import { type GeneTableRow, scoredNames } from "./outputs.ts";
import type { Ranking, ShapLists } from "./shap_rankings.ts";
import type { SpecificGenes } from "./specific_genes.ts";

/** A gene within so many ranks of any method is in the table. */
const TABLE_TOP = 100;

/** What the table is made from. */
export interface GeneTableInput {
  readonly genes: readonly string[];
  readonly geneFacts: readonly GeneFacts[];
  readonly contrasts: readonly TissueContrast[];
  /** Those whose first genes are in the table. */
  readonly rankings: readonly Ranking[];
  /** Names of rankings in the table, among them those that are not there. */
  readonly columns: readonly string[];
  /** Rankings that have columns in the table, but bring no gene into it. */
  readonly further: readonly Ranking[];
  /** Null without rankings that must agree. */
  readonly core: Core | null;
  /** A gene's `frequency_NAME` in a tissue, by each simple ranking. */
  readonly frequenciesOf: (
    tissue: string,
    gene: number,
  ) => Readonly<Record<string, number | null>>;
  /** Null if the genes could not be tested. */
  readonly specificGenes: SpecificGenes | null;
  readonly set: ShapLists["set"];
  /** Ranks beyond this one are left empty. */
  readonly listed: number;
}

/**
 * The genes that are among the first 100 of a tissue by any method, or in the
 * SHAP set for it. By tissue, then by the number of methods, then by the best
 * rank.
 */
export function geneTableRows(input: GeneTableInput): GeneTableRow[] {
  const { genes, geneFacts, contrasts, rankings, further, set, listed } = input;
  const all = [...rankings, ...further];
  const columns = [...input.columns, ...further.map(({ name }) => name)];
  const factsOf = factsOfGenes(contrasts, geneFacts);
  return contrasts.flatMap(({ tissue }) => {
    const ranksOf = all.map(({ lists }) => {
      const list = lists.get(tissue) ?? [];
      return new Map(
        Array.from(list).slice(0, listed).map((gene, index) =>
          [gene, index + 1] as const
        ),
      );
    });
    const found = input.core?.tissues.find((own) => own.tissue === tissue);
    const core = found && new Set(found.genes.map(({ gene }) => gene));
    const tested = input.specificGenes?.tissues
      .find((own) => own.tissue === tissue);
    const inTable = new Set(
      set.filter((each) => each.tissue === tissue).map(({ gene }) => gene),
    );
    for (const ranks of ranksOf.slice(0, rankings.length)) {
      for (const [gene, rank] of ranks) {
        if (rank <= TABLE_TOP) inTable.add(gene);
      }
    }
    return [...inTable].map((gene) => {
      const ranks = ranksOf.map((ranks) => ranks.get(gene) ?? null);
      const known = ranks.slice(0, rankings.length)
        .filter((rank) => rank !== null);
      return {
        best: Math.min(...known),
        row: {
          tissue,
          gene: genes[gene],
          methods: known.filter((rank) => rank <= TABLE_TOP).length,
          ...Object.fromEntries(
            columns.map((column) => {
              const index = all.findIndex(({ name }) => name === column);
              return [`rank_${column}`, ranks[index] ?? null];
            }),
          ),
          ...Object.fromEntries(
            scoredNames(columns).map((column) => [
              `score_${column}`,
              all.find(({ name }) => name === column)
                ?.scoreOf?.(tissue, gene) ?? null,
            ]),
          ),
          ...input.frequenciesOf(tissue, gene),
          ...factsOf(tissue, gene),
          specific_p: tested?.p[gene] ?? null,
          specific_adjusted: tested?.adjusted[gene] ?? null,
          core: core?.has(gene) ?? null,
          description: geneFacts[gene].description,
        } as GeneTableRow,
      };
    }).sort((a, b) =>
      b.row.methods - a.row.methods || a.best - b.best ||
      byCodeUnit(a.row.gene, b.row.gene)
    ).map(({ row }) => row);
  });
}
