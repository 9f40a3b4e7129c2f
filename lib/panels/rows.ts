/** The rows of the stage's tables. */

import { rowsInIdOrder } from "../prepare/order.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { SIGNIFICANCE_LEVEL } from "../statistics/format_p.ts";
import type { RowOf } from "../store/table.ts";
import type { ComparedPanel } from "./compare.ts";
import { tissuesAmong } from "./judged_folds.ts";
import type * as files from "./outputs.ts";
import type { TaskResult } from "./panel_worker.ts";
import type { PanelPlan } from "./plan.ts";
import { type PanelRanking, SHAP, SHAP_TEST } from "./ranked_lists.ts";
import type { JudgedFold, JudgeSetup } from "./score_panel.ts";
import { scoreCounts, type ScoreName } from "./scores.ts";

/** `genes.csv`. */
export function geneRows(
  panels: readonly ComparedPanel[],
  folds: readonly JudgedFold[],
  { genes }: Pick<Dataset, "genes">,
): RowOf<typeof files.panelGenes>[] {
  return panels.flatMap(({ ranking, size, columns }) =>
    folds.flatMap(({ fold }, index) =>
      Array.from(columns[index], (column) => ({
        ranking: ranking.name,
        size,
        fold,
        gene: genes[column],
      }))
    )
  );
}

/** `null.csv`. */
export function nullRows(
  { random, seedsOf }: PanelPlan,
  results: readonly TaskResult[],
  { folds, classOf, classes }: JudgeSetup,
): RowOf<typeof files.nullPanels>[] {
  const supports = folds.map(({ test }) => {
    const support = new Int32Array(classes);
    for (const row of test) support[classOf[row]]++;
    return support;
  });
  return random.flatMap(({ size, fold, genes, seeds }, index) => {
    const result = results[index];
    if (result.kind !== "random") return [];
    const first = seedsOf.get(size)!.indexOf(seeds[0]);
    return seeds.flatMap((gene_seed, place) =>
      genes.map((count, which) => {
        const { centroid, clusters } = result.scores[place][which];
        const { accuracy, macroF1 } = scoreCounts([centroid], supports[fold]);
        return {
          size,
          random_set: first + place + 1,
          gene_seed,
          fold: folds[fold].fold,
          genes: count,
          accuracy,
          macro_f1: macroF1,
          v_measure: clusters?.vMeasure ?? null,
          ami: clusters?.ami ?? null,
          ari: clusters?.ari ?? null,
        };
      })
    );
  });
}

/** `predictions.csv`, the samples in the order of their ids. */
export function predictionRows(
  panels: readonly ComparedPanel[],
  folds: readonly JudgedFold[],
  { sampleIds, tissueNames }: Dataset,
): RowOf<typeof files.panelPredictions>[] {
  const place = new Map(
    rowsInIdOrder(sampleIds).map((row, index) => [row, index]),
  );
  const tested = folds.flatMap(({ fold, test }, index) =>
    Array.from(test, (row, sample) => ({ fold, index, row, sample }))
  ).sort((a, b) => place.get(a.row)! - place.get(b.row)!);
  return panels.flatMap(({ ranking, size, judged }) =>
    tested.flatMap(({ fold, index, row, sample }) => {
      const { predictions: { centroid, ridge } } = judged[index];
      const shared = {
        sample_id: sampleIds[row],
        fold,
        ranking: ranking.name,
        size,
      };
      return [
        {
          ...shared,
          classifier: "nearest_centroid" as const,
          predicted: tissueNames[centroid[sample]],
        },
        {
          ...shared,
          classifier: "ridge" as const,
          predicted: tissueNames[ridge[sample]],
        },
      ];
    })
  );
}

/** What was judged, and how. */
export interface Judged {
  readonly dataset: Dataset;
  readonly folds: readonly JudgedFold[];
  readonly rankings: readonly PanelRanking[];
  readonly sizes: readonly number[];
  readonly sets: number;
  readonly repeats: number;
}

/** `panels.json`. */
export function summarize(
  { dataset, folds, rankings, sizes, sets, repeats }: Judged,
  rows: readonly files.PanelRow[],
  empty: PanelPlan["empty"],
): files.PanelsSummary {
  const all = Int32Array.from(folds.flatMap(({ test }) => Array.from(test)));
  const apart = folds.filter(({ clusters }) => clusters > 0);
  return {
    samples: all.length,
    folds: folds.length,
    tissues: tissuesAmong(dataset, all),
    clustered_samples: apart.reduce((sum, { test }) => sum + test.length, 0),
    not_clustered: folds.filter(({ clusters }) => clusters === 0)
      .map(({ fold, test }) => ({
        fold,
        samples: test.length,
        tissues: tissuesAmong(dataset, test),
      })),
    sets,
    repeats,
    sizes,
    least_adjusted_p: leastAdjustedP(sizes.length, sets),
    rankings: rankings.map(({ name, title, seen }) => ({
      ranking: name,
      title,
      seen,
      smallest_macro_f1: smallestBetter(rows, name, "centroid_macro_f1"),
      smallest_ami: smallestBetter(rows, name, "ami"),
    })),
    not_judged: empty,
    optimism: sizes.flatMap((size) => {
      const gain = (score: ScoreName) => {
        const seen = find(rows, SHAP_TEST, size, score);
        const unseen = find(rows, SHAP, size, score);
        return seen && unseen ? seen.value - unseen.value : null;
      };
      const macro_f1 = gain("centroid_macro_f1");
      return macro_f1 === null ? [] : [{ size, macro_f1, ami: gain("ami") }];
    }),
  };
}

/** The smallest p that Holm leaves of so many tests against so many sets. */
export function leastAdjustedP(tests: number, sets: number): number {
  return Math.min(1, tests / (sets + 1));
}

/** The row of a ranking, size and score. */
export function find(
  rows: readonly files.PanelRow[],
  ranking: string,
  size: number,
  score: ScoreName,
): files.PanelRow | undefined {
  return rows.find((row) =>
    row.ranking === ranking && row.size === size && row.score === score
  );
}

/** Whether a panel is better than random genes by a tested score. */
export function isBetter(row: files.PanelRow | undefined): boolean {
  return (row?.adjusted_p ?? 1) < SIGNIFICANCE_LEVEL;
}

/** Rows are in the order of sizes. */
function smallestBetter(
  rows: readonly files.PanelRow[],
  ranking: string,
  score: ScoreName,
): number | null {
  return rows.find((row) =>
    row.ranking === ranking && row.score === score && isBetter(row)
  )?.size ?? null;
}
