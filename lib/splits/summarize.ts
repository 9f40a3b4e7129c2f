/** From the rows of all splits to means with intervals. */

import { countGroups } from "./draw_split.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { SHAP } from "../panels/ranked_lists.ts";
import { correctedResampling } from "../statistics/corrected_resampling.ts";
import { mean } from "../statistics/describe.ts";
import type { SplitResult } from "./measure_split.ts";
import {
  classifierNames,
  type F1Row,
  type RepeatedSplits,
  type SplitPanelRow,
} from "./outputs.ts";

/** What is put into numbers. */
export interface SplitsToSummarize {
  readonly dataset: Dataset;
  /** At least two, in their order. */
  readonly results: readonly SplitResult[];
  readonly ensemble: number;
  /** The rankings, SHAP first. */
  readonly rankings: RepeatedSplits["rankings"];
  readonly sizes: readonly number[];
}

/**
 * Summarizes the splits. A panel that has no gene in some split, and a
 * classifier that was not scored in one, have no mean.
 *
 * The share of test samples in the interval is n_test / n_train of what is
 * scored: the panels learn from validation samples, too.
 */
export function summarizeSplits(
  { dataset, results, ensemble, rankings, sizes }: SplitsToSummarize,
): RepeatedSplits {
  const rows = results.flatMap(({ classifiers }) => classifiers);
  const of = (name: F1Row["classifier"]) =>
    rows.filter(({ classifier }) => classifier === name);
  const networks = of("networks");
  const panels = results.flatMap(({ panels }) => panels);
  // By ranking and size: the panel in each split, if it is in all of them.
  const judged = rankings.flatMap(({ ranking }) =>
    sizes.map((size) => ({
      ranking,
      size,
      rows: panels.filter((row) =>
        row.ranking === ranking && row.size === size
      ),
    }))
  ).filter(({ rows }) => rows.length === results.length);
  const shapOf = new Map(
    judged.filter(({ ranking }) => ranking === SHAP)
      .map(({ size, rows }) => [size, rows]),
  );
  const panelShare = testShare(
    results.flatMap(({ classifiers: [first], ranked }) =>
      first === undefined ? [] : [{ tested: first.tested, trained: ranked }]
    ),
  );
  const scored = classifierNames.map((classifier) => ({
    classifier,
    rows: of(classifier),
  })).filter(({ rows }) => rows.length === results.length);
  return {
    samples: dataset.sampleIds.length,
    different: new Set(results.map(({ tested }) => tested)).size,
    groups: countGroups(dataset),
    tested: meanOf(networks.map(({ tested }) => tested)),
    trained: meanOf(networks.map(({ trained }) => trained)),
    ensemble,
    classifiers: scored.map(({ classifier, rows }) => ({
      classifier,
      ...intervalOf(rows.map(({ macro_f1 }) => macro_f1), testShare(rows)),
    })),
    differences: scored.filter(({ classifier }) => classifier !== "networks")
      .map(({ classifier, rows }) => ({
        classifier,
        ...intervalOf(differences(networks, rows), testShare(rows)),
      })),
    rankings: rankings.filter(({ ranking }) =>
      judged.some((panel) => panel.ranking === ranking)
    ),
    sizes: [...sizes],
    panels: judged.map(({ ranking, size, rows }) => ({
      ranking,
      size,
      ...intervalOf(rows.map(({ macro_f1 }) => macro_f1), panelShare),
    })),
    panel_differences: judged.flatMap(({ ranking, size, rows }) => {
      const own = shapOf.get(size);
      return ranking === SHAP || own === undefined ? [] : [{
        ranking,
        size,
        ...intervalOf(differences(own, rows), panelShare),
      }];
    }),
    not_judged: emptyPanels(results),
  };
}

function intervalOf(scores: readonly number[], share: number) {
  const { mean, sd, interval: [low, high] } = correctedResampling(
    scores,
    share,
  );
  return { mean, sd, low, high };
}

/** Split by split, as both are in the order of the splits. */
function differences(
  first: readonly Pick<SplitPanelRow, "macro_f1" | "split">[],
  second: readonly Pick<SplitPanelRow, "macro_f1" | "split">[],
): number[] {
  return first.map(({ split, macro_f1 }) =>
    macro_f1 - second.find((row) => row.split === split)!.macro_f1
  );
}

/** n_test / n_train, the mean over the splits. */
function testShare(
  rows: readonly Pick<F1Row, "tested" | "trained">[],
): number {
  return meanOf(rows.map(({ tested, trained }) => tested / trained));
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : mean(values);
}

/** Each once. */
function emptyPanels(results: readonly SplitResult[]) {
  const all = results.flatMap(({ empty }) => empty);
  return all.filter(({ ranking, size }, index) =>
    all.findIndex((each) => each.ranking === ranking && each.size === size) ===
      index
  );
}
