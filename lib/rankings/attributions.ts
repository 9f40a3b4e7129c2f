/** The network's other attributions, as rankings beside SHAP's. */

import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { attributions } from "../shap/attributions/attribution.ts";
import { attributionTable } from "../shap/attributions/outputs.ts";
import type {
  NetworkScores,
  RankingMethod,
  TissueScores,
} from "./ranking_method.ts";
import { columnFinder } from "./shap_rankings.ts";

/**
 * One ranking for each attribution. None votes in a consensus: all of them, and
 * SHAP, are of the same networks.
 */
export const attributionRankings: readonly RankingMethod[] = attributions.map(
  ({ ranking, title, score, citation }) => ({
    name: ranking,
    title: `${title} of the network`,
    score: `${score}; median over the tissue's explained samples`,
    citation,
    samples: "the samples that SHAP explains",
    hasP: false,
    isQuick: () => false,
    rank: (input) => rankBy(input.network?.get(ranking) ?? [], input),
  }),
);

/** Whether a ranking is one of them, and so not a simple one. */
export function isOfNetwork(name: string): boolean {
  return attributionRankings.some((each) => each.name === name);
}

/** The rankings of those attributions that the stage `shap` has computed. */
export function madeByNetwork(network: NetworkScores): RankingMethod[] {
  return attributionRankings.filter(({ name }) => network.has(name));
}

/** As in SHAP's ranking, a gene that speaks against the tissue has no rank. */
function rankBy(
  scored: readonly TissueScores[],
  { contrasts }: Parameters<RankingMethod["rank"]>[0],
): TissueScores[] {
  return scored
    .filter((each) => contrasts.some(({ tissue }) => tissue === each.tissue))
    .map(({ tissue, scores }) => ({
      tissue,
      scores: scores.map((score) => score > 0 ? score : NaN),
    }));
}

/**
 * Reads the attributions that the stage `shap` has computed.
 *
 * @returns By the name of the ranking; empty if there are none.
 * @throws {InputError} If they name a gene that the matrix lacks.
 */
export async function readAttributions(
  context: Pick<StageContext, "read" | "has">,
  dataset: Pick<Dataset, "genes">,
): Promise<NetworkScores> {
  const found = new Map<string, TissueScores[]>();
  for (const attribution of attributions) {
    const table = attributionTable(attribution);
    if (!await context.has(table)) continue;
    const { names, first, values } = await context.read(table);
    const columns = first.map(columnFinder(dataset, table.file));
    found.set(
      attribution.ranking,
      names.map((tissue, index) => {
        const scores = new Float64Array(dataset.genes.length).fill(NaN);
        columns.forEach((column, row) => scores[column] = values[row][index]);
        return { tissue, scores };
      }),
    );
  }
  return found;
}
