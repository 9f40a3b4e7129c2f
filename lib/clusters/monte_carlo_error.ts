/** How much the luck of layouts and k-means runs moves a set's score. */

import { nestedError } from "../statistics/nested_error.ts";
import type { ScoredRepeat } from "./score_gene_set.ts";

/**
 * The Monte Carlo error of a set's mean score in a space: the standard error
 * over its embeddings or, where nothing in the space is random, over its k-means
 * runs.
 *
 * @param runs As many of each embedding.
 * @param scoreOf The score of a run.
 * @returns Null where a single one does not tell.
 */
export function monteCarloError<
  Run extends Pick<ScoredRepeat, "layout" | "embeddingSeed" | "repeat">,
>(runs: readonly Run[], scoreOf: (run: Run) => number): number | null {
  const isRandom = runs.some(({ embeddingSeed }) => embeddingSeed !== null);
  const groups = Map.groupBy(
    runs,
    ({ layout, repeat }) => isRandom ? layout : repeat,
  );
  return nestedError([...groups.values()].map((own) => own.map(scoreOf)));
}
