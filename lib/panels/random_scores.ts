/** The scores of the random panels, to be found by their number of genes. */

import type { TaskResult } from "./panel_worker.ts";
import type { PanelPlan } from "./plan.ts";
import type { FoldScores } from "./scores.ts";

/** The random panels of a run. */
export interface RandomScores {
  /**
   * The random panels of a size with so many genes in each fold.
   *
   * @param genes By fold.
   * @returns By random panel, then by fold.
   */
  of(size: number, genes: readonly number[]): FoldScores[][];
}

/**
 * Sorts what the tasks gave.
 *
 * @param results Of the plan's random tasks, in their order.
 */
export function sortRandomScores(
  { random, seedsOf }: Pick<PanelPlan, "random" | "seedsOf">,
  results: readonly TaskResult[],
): RandomScores {
  const found = new Map<string, FoldScores[]>();
  random.forEach(({ size, fold, genes }, index) => {
    const result = results[index];
    if (result.kind !== "random") throw new TypeError("Not a random task");
    genes.forEach((count, place) => {
      const key = keyOf(size, fold, count);
      const all = found.get(key) ?? [];
      all.push(...result.scores.map((own) => own[place]));
      found.set(key, all);
    });
  });
  return {
    of: (size, genes) =>
      seedsOf.get(size)!.map((_, set) =>
        genes.map((count, fold) => found.get(keyOf(size, fold, count))![set])
      ),
  };
}

function keyOf(size: number, fold: number, genes: number): string {
  return `${size} ${fold} ${genes}`;
}
