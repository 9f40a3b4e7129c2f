/** What the stage `panels` does, and how long it takes. */

import { readSizes } from "../panels/parameters.ts";
import type { TableCosts } from "./costs.ts";
import type { RunPlan } from "./plan.ts";

/** Random panels of one size in one fold. */
export interface RandomPanels {
  readonly panels: number;
  /** Genes in each. */
  readonly genes: number;
  /** Samples that classifiers learn from. */
  readonly train: number;
  readonly test: number;
}

/** What the stage does. */
export interface PanelWork {
  readonly random: readonly RandomPanels[];
  /** K-means runs a panel. */
  readonly runs: number;
  /**
   * Samples that each ridge regression is fitted to that has more genes than
   * samples: a ranking, and the whole sets.
   */
  readonly fits: readonly number[];
  /** Folds whose genes are ranked. */
  readonly folds: number;
}

/** SHAP, SHAP on the test samples, and the simple rankings. */
const RANKINGS = 7;
/** Rankings' panels of a size have so many different numbers of genes, likely. */
const NUMBERS = 3;

/*
 * What a random panel takes, in distances of a gene: a sample's values picked
 * and added to its centroid, a pair of test samples, and a k-means run by test
 * samples. From panels of 8 to 650 genes and 240 to 4,500 samples, within a
 * factor of 2.
 */
const PICK = 400;
const PAIR = 4;
const RUN = 5e4;

/** Counts what the stage does. */
export function countPanelWork(
  { folds, genes, tissues, values }: RunPlan,
): PanelWork {
  const { sizes, sets, repeats } = values.panels;
  const counts = [...readSizes(sizes), values.shap.top]
    .map((size) => Math.min(genes, size * tissues));
  const judged = folds.filter(({ test }) => test > 0);
  return {
    runs: repeats,
    folds: judged.length,
    random: judged.flatMap(({ train, validation, test }) =>
      counts.map((genes) => ({
        panels: NUMBERS * sets,
        genes,
        train: train + validation,
        test,
      }))
    ),
    fits: judged.flatMap(({ train, validation }) => {
      const large = counts.filter((genes) => genes >= train + validation);
      const fits = 1 + RANKINGS * large.length;
      return Array<number>(fits).fill(train + validation);
    }),
  };
}

/**
 * Seconds of the random panels with all threads.
 *
 * @param threads Workers.
 */
export function randomPanelSeconds(
  { random, runs }: PanelWork,
  { distance }: TableCosts,
  threads: number,
): number {
  const units = random.reduce(
    (sum, { panels, genes, train, test }) =>
      sum + panels * (genes * (PICK * (train + test) + PAIR * test ** 2) +
          RUN * runs * test),
    0,
  );
  return units * distance / threads;
}
