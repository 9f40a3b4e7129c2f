/** Genes by the weights of a ridge classifier, and its own predictions. */

import { predictRidge, type RidgeModel, trainRidge } from "../ml/ridge.ts";
import { squaredDistances } from "../ml/squared_distances.ts";
import { type Dataset, rowsById, takeRows } from "../prepare/dataset.ts";
import { rowsInIdOrder } from "../prepare/order.ts";
import { learningRows } from "../prepare/tissue_contrasts.ts";
import { classificationScores } from "../statistics/classification_scores.ts";
import type {
  RankingInput,
  RankingMethod,
  TissueScores,
} from "./ranking_method.ts";

/**
 * By what a gene adds to the classifier's output for the tissue: its weight
 * times the difference of its means. A gene that is higher in the tissue and
 * has a negative weight comes last.
 */
export const ridgeRanking: RankingMethod = {
  name: "ridge",
  title: "ridge weights",
  family: "linear classifier",
  score: "weight of the gene in the ridge classifier's output for the tissue " +
    "x (mean in the tissue - mean elsewhere)",
  citation: "ridge regression, its penalty chosen by leave-one-out: Golub, " +
    "Heath and Wahba, Technometrics 21 (1979)",
  hasP: false,
  rank: (input) =>
    input.rows.length === 0
      ? []
      : scoreGenes(input, trainOn(input.dataset, input.rows)),
  // A pair of samples is as far apart in every part.
  share: ({ dataset, rows }) => distancesAmong(dataset, rows),
  forParts({ dataset, rows }, shared) {
    const squares = takeDistances(
      rows,
      (shared as Float64Array | undefined) ?? distancesAmong(dataset, rows),
    );
    return (part) =>
      part.rows.length === 0
        ? []
        : scoreGenes(part, trainOn(dataset, part.rows, squares(part.rows)));
  },
};

function scoreGenes(
  { dataset: { genes, tissueNames }, contrasts }: RankingInput,
  { weights }: RidgeModel,
): TissueScores[] {
  return contrasts.map(({ tissue, log2FoldChange }) => {
    const from = tissueNames.indexOf(tissue) * genes.length;
    return {
      tissue,
      scores: log2FoldChange.map((change, gene) =>
        weights[from + gene] * change
      ),
    };
  });
}

/** Measures the distances between all samples. */
function distancesAmong(
  dataset: Dataset,
  rows: readonly number[],
): Float64Array {
  const taken = takeRows(dataset, rows);
  return rows.length === 0
    ? new Float64Array()
    : squaredDistances(taken, taken, dataset.genes.length);
}

/** The distances between some of the samples, from those between all. */
function takeDistances(
  rows: readonly number[],
  all: Float64Array,
): (part: readonly number[]) => Float64Array {
  const place = new Map(rows.map((row, index) => [row, index]));
  return (part) => {
    const places = part.map((row) => place.get(row)!);
    const squares = new Float64Array(part.length ** 2);
    places.forEach((from, i) =>
      places.forEach((to, j) => {
        squares[i * part.length + j] = all[from * rows.length + to];
      })
    );
    return squares;
  };
}

/** A test sample with the tissue that the classifier gave it. */
export interface RidgePrediction {
  readonly row: number;
  readonly fold: number;
  readonly predictedClass: number;
}

/** How the classifier does on the run's own splits. */
export interface RidgeTest {
  /** In the order of the samples' ids. */
  readonly predictions: readonly RidgePrediction[];
  /** The penalty that each fold's training samples chose. */
  readonly penalties: readonly { readonly fold: number; penalty: number }[];
  readonly accuracy: number;
  readonly macroF1: number;
}

/**
 * Predicts the test samples of each fold by a classifier that was trained on
 * the fold's other samples, those of the validation part among them: it stops
 * at no epoch, and so needs none to validate with.
 *
 * @returns Null if there is no test sample.
 */
export function testRidge(dataset: Dataset): RidgeTest | null {
  const { classOf, tissueNames } = dataset;
  const penalties: { fold: number; penalty: number }[] = [];
  const predictions = dataset.folds.flatMap((fold): RidgePrediction[] => {
    const rows = Array.from(rowsById(dataset, fold, "test"));
    const learned = learningRows(dataset, fold);
    if (rows.length === 0 || learned.length === 0) return [];
    const model = trainOn(dataset, learned);
    penalties.push({ fold: fold.fold, penalty: model.penalty });
    const predicted = predictRidge(model, takeRows(dataset, rows));
    return rows.map((row, index) => ({
      row,
      fold: fold.fold,
      predictedClass: predicted[index],
    }));
  });
  if (predictions.length === 0) return null;
  const place = new Map(
    rowsInIdOrder(dataset.sampleIds).map((row, index) => [row, index]),
  );
  predictions.sort((a, b) => place.get(a.row)! - place.get(b.row)!);
  const { accuracy, macroF1 } = classificationScores(
    predictions.map(({ row }) => classOf[row]),
    predictions.map(({ predictedClass }) => predictedClass),
    tissueNames.length,
  );
  return { predictions, penalties, accuracy, macroF1 };
}

function trainOn(
  dataset: Dataset,
  rows: readonly number[],
  squares?: Float64Array,
): RidgeModel {
  const { genes, tissueNames, classOf } = dataset;
  return trainRidge(
    takeRows(dataset, rows),
    rows.map((row) => classOf[row]),
    tissueNames.length,
    genes.length,
    squares,
  );
}
