/** How well samples cluster by tissue, represented by the genes of a set. */

import {
  type ClusteringScores,
  clusteringScores,
} from "../statistics/clustering_scores.ts";
import { distinctRows, firstEqualRows } from "../ml/equal_rows.ts";
import { prepareKMeans } from "../ml/kmeans/kmeans.ts";
import { principalComponents } from "../ml/pca/principal_components.ts";
import type { Embedding, Space, SpaceInput } from "./spaces/space.ts";
import { spaces } from "./spaces/spaces.ts";

/** What all gene sets share: the samples, and how they are clustered. */
export interface ClusterSetup
  extends Pick<SpaceInput, "neighbors" | "minDist" | "components"> {
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
  /** The same in spaces of many dimensions. */
  readonly restartsHighDim: number;
  readonly maxIterations: number;
  /** Of the list of spaces. */
  readonly spacesModule: string;
}

/** A space to score a gene set in, with its seeds. */
export interface SpaceTask {
  readonly space: string;
  /** Null for spaces in which nothing is random. */
  readonly embeddingSeed: number | null;
  /** One k-means a seed. */
  readonly kmeansSeeds: readonly number[];
}

export interface GeneSetTask {
  /** The set's columns of `values`. */
  readonly columns: Uint32Array;
  readonly spaces: readonly SpaceTask[];
}

export interface ScoredRepeat extends ClusteringScores {
  readonly kmeansSeed: number;
  readonly assignments: Int32Array<ArrayBuffer>;
}

export interface ScoredSpace extends Omit<SpaceTask, "kmeansSeeds"> {
  /** The first two dimensions, samples x 2; null if they are not plotted. */
  readonly plane: Float64Array<ArrayBuffer> | null;
  /** Samples that differ by the set's genes: at most so many clusters. */
  readonly profiles: number;
  readonly repeats: readonly ScoredRepeat[];
}

/** A gene set's scores, in the order of the task's spaces. */
export type ScoredGeneSet = readonly ScoredSpace[];

/** Picks columns out of a row-major matrix. */
export function pickColumns(
  values: Float32Array,
  width: number,
  columns: Uint32Array,
): Float32Array {
  const rows = values.length / width;
  const picked = new Float32Array(rows * columns.length);
  let index = 0;
  for (let row = 0; row < rows; row++) {
    for (const column of columns) {
      picked[index++] = values[row * width + column];
    }
  }
  return picked;
}

/**
 * Gives every sample the place of the first one with the same values. An
 * embedding places them side by side, but for roundings, by which k-means would
 * tell them apart.
 */
function joinEqual(
  points: Float64Array<ArrayBuffer>,
  dimensions: number,
  firsts: Int32Array,
): Float64Array<ArrayBuffer> {
  const joined = points.slice();
  firsts.forEach((first, sample) => {
    if (first === sample) return;
    const start = first * dimensions;
    joined.set(points.subarray(start, start + dimensions), sample * dimensions);
  });
  return joined;
}

/**
 * Embeds the samples by a gene set's columns, once in each space, clusters
 * them there by k-means with each seed, and compares each clustering with the
 * tissues. Samples with the same values are always in the same cluster.
 *
 * @throws {RangeError} If a value is not finite.
 */
export async function scoreGeneSet(
  setup: ClusterSetup,
  task: GeneSetTask,
  known: readonly Space[] = spaces,
): Promise<ScoredGeneSet> {
  const genes = task.columns.length;
  const rows = pickColumns(setup.values, setup.genes, task.columns);
  const samples = setup.classes.length;
  const firsts = firstEqualRows(rows, genes);
  const profiles = distinctRows(firsts).length;
  let components: Embedding | undefined;
  const rotated = () =>
    components ??= principalComponents(rows, samples, genes);
  const scored: ScoredSpace[] = [];
  for (const { space, embeddingSeed, kmeansSeeds } of task.spaces) {
    const { embed, plotTitle, highDimensional } = known.find(({ name }) =>
      name === space
    )!;
    const { points: embedded, dimensions } = await embed({
      rows,
      samples,
      genes,
      neighbors: setup.neighbors,
      minDist: setup.minDist,
      components: setup.components,
      rotated,
      seed: embeddingSeed,
    });
    const points = profiles === samples
      ? embedded
      : joinEqual(embedded, dimensions, firsts);
    const cluster = prepareKMeans(points, dimensions, {
      clusters: setup.clusters,
      restarts: highDimensional ? setup.restartsHighDim : setup.restarts,
      maxIterations: setup.maxIterations,
    });
    scored.push({
      space,
      embeddingSeed,
      plane: plotTitle === null
        ? null
        : points.filter((_, index) => index % dimensions < 2),
      profiles,
      repeats: kmeansSeeds.map((kmeansSeed) => {
        const { assignments } = cluster(kmeansSeed);
        return {
          kmeansSeed,
          ...clusteringScores(setup.classes, assignments),
          assignments,
        };
      }),
    });
  }
  return scored;
}
