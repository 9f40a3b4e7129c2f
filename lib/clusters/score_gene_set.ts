/** How well samples cluster by tissue, represented by the genes of a set. */

import {
  type ClusteringScores,
  clusteringScores,
} from "../statistics/clustering_scores.ts";
import { distinctRows, firstEqualRows } from "../ml/equal_rows.ts";
import { prepareKMeans } from "../ml/kmeans/kmeans.ts";
import type { KMeansMethod } from "../ml/kmeans/methods.ts";
import { principalComponents } from "../ml/pca/principal_components.ts";
import { pickColumns } from "../ml/pick_columns.ts";
import type { Embedding, Space, SpaceInput } from "./spaces/space.ts";
import { spaces } from "./spaces/spaces.ts";

/** What all gene sets share: the samples, and how they are clustered. */
export interface ClusterSetup
  extends Pick<SpaceInput, "neighbors" | "minDist" | "epochs" | "components"> {
  /** Samples x all genes, row-major; shared among workers. */
  readonly values: Float32Array;
  /** All genes. */
  readonly genes: number;
  /** Each sample's tissue, as a number. */
  readonly classes: Int32Array;
  /** k of k-means. */
  readonly clusters: number;
  readonly method: KMeansMethod;
  /** Starts of each k-means (n_init). */
  readonly restarts: number;
  /** The same in spaces of many dimensions. */
  readonly restartsHighDim: number;
  readonly maxIterations: number;
  /** Of the list of spaces. */
  readonly spacesModule: string;
}

/** One embedding, and how often it is clustered. */
export interface LayoutTask {
  /** Null for spaces in which nothing is random. */
  readonly embeddingSeed: number | null;
  /** One k-means a seed. */
  readonly kmeansSeeds: readonly number[];
}

/** A space to score a gene set in, with its seeds. */
export interface SpaceTask {
  readonly space: string;
  /** At least one; a single one for spaces in which nothing is random. */
  readonly layouts: readonly LayoutTask[];
}

export interface GeneSetTask {
  /** The set's columns of `values`. */
  readonly columns: Uint32Array;
  readonly spaces: readonly SpaceTask[];
}

export interface ScoredRepeat extends ClusteringScores {
  /** The embedding that was clustered, from 1. */
  readonly layout: number;
  readonly embeddingSeed: number | null;
  /** The run on this embedding, from 1. */
  readonly repeat: number;
  readonly kmeansSeed: number;
  readonly assignments: Int32Array<ArrayBuffer>;
}

export interface ScoredSpace {
  readonly space: string;
  /**
   * The first two dimensions of the first embedding, samples x 2; null if they
   * are not plotted.
   */
  readonly plane: Float64Array<ArrayBuffer> | null;
  /** Samples that differ by the set's genes: at most so many clusters. */
  readonly profiles: number;
  /** Embedding by embedding, as many of each. */
  readonly repeats: readonly ScoredRepeat[];
}

/** A gene set's scores, in the order of the task's spaces. */
export type ScoredGeneSet = readonly ScoredSpace[];

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

/** Embeds samples with each seed; null is no seed. */
async function embedAll(
  space: Space,
  input: Omit<SpaceInput, "seed">,
  seeds: readonly (number | null)[],
): Promise<readonly Embedding[]> {
  const given = seeds.filter((seed) => seed !== null);
  if (space.embedMany !== undefined && given.length === seeds.length) {
    return await space.embedMany({ ...input, seed: null }, given);
  }
  const embedded: Embedding[] = [];
  for (const seed of seeds) {
    embedded.push(await space.embed({ ...input, seed }));
  }
  return embedded;
}

/**
 * Embeds the samples by a gene set's columns in each space, clusters each
 * embedding by k-means with each seed, and compares each clustering with the
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
  for (const { space: name, layouts } of task.spaces) {
    const space = known.find((each) => each.name === name)!;
    const embeddings = await embedAll(
      space,
      {
        rows,
        samples,
        genes,
        neighbors: setup.neighbors,
        minDist: setup.minDist,
        epochs: setup.epochs,
        components: setup.components,
        rotated,
      },
      layouts.map(({ embeddingSeed }) => embeddingSeed),
    );
    const joined = embeddings.map(({ points, dimensions }) => ({
      points: profiles === samples
        ? points
        : joinEqual(points, dimensions, firsts),
      dimensions,
    }));
    const [{ points, dimensions }] = joined;
    scored.push({
      space: name,
      plane: space.plotTitle === null
        ? null
        : points.filter((_, index) => index % dimensions < 2),
      profiles,
      repeats: layouts.flatMap((layout, index) =>
        scoreLayout(setup, space, layout, joined[index]).map((repeat) => ({
          layout: index + 1,
          ...repeat,
        }))
      ),
    });
  }
  return scored;
}

/** Clusters one embedding with each seed. */
function scoreLayout(
  setup: ClusterSetup,
  { highDimensional }: Space,
  { embeddingSeed, kmeansSeeds }: LayoutTask,
  { points, dimensions }: Embedding,
): Omit<ScoredRepeat, "layout">[] {
  const cluster = prepareKMeans(points, dimensions, {
    clusters: setup.clusters,
    restarts: highDimensional ? setup.restartsHighDim : setup.restarts,
    maxIterations: setup.maxIterations,
    method: setup.method,
  });
  return kmeansSeeds.map((kmeansSeed, index) => {
    const { assignments } = cluster(kmeansSeed);
    return {
      embeddingSeed,
      repeat: index + 1,
      kmeansSeed,
      ...clusteringScores(setup.classes, assignments),
      assignments,
    };
  });
}
