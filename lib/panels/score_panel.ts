/** One panel of genes judged on the test samples of one fold. */

import { nearestCentroid } from "../ml/baselines.ts";
import { prepareKMeans } from "../ml/kmeans/kmeans.ts";
import { predictRidge } from "../ml/ridge.ts";
import { trainRidgeFast } from "../ml/ridge_few_features.ts";
import { clusteringScores } from "../statistics/clustering_scores.ts";
import { mean } from "../statistics/describe.ts";
import { clusterPoints } from "./cluster_points.ts";
import { countClasses, type FoldScores } from "./scores.ts";

/** Random starts of each k-means, as of `clusters` in gene space. */
const RESTARTS = 10;

/** A fold's samples, as rows of the matrix in the order of their ids. */
export interface JudgedFold {
  readonly fold: number;
  /** Training and validation samples: what classifiers learn from. */
  readonly train: Int32Array;
  /** Test samples. */
  readonly test: Int32Array;
  /** k of k-means; 0 for test samples that cannot be clustered. */
  readonly clusters: number;
  /** One k-means run a seed, the same for all panels. */
  readonly kmeansSeeds: readonly number[];
}

/** What all panels share. */
export interface JudgeSetup {
  /** Samples x genes, row-major; shared among workers. */
  readonly values: Float32Array;
  /** Genes of the matrix. */
  readonly genes: number;
  /** Each sample's tissue, as a number. */
  readonly classOf: Int32Array;
  readonly classes: number;
  /** The gene columns in the order of the genes' ids. */
  readonly byId: Uint32Array;
  readonly folds: readonly JudgedFold[];
}

/** A panel's scores with the predictions behind them, by test sample. */
export interface JudgedPanel extends FoldScores {
  readonly predictions: {
    readonly centroid: Int32Array;
    readonly ridge: Int32Array;
  };
}

/**
 * Scores a random panel: nearest centroids learned from the training samples,
 * and k-means of the test samples in the space of the panel's genes.
 *
 * @param columns At least one gene column, in the order of the genes' ids.
 */
export function scorePanel(
  setup: JudgeSetup,
  fold: JudgedFold,
  columns: ArrayLike<number>,
): FoldScores {
  return scoreWithCentroids(setup, fold, columns).scores;
}

/** The same with ridge and all predictions. */
export function judgePanel(
  setup: JudgeSetup,
  fold: JudgedFold,
  columns: ArrayLike<number>,
): JudgedPanel {
  const { scores, centroid, picked } = scoreWithCentroids(setup, fold, columns);
  const model = trainRidgeFast(
    picked.train,
    picked.trainClasses,
    setup.classes,
    columns.length,
  );
  const ridge = predictRidge(model, picked.test);
  return {
    ...scores,
    ridge: countClasses(picked.testClasses, ridge, setup.classes),
    predictions: { centroid, ridge },
  };
}

function scoreWithCentroids(
  setup: JudgeSetup,
  fold: JudgedFold,
  columns: ArrayLike<number>,
) {
  const picked = {
    train: pick(setup, fold.train, columns),
    test: pick(setup, fold.test, columns),
    trainClasses: fold.train.map((row) => setup.classOf[row]),
    testClasses: fold.test.map((row) => setup.classOf[row]),
  };
  const centroid = nearestCentroid(
    picked.train,
    picked.trainClasses,
    picked.test,
    columns.length,
  );
  const scores: FoldScores = {
    centroid: countClasses(picked.testClasses, centroid, setup.classes),
    ridge: null,
    clusters: fold.clusters === 0
      ? null
      : cluster(picked.test, picked.testClasses, columns.length, fold),
  };
  return { scores, centroid, picked };
}

function cluster(
  test: Float32Array,
  classes: Int32Array,
  genes: number,
  { clusters, kmeansSeeds }: JudgedFold,
): FoldScores["clusters"] {
  const { points, dimensions } = clusterPoints(test, classes.length, genes);
  const run = prepareKMeans(points, dimensions, {
    clusters,
    restarts: RESTARTS,
  });
  const scores = kmeansSeeds.map((seed) =>
    clusteringScores(classes, run(seed).assignments)
  );
  return {
    vMeasure: mean(scores.map(({ vMeasure }) => vMeasure)),
    ami: mean(scores.map(({ ami }) => ami)),
    ari: mean(scores.map(({ ari }) => ari)),
  };
}

/** Some samples by some genes, row-major. */
function pick(
  { values, genes }: JudgeSetup,
  rows: Int32Array,
  columns: ArrayLike<number>,
): Float32Array {
  const picked = new Float32Array(rows.length * columns.length);
  let index = 0;
  for (const row of rows) {
    for (let each = 0; each < columns.length; each++) {
      picked[index++] = values[row * genes + columns[each]];
    }
  }
  return picked;
}
