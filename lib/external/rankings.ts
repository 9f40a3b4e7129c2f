/** The run's rankings, as far as the other cohort has their genes. */

import { InputError, rerun } from "../cli/errors.ts";
import { quote } from "../cli/text.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { rankingMethods } from "../rankings/methods.ts";
import { rankingTable } from "../rankings/outputs.ts";
import type { RankingMethod } from "../rankings/ranking_method.ts";
import { type Ranking, readShapLists } from "../rankings/shap_rankings.ts";
import type { Cohort } from "./cohort.ts";

/** The rankings with genes as the cohort's columns. */
export interface CohortRankings {
  /** SHAP first. A list holds no gene that the other cohort lacks. */
  readonly rankings: readonly Ranking[];
  /** The SHAP set's genes that the other cohort has, ascending. */
  readonly set: Uint32Array;
  /** Genes of the whole SHAP set. */
  readonly setGenes: number;
  /** The last rank that went into the set. */
  readonly setRanks: number;
}

/**
 * Reads SHAP's rankings and those of `genesets`. Genes that the other cohort
 * lacks are taken out of the lists, and the others move up.
 *
 * @param methods The simple rankings.
 * @throws {InputError} If a list names a gene that the matrix lacks.
 */
export async function readRankings(
  context: Pick<StageContext, "read" | "has">,
  run: Dataset,
  { columns }: Pick<Cohort, "columns">,
  methods: readonly RankingMethod[] = rankingMethods,
): Promise<CohortRankings> {
  const at = new Map(Array.from(columns, (column, index) => [column, index]));
  const shap = await readShapLists(context, run);
  const rankings: Ranking[] = [...shap.rankings];
  for (const method of methods) {
    rankings.push(await readSimple(context, run, method));
  }
  const found = (list: ArrayLike<number>) =>
    Array.from(list).flatMap((column) => at.get(column) ?? []);
  const set = new Set(shap.set.map(({ gene }) => gene));
  return {
    rankings: rankings.map(({ name, title, lists }) => ({
      name,
      title,
      lists: new Map([...lists].map(([tissue, list]) => [tissue, found(list)])),
    })),
    set: Uint32Array.from(found([...set])).sort(),
    setGenes: set.size,
    setRanks: shap.setRanks,
  };
}

async function readSimple(
  context: Pick<StageContext, "read">,
  { genes }: Dataset,
  method: RankingMethod,
): Promise<Ranking> {
  const table = rankingTable(method);
  const columnOf = new Map(genes.map((gene, column) => [gene, column]));
  const rows = (await context.read(table)).toSorted((a, b) => a.rank - b.rank);
  const lists = new Map<string, number[]>();
  for (const { gene, tissue } of rows) {
    const column = columnOf.get(gene);
    if (column === undefined) {
      throw new InputError(
        `Cannot use ${table.file}: its gene ${
          quote(gene)
        } is not in the matrix`,
        rerun("genesets", { force: true }),
      );
    }
    const list = lists.get(tissue);
    if (list === undefined) lists.set(tissue, [column]);
    else list.push(column);
  }
  return { name: method.name, title: method.title, lists };
}
