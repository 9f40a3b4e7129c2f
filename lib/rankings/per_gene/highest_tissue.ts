/** What to make of a statistic that tells whether any tissue differs. */

import type { RankingInput, TissueScores } from "../ranking_method.ts";

/**
 * Each gene's statistic in one tissue only.
 *
 * @param statistics By gene column; null if none can be made.
 * @param home The gene's tissue, as a place in the contrasts; -1 for none.
 */
export function inHighestTissue(
  { contrasts }: Pick<RankingInput, "contrasts">,
  statistics: Float64Array | null,
  home: (gene: number) => number,
): TissueScores[] {
  if (statistics === null) return [];
  const homes = Array.from(
    statistics,
    (each, gene) => Number.isNaN(each) ? -1 : home(gene),
  );
  return contrasts.map(({ tissue }, t) => ({
    tissue,
    scores: statistics.map((each, gene) => homes[gene] === t ? each : NaN),
  }));
}

/** The same statistics for every tissue. */
export function forAllTissues(
  { contrasts }: Pick<RankingInput, "contrasts">,
  statistics: Float64Array | null,
): TissueScores[] {
  return statistics === null
    ? []
    : contrasts.map(({ tissue }) => ({ tissue, scores: statistics }));
}
