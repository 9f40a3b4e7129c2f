/** How well the samples, seen through a gene set, cluster by tissue. */

import {
  type ClusteringScores,
  clusteringScores,
} from "../statistics/clustering_scores.ts";
import { bestKMeans } from "./kmeans.ts";
import type { Embedding } from "./space.ts";
import { findSpace } from "./spaces.ts";

/** What all gene sets share: the samples, and how they are clustered. */
export interface ClusterSetup {
  /** Samples x all genes, row-major; shared among workers. */
  readonly values: Float32Array;
  /** All genes. */
  readonly genes: number;
  /** Each sample's tissue, as a number. */
  readonly classes: Int32Array;
  /** k of k-means. */
  readonly clusters: number;
  /** Random starts of each k-means (n_init). */
  readonly restarts: number;
  readonly maxIterations: number;
  /** Neighbours a sample in the embedding. */
  readonly neighbours: number;
  /** How near two points of the embedding may come. */
  readonly minDist: number;
}

/** A gene set to score, with all seeds that it takes. */
export interface GeneSetTask {
  /** Name of a space. */
  readonly space: string;
  /** The set's columns of `values`. */
  readonly columns: Uint32Array;
  readonly embeddingSeed: number;
  /** One k-means a seed. */
  readonly kmeansSeeds: readonly number[];
}

/** One k-means and its scores. */
export interface ScoredRepeat extends ClusteringScores {
  readonly kmeansSeed: number;
  /** Each sample's cluster. */
  readonly assignments: Int32Array<ArrayBuffer>;
}

/** A gene set's embedding and the scores of its repeats. */
export interface ScoredGeneSet {
  readonly embedding: Embedding;
  readonly repeats: readonly ScoredRepeat[];
}

/**
 * Picks columns out of a row-major matrix.
 *
 * @throws {RangeError} If there is no such column.
 *
 * @example
 * ```ts
 * import { pickColumns } from "./score_gene_set.ts";
 * const values = Float32Array.of(1, 2, 3, 4, 5, 6);
 * const picked = pickColumns(values, 3, Uint32Array.of(2, 0));
 * console.assert(String(picked) === "3,1,6,4");
 * ```
 */
export function pickColumns(
  values: Float32Array,
  width: number,
  columns: Uint32Array,
): Float32Array {
  if (columns.some((column) => column >= width)) {
    throw new RangeError(`Cannot pick columns: there are only ${width}`);
  }
  const rows = values.length / width;
  const picked = new Float32Array(rows * columns.length);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (const column of columns) picked[at++] = values[row * width + column];
  }
  return picked;
}

/**
 * Embeds the samples by a gene set's columns once, clusters the embedding by
 * k-means with each seed, and scores each clustering against the tissues.
 *
 * @throws {RangeError} If the set has no gene or a value is not finite.
 *
 * @example
 * ```ts
 * import { scoreGeneSet } from "./score_gene_set.ts";
 * const setup = {
 *   values: Float32Array.of(0, 9, 1, 9, 10, 9, 11, 9), // 4 samples x 2 genes
 *   genes: 2,
 *   classes: Int32Array.of(0, 0, 1, 1),
 *   clusters: 2,
 *   restarts: 10,
 *   maxIterations: 100,
 *   neighbours: 15,
 *   minDist: 0.1,
 * };
 * const { repeats } = scoreGeneSet(setup, {
 *   space: "umap",
 *   columns: Uint32Array.of(0),
 *   embeddingSeed: 1,
 *   kmeansSeeds: [2],
 * });
 * console.assert(repeats[0].vMeasure === 1);
 * ```
 */
export function scoreGeneSet(
  setup: ClusterSetup,
  task: GeneSetTask,
): ScoredGeneSet {
  if (task.columns.length === 0) {
    throw new RangeError("Cannot score a gene set: it has no gene");
  }
  const embedding = findSpace(task.space).embed({
    rows: pickColumns(setup.values, setup.genes, task.columns),
    samples: setup.classes.length,
    genes: task.columns.length,
    neighbours: setup.neighbours,
    minDist: setup.minDist,
    seed: task.embeddingSeed,
  });
  const repeats = task.kmeansSeeds.map((seed): ScoredRepeat => {
    const { assignments } = bestKMeans(embedding.points, embedding.dimensions, {
      clusters: setup.clusters,
      restarts: setup.restarts,
      maxIterations: setup.maxIterations,
      seed,
    });
    return {
      kmeansSeed: seed,
      ...clusteringScores(setup.classes, assignments),
      assignments,
    };
  });
  return { embedding, repeats };
}
