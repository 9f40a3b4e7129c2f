/** The run's rankings, as far as the other cohort has their genes. */

import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { rankingMethods } from "../rankings/methods.ts";
import type { RankingMethod } from "../rankings/ranking_method.ts";
import { readRanking } from "../rankings/read_ranking.ts";
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
    rankings.push(await readRanking(context, run, method));
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
