/** The rows of the stage's tables, and its summary. */

import type { Dataset } from "../prepare/dataset.ts";
import type { Ranking } from "../rankings/shap_rankings.ts";
import type { RowOf } from "../store/table.ts";
import { type Classified, scoreOnCommon } from "./classify.ts";
import type { Cohort } from "./cohort.ts";
import type * as files from "./outputs.ts";
import type { PanelScore } from "./panels.ts";
import { comparedTissues, type Replication } from "./replication.ts";

/** `predictions.csv`: samples by id. */
export function predictionRows(
  { dataset }: Pick<Cohort, "dataset">,
  { tissueNames }: Pick<Dataset, "tissueNames">,
  classified: readonly Classified[],
): RowOf<typeof files.predictions>[] {
  return dataset.sampleIds.flatMap((sample_id, row) =>
    classified.map((
      { classifier, view, predicted, amongCommon, probabilities },
    ) => ({
      sample_id,
      tissue: dataset.tissues[row],
      values: view,
      classifier,
      predicted: tissueNames[predicted[row]],
      predicted_common: tissueNames[amongCommon[row]],
      probability: probabilities === undefined
        ? null
        : probabilities[row * tissueNames.length + predicted[row]],
    }))
  );
}

/** `panels.csv`. */
export function panelRows(scores: readonly PanelScore[]): files.PanelRow[] {
  return scores.map(({ view, ...score }) => ({ values: view, ...score }));
}

/** How good each classifier is. */
export function summarizeScores(
  { dataset, classes }: Pick<Cohort, "dataset" | "classes">,
  { tissueNames }: Pick<Dataset, "tissueNames">,
  classified: readonly Classified[],
): files.CohortSummary["scores"] {
  const truth = dataset.classOf.map((own) => classes[own]);
  const score = (
    { classifier, view }: Classified,
    kind: "all" | "common",
    predicted: ArrayLike<number>,
  ) => {
    const { macroF1, accuracy, tissues } = scoreOnCommon(
      truth,
      predicted,
      classes,
      tissueNames.length,
    );
    return {
      classifier,
      values: view,
      classes: kind,
      macro_f1: macroF1,
      accuracy,
      tissues: tissues.map((own, index) => ({
        tissue: dataset.tissueNames[index],
        ...own,
      })),
    };
  };
  return classified.flatMap((each) => [
    score(each, "all", each.predicted),
    ...classes.length < tissueNames.length
      ? [score(each, "common", each.amongCommon)]
      : [],
  ]);
}

/** Macro F1 of giving every sample the commonest tissue. */
export function majorityMacroF1(classOf: Int32Array, classes: number): number {
  const sizes = new Float64Array(classes);
  for (const label of classOf) sizes[label]++;
  const share = Math.max(...sizes) / classOf.length;
  return 2 * share / (1 + share) / classes;
}

/** Each ranking's shares, means over the compared tissues, depth by depth. */
export function summarizeReplication(
  rankings: readonly Pick<Ranking, "name" | "title" | "lists">[],
  rows: readonly Replication[],
): files.CohortSummary["replication"] {
  const compared = comparedTissues(
    rankings,
    [...new Set(rows.map(({ tissue }) => tissue))],
  );
  return rankings.flatMap(({ name, title }) =>
    [...Map.groupBy(
      rows.filter(({ ranking }) => ranking === name),
      ({ first }) => first,
    )].map(([first, all]) => {
      const own = all.filter(({ genes, tissue }) =>
        genes > 0 && compared.includes(tissue)
      );
      const mean = (of: (row: Replication) => number | null) => {
        const shares = own.flatMap((row) => {
          const value = of(row);
          return value === null ? [] : [value / row.genes];
        });
        return shares.length === 0
          ? null
          : shares.reduce((sum, share) => sum + share, 0) / shares.length;
      };
      return {
        ranking: name,
        title,
        first,
        genes: own.reduce((sum, { genes }) => sum + genes, 0),
        tissues: own.length,
        found: own.length === 0 ? null : {
          up: mean(({ up }) => up)!,
          up_twofold: mean(({ up_twofold }) => up_twofold)!,
          significant: mean(({ significant }) => significant),
        },
        expected: own.length === 0 ? null : {
          up: mean(({ expected_up }) => expected_up)!,
          up_twofold: mean(({ expected_up_twofold }) => expected_up_twofold)!,
          significant: mean(({ expected_significant }) => expected_significant),
        },
      };
    })
  );
}
