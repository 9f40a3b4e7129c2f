/** The lists of genes whose terms are looked for. */

import { InputError, rerun } from "../cli/errors.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { rankingMethods } from "../rankings/methods.ts";
import { readRanking } from "../rankings/read_ranking.ts";
import {
  CONSENSUS,
  type Ranking,
  readShapLists,
  SHAP,
} from "../rankings/shap_rankings.ts";

/** The names of all rankings, in the order of tables and figures. */
export function knownRankings(): string[] {
  return [SHAP, CONSENSUS, ...rankingMethods.map(({ name }) => name)];
}

/**
 * Reads the rankings that are asked for, in the order of `knownRankings`
 * whatever that of their names, cut after the first genes.
 *
 * @param top Genes of each tissue; a list may end before.
 * @throws {InputError} If a list names a gene that the matrix lacks, or there
 * is no consensus of several networks and it is asked for.
 */
export async function readLists(
  context: Pick<StageContext, "read" | "has">,
  dataset: Pick<Dataset, "genes">,
  names: readonly string[],
  top: number,
): Promise<Ranking[]> {
  const rankings: Ranking[] = [];
  if (names.includes(SHAP) || names.includes(CONSENSUS)) {
    const shap = (await readShapLists(context, dataset)).rankings;
    rankings.push(...shap.filter(({ name }) => names.includes(name)));
  }
  if (
    names.includes(CONSENSUS) &&
    !rankings.some(({ name }) => name === CONSENSUS)
  ) {
    throw new InputError(
      `Cannot look for terms of ${CONSENSUS}: the run has one network, and a ` +
        "consensus is one of several",
      rerun("enrichment", {
        methods: names.filter((name) => name !== CONSENSUS).concat(
          names.includes(SHAP) ? [] : [SHAP],
        ),
      }),
    );
  }
  for (const method of rankingMethods) {
    if (!names.includes(method.name)) continue;
    rankings.push(await readRanking(context, dataset, method));
  }
  return rankings.map(({ name, title, lists }) => ({
    name,
    title,
    lists: new Map(
      [...lists].map((
        [tissue, list],
      ) => [tissue, Array.from(list).slice(0, top)]),
    ),
  }));
}
