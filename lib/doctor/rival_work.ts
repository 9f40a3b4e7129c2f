/** What the simple classifiers beside the network cost. */

import { rivalWorkers } from "../cnn/rival_workers.ts";
import type { TableCosts } from "./costs.ts";
import type { FoldCounts, RunPlan } from "./plan.ts";

/**
 * Logistic regression without validation samples, in those with them: its
 * penalty is chosen by an inner cross-validation. Measured on 100 to 800 made-up
 * samples of 8 and 24 tissues: 1.3 to 3.3, mostly about 2.
 */
const INNER = 2;

/**
 * Seconds of all of them but the network: distances and axes of the samples,
 * which ridge, the nearest centroid and the nearest neighbors share, and
 * logistic regression, beside which these three take no time. Each fold is one
 * worker's, and in the last round some may have nothing to do.
 *
 * @param folds Those with test samples.
 */
export function rivalSeconds(
  folds: readonly FoldCounts[],
  { samples, genes, tissues, settings }: Pick<
    RunPlan,
    "samples" | "genes" | "tissues" | "settings"
  >,
  { distance, eigen, logistic }: TableCosts,
): number {
  const workers = rivalWorkers({
    samples,
    genes,
    folds: folds.length,
    threads: settings.threads,
  });
  const rounds = Math.ceil(folds.length / workers);
  return rounds / Math.max(1, folds.length) * folds.reduce(
    (total, { train, validation, test }) =>
      total + distance * genes * train * (train + validation + 2 * test) +
      eigen * train ** 3 +
      logistic * train ** 2 * tissues * (validation === 0 ? INNER : 1),
    0,
  );
}
