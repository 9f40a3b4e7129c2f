/** How a step's predictions and lists of genes are judged. */

import {
  learningRows,
  tissueContrasts,
} from "../../lib/prepare/tissue_contrasts.ts";
import { ridgeRanking, testRidge } from "../../lib/rankings/ridge.ts";
import { candidatesOf } from "../../lib/selection/candidates.ts";
import { rankGenes } from "../../lib/selection/ranks.ts";
import { classificationScores } from "../../lib/statistics/classification_scores.ts";
import { mean } from "../../lib/statistics/describe.ts";
import type { Cell } from "./cell.ts";
import type { AblationStudy } from "./study.ts";

/** Ranks of a tissue that are kept and compared. */
export const LISTED = 50;

/** What a step gives. */
export type Measured = Omit<
  Cell,
  "study" | "variant" | "seed" | "settings" | "rate"
>;

/** Scores on the test samples. */
export function test(
  { dataset: { classOf, tissueNames } }: AblationStudy,
  rows: ArrayLike<number>,
  predicted: ArrayLike<number>,
) {
  const truth = Array.from(rows, (row) => classOf[row]);
  const { accuracy, macroF1 } = classificationScores(
    truth,
    predicted,
    tissueNames.length,
  );
  return {
    testSamples: truth.length,
    accuracy,
    macroF1,
    right: truth.map((own, index) => own === predicted[index] ? 1 : 0).join(""),
  };
}

/** Ranks the genes as stage shap does, and compares them with the known. */
export function judge(
  study: AblationStudy,
  scores: Float32Array,
  tissueOf: readonly string[],
) {
  const { dataset } = study;
  const contrasts = tissueContrasts(
    dataset,
    learningRows(dataset, dataset.folds[0]),
  );
  const ranked = rankGenes(
    scores,
    tissueOf,
    dataset.tissueNames,
    dataset.genes,
    candidatesOf("up", contrasts),
  );
  return judgeLists(
    study,
    new Map(ranked.map(({ tissue, order }) => [tissue, order])),
  );
}

/** Precision, the mean over the tissues with known genes. */
function judgeLists(
  { dataset: { genes }, known }: AblationStudy,
  lists: ReadonlyMap<string, ArrayLike<number>>,
) {
  const first = (count: number) =>
    mean(
      [...known].map(([tissue, own]) =>
        Array.from(lists.get(tissue) ?? []).slice(0, count)
          .filter((gene) => own.has(genes[gene])).length / count
      ),
    );
  return {
    first10: first(10),
    first50: first(50),
    lists: Object.fromEntries(
      [...lists].map(([tissue, order]) =>
        [tissue, Array.from(order).slice(0, LISTED)] as const
      ),
    ),
  };
}

/** Ridge regression, by the same samples. */
export function measureRidge(
  study: AblationStudy,
  seconds: () => number,
): Measured {
  const { dataset } = study;
  const [fold] = dataset.folds;
  const rows = learningRows(dataset, fold);
  const contrasts = tissueContrasts(dataset, rows);
  const scored = ridgeRanking.rank({ dataset, rows, contrasts });
  const lists = new Map(
    scored.map(({ tissue, scores }) => {
      const up = contrasts.find((own) => own.tissue === tissue)!.log2FoldChange;
      return [
        tissue,
        [...scores.keys()].filter((gene) => up[gene] > 0)
          .sort((a, b) => scores[b] - scores[a] || a - b),
      ] as const;
    }),
  );
  const { predictions } = testRidge({ ...dataset, folds: [fold] })!;
  return {
    weights: null,
    ...test(
      study,
      predictions.map(({ row }) => row),
      predictions.map(({ predictedClass }) => predictedClass),
    ),
    ...judgeLists(study, lists),
    ...{ below: null, right_neighbor: null, chanceSd: null },
    seconds: seconds(),
  };
}
