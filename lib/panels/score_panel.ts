/** One panel of genes judged on the test samples of one fold. */

import { prepareKMeans } from "../ml/kmeans/kmeans.ts";
import { pickColumns } from "../ml/pick_columns.ts";
import { predictRidge } from "../ml/ridge.ts";
import { trainRidgeFast } from "../ml/ridge_few_features.ts";
import { clusteringScores } from "../statistics/clustering_scores.ts";
import { mean } from "../statistics/describe.ts";
import { clusterPoints } from "./cluster_points.ts";
import { PanelCentroids } from "./panel_centroids.ts";
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

/** Scores panels. One judge serves all panels, fold by fold. */
export class PanelJudge {
  readonly #centroids = new Map<JudgedFold, PanelCentroids>();

  constructor(readonly setup: JudgeSetup) {}

  /**
   * Scores a random panel: nearest centroids learned from the training samples,
   * and k-means of the test samples in the space of the panel's genes.
   *
   * @param columns At least one gene column, in the order of the genes' ids.
   */
  score(fold: JudgedFold, columns: ArrayLike<number>): FoldScores {
    return this.#scoreWithCentroids(fold, columns).scores;
  }

  /** The same with ridge and all predictions. */
  judge(fold: JudgedFold, columns: ArrayLike<number>): JudgedPanel {
    const { values, genes, classes } = this.setup;
    const { scores, centroid, test, testClasses } = this.#scoreWithCentroids(
      fold,
      columns,
    );
    const model = trainRidgeFast(
      pickColumns(values, genes, columns, fold.train),
      this.#classesOf(fold.train),
      classes,
      columns.length,
    );
    const ridge = predictRidge(model, test);
    return {
      ...scores,
      ridge: countClasses(testClasses, ridge, classes),
      predictions: { centroid, ridge },
    };
  }

  #scoreWithCentroids(fold: JudgedFold, columns: ArrayLike<number>) {
    const { values, genes, classes } = this.setup;
    const test = pickColumns(values, genes, columns, fold.test);
    const testClasses = this.#classesOf(fold.test);
    const centroid = this.#centroidsOf(fold).predict(test, columns);
    const scores: FoldScores = {
      centroid: countClasses(testClasses, centroid, classes),
      ridge: null,
      clusters: fold.clusters === 0
        ? null
        : cluster(test, testClasses, columns.length, fold),
    };
    return { scores, centroid, test, testClasses };
  }

  #classesOf(rows: Int32Array): Int32Array {
    return rows.map((row) => this.setup.classOf[row]);
  }

  #centroidsOf(fold: JudgedFold): PanelCentroids {
    let found = this.#centroids.get(fold);
    if (found === undefined) {
      found = new PanelCentroids(
        this.setup.values,
        this.setup.genes,
        this.#classesOf(fold.train),
        fold.train,
      );
      this.#centroids.set(fold, found);
    }
    return found;
  }
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
