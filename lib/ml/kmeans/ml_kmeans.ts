/** The clusters that ml-kmeans finds from given centers. */

import { kmeans } from "ml-kmeans";

function squaredDistance(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d] - b[d]) ** 2;
  return sum;
}

/**
 * One descent of Lloyd's algorithm by ml-kmeans. It leaves an empty cluster's
 * center where it was; here it is moved to the point that lies farthest from
 * its own center, as scikit-learn does, and the descent goes on.
 *
 * @param rows The points, all finite.
 * @param starts Centers to start from, at most as many as there are different
 * points.
 * @param maxIterations Iterations after which it is given up as it is.
 * @returns The cluster of each point.
 */
export function clusterFrom(
  rows: number[][],
  starts: number[][],
  maxIterations: number,
): number[] {
  let centers = starts;
  while (true) {
    const { clusters, centroids } = kmeans(rows, centers.length, {
      initialization: centers,
      maxIterations,
      tolerance: 0,
    });
    const sizes = new Int32Array(centroids.length);
    for (const cluster of clusters) sizes[cluster]++;
    if (!sizes.includes(0)) return clusters;
    const distances = rows.map((row, point) =>
      squaredDistance(row, centroids[clusters[point]])
    );
    centers = centroids.map((centroid, cluster) => {
      if (sizes[cluster] > 0) return centroid;
      const farthest = distances.indexOf(Math.max(...distances));
      distances[farthest] = -1;
      return rows[farthest];
    });
  }
}
