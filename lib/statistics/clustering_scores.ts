/** How well clusters agree with known classes. */

import { expectedMutualInformation } from "./expected_mutual_information.ts";

/** The agreement of clusters with classes; 1 is perfect. */
export interface ClusteringScores {
  /** 1 if every cluster holds one class only. */
  readonly homogeneity: number;
  /** 1 if every class lies in one cluster only. */
  readonly completeness: number;
  /** The harmonic mean of homogeneity and completeness (beta = 1). */
  readonly vMeasure: number;
  /** Mutual information adjusted for chance (arithmetic mean): 0 by chance. */
  readonly ami: number;
  /** The Rand index adjusted for chance: 0 by chance. */
  readonly ari: number;
}

/**
 * Counts the samples of each class, of each cluster, and in each cell that has
 * any. Labels may have gaps; only which samples share a label matters.
 */
function contingencyTable(
  classes: ArrayLike<number>,
  clusters: ArrayLike<number>,
) {
  const total = classes.length;
  if (total === 0) {
    throw new RangeError("Cannot score clusters: there is no sample");
  }
  if (clusters.length !== total) {
    throw new RangeError(
      `Cannot score clusters: ${total} classes for ${clusters.length} samples`,
    );
  }
  const toIndices = (labels: ArrayLike<number>) => {
    const indices = new Map<number, number>();
    const indexOf = Array.from(labels, (label) => {
      if (!Number.isInteger(label)) {
        throw new RangeError(
          `Cannot score clusters: a label must be a whole number, not ${label}`,
        );
      }
      if (!indices.has(label)) indices.set(label, indices.size);
      return indices.get(label)!;
    });
    const sizes = new Array<number>(indices.size).fill(0);
    for (const index of indexOf) sizes[index]++;
    return { indexOf, sizes };
  };
  const byClass = toIndices(classes);
  const byCluster = toIndices(clusters);
  const counts = new Map<number, number>();
  for (let sample = 0; sample < total; sample++) {
    const cell = byClass.indexOf[sample] * byCluster.sizes.length +
      byCluster.indexOf[sample];
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return {
    total,
    classSizes: byClass.sizes,
    clusterSizes: byCluster.sizes,
    cells: [...counts].map(([cell, count]) => ({
      classIndex: Math.floor(cell / byCluster.sizes.length),
      clusterIndex: cell % byCluster.sizes.length,
      count,
    })),
  };
}

type ContingencyTable = ReturnType<typeof contingencyTable>;

/** Shannon's entropy of a partition, in nats; exactly 0 for one part. */
function entropy(sizes: readonly number[], total: number): number {
  if (sizes.length === 1) return 0;
  return -sizes.reduce(
    (sum, size) => sum + size / total * Math.log(size / total),
    0,
  );
}

/** The mutual information of classes and clusters, in nats. */
function mutualInformation(table: ContingencyTable): number {
  const { total, classSizes, clusterSizes } = table;
  if (classSizes.length === 1 || clusterSizes.length === 1) return 0;
  let sum = 0;
  for (const { classIndex, clusterIndex, count } of table.cells) {
    const chance = classSizes[classIndex] * clusterSizes[clusterIndex] / total;
    sum += count / total * Math.log(count / chance);
  }
  return Math.max(0, sum);
}

/**
 * The mutual information adjusted for chance (Vinh et al. 2010, arithmetic
 * mean of the two entropies).
 */
function adjustedMutualInformation(table: ContingencyTable): number {
  const { total, classSizes, clusterSizes } = table;
  // For a perfect match of singletons the ratio would be 0 / 0.
  if (
    classSizes.length === clusterSizes.length &&
    table.cells.length === classSizes.length
  ) return 1;
  if (classSizes.length === 1 || clusterSizes.length === 1) return 0;
  const expected = expectedMutualInformation(classSizes, clusterSizes);
  const highest = (entropy(classSizes, total) + entropy(clusterSizes, total)) /
    2;
  return (mutualInformation(table) - expected) / (highest - expected);
}

/** The Rand index adjusted for chance (Hubert and Arabie 1985). */
function adjustedRandIndex(table: ContingencyTable): number {
  const { total, classSizes, clusterSizes, cells } = table;
  const squares = (sizes: readonly number[]) =>
    sizes.reduce((sum, size) => sum + size * size, 0);
  const inBoth = squares(cells.map(({ count }) => count));
  const inClass = squares(classSizes);
  const inCluster = squares(clusterSizes);
  // Ordered pairs of samples: together in both, in one only, in neither.
  const together = inBoth - total;
  const clusterOnly = inCluster - inBoth;
  const classOnly = inClass - inBoth;
  const apart = total * total - inClass - inCluster + inBoth;
  if (clusterOnly === 0 && classOnly === 0) return 1;
  return 2 * (together * apart - classOnly * clusterOnly) /
    ((together + classOnly) * (classOnly + apart) +
      (together + clusterOnly) * (clusterOnly + apart));
}

/**
 * Scores clusters against classes: homogeneity, completeness and V-measure
 * (Rosenberg and Hirschberg 2007), adjusted mutual information and adjusted
 * Rand index; equal to scikit-learn's.
 *
 * One class counts as homogeneous and one cluster as complete, as in
 * scikit-learn. Unlike there, no sample at all is an error.
 *
 * @param classes The class of each sample, whole numbers; gaps do not matter.
 * @param clusters The cluster of each sample, in the same order.
 * @throws {RangeError} If there is no sample, the two differ in length, or a
 * label is not a whole number.
 *
 * @example
 * ```ts
 * import { clusteringScores } from "./clustering_scores.ts";
 * const perfect = clusteringScores([0, 0, 1, 1], [5, 5, 2, 2]);
 * console.assert(perfect.vMeasure === 1 && perfect.ari === 1);
 * const lumped = clusteringScores([0, 0, 1, 1], [0, 0, 0, 0]);
 * console.assert(lumped.homogeneity === 0 && lumped.completeness === 1);
 * ```
 */
export function clusteringScores(
  classes: ArrayLike<number>,
  clusters: ArrayLike<number>,
): ClusteringScores {
  const table = contingencyTable(classes, clusters);
  const information = mutualInformation(table);
  // Rounding may exceed 1.
  const share = (whole: number) =>
    whole === 0 ? 1 : Math.min(1, information / whole);
  const homogeneity = share(entropy(table.classSizes, table.total));
  const completeness = share(entropy(table.clusterSizes, table.total));
  const both = homogeneity + completeness;
  return {
    homogeneity,
    completeness,
    vMeasure: both === 0 ? 0 : 2 * homogeneity * completeness / both,
    ami: adjustedMutualInformation(table),
    ari: adjustedRandIndex(table),
  };
}
