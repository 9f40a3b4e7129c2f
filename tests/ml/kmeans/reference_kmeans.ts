/** K-means by ml-kmeans: Lloyd's algorithm without short cuts. */

import { kmeans } from "ml-kmeans";
import { RandomStream } from "../../../lib/random.ts";

function squaredDistance(a: readonly number[], b: readonly number[]): number {
  let square = 0;
  a.forEach((value, d) => square += (value - b[d]) * (value - b[d]));
  return square;
}

/**
 * The clusters that ml-kmeans finds from given centers. It leaves an empty
 * cluster's center where it was; here it is moved to the point farthest from
 * its own center, as scikit-learn does, and ml-kmeans goes on.
 */
function clustersFrom(
  rows: number[][],
  starts: number[][],
  maxIterations: number,
) {
  let centers = starts;
  while (true) {
    const { clusters, centroids } = kmeans(rows, centers.length, {
      initialization: centers,
      maxIterations,
      tolerance: 0,
    });
    const isEmpty = centroids.map((_, cluster) => !clusters.includes(cluster));
    if (!isEmpty.includes(true)) return { clusters, centroids };
    const distances = rows.map((row, point) =>
      squaredDistance(row, centroids[clusters[point]])
    );
    centers = centroids.map((centroid, cluster) => {
      if (!isEmpty[cluster]) return centroid;
      const farthest = distances.indexOf(Math.max(...distances));
      distances[farthest] = -1;
      return rows[farthest];
    });
  }
}

/** The best of several starts, all of them by ml-kmeans. */
export function referenceKMeans(
  points: Float64Array,
  dimensions: number,
  { clusters, restarts, maxIterations }: {
    readonly clusters: number;
    readonly restarts: number;
    readonly maxIterations: number;
  },
  seed: number,
): { assignments: number[]; inertia: number } {
  const rows = Array.from(
    { length: points.length / dimensions },
    (_, i) => [...points.subarray(i * dimensions, (i + 1) * dimensions)],
  );
  // The sum makes -0 to 0.
  const texts = rows.map((row) => row.map((value) => value + 0).join());
  const distinct = rows.filter((_, i) => texts.indexOf(texts[i]) === i);
  const k = Math.min(clusters, distinct.length);
  const stream = new RandomStream(seed);
  let best = { assignments: [] as number[], inertia: Infinity };
  for (let restart = 0; restart < restarts; restart++) {
    const starts = Array.from(
      stream.sample(distinct.length, k),
      (index) => distinct[index],
    );
    const found = clustersFrom(rows, starts, maxIterations);
    let inertia = 0;
    rows.forEach((row, point) =>
      inertia += squaredDistance(row, found.centroids[found.clusters[point]])
    );
    if (inertia < best.inertia) {
      best = { assignments: found.clusters, inertia };
    }
  }
  return best;
}
