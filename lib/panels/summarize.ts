/** What the panels show in numbers. */

import type { Dataset } from "../prepare/dataset.ts";
import { find, isBetter } from "./find_rows.ts";
import { tissuesAmong } from "./judged_folds.ts";
import type { PanelRow, PanelsSummary } from "./outputs.ts";
import type { PanelPlan } from "./plan.ts";
import { type PanelRanking, SHAP, SHAP_TEST } from "./ranked_lists.ts";
import type { JudgedFold } from "./score_panel.ts";
import type { ScoreName } from "./scores.ts";

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
  rows: readonly PanelRow[],
  rivals: PanelsSummary["rivals"],
  empty: PanelPlan["empty"],
): PanelsSummary {
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
    rivals,
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

/** Rows are in the order of sizes. */
function smallestBetter(
  rows: readonly PanelRow[],
  ranking: string,
  score: ScoreName,
): number | null {
  return rows.find((row) =>
    row.ranking === ranking && row.score === score && isBetter(row)
  )?.size ?? null;
}
