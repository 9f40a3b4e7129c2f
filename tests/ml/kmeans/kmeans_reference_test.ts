/**
 * Our k-means compared with ml-kmeans, Lloyd's algorithm without short cuts:
 * the same clusters, point by point, from the same starts.
 */

import assert from "node:assert/strict";
import { kmeans } from "ml-kmeans";
import { prepareKMeans } from "../../../lib/ml/kmeans/kmeans.ts";
import { prepareLloyd } from "../../../lib/ml/kmeans/lloyd.ts";
import { preparePairwiseLloyd } from "../../../lib/ml/kmeans/pairwise_lloyd.ts";
import { openStream, RandomStream } from "../../../lib/random.ts";

function squaredDistance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, d) => sum + (value - b[d]) ** 2, 0);
}

/**
 * The clusters that ml-kmeans finds from given centers. It leaves an empty
 * cluster's center where it was; here it is moved to the point farthest from
 * its own center, as scikit-learn does, and ml-kmeans goes on.
 */
function referenceClusters(
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
    const isEmpty = centroids.map((_, cluster) => !clusters.includes(cluster));
    if (!isEmpty.includes(true)) return clusters;
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

/** Points around five centers; whole numbers where `round` asks for ties. */
function scatter(
  count: number,
  dimensions: number,
  round: boolean,
): Float64Array {
  const { uniform } = openStream(count * dimensions, "scatter");
  const centers = Array.from({ length: 5 * dimensions }, () => 6 * uniform());
  return Float64Array.from({ length: count * dimensions }, (_, index) => {
    const center = Math.floor(index / dimensions) % 5;
    const value = centers[center * dimensions + index % dimensions] +
      3 * uniform();
    return round ? Math.round(value / 2) : value;
  });
}

for (const dimensions of [1, 2, 3, 8, 9, 17, 60]) {
  for (const round of [false, true]) {
    for (const maxIterations of [1, 2, 10_000]) {
      const what = `${dimensions} dimensions, ${
        round ? "many ties" : "no ties"
      }, ${maxIterations} iterations`;
      Deno.test(`the clusters are ml-kmeans's: ${what}`, () => {
        const count = 90;
        const points = scatter(count, dimensions, round);
        const rows = Array.from(
          { length: count },
          (_, i) => [
            ...points.subarray(i * dimensions, (i + 1) * dimensions),
          ],
        );
        const distinct = rows.map((row) => row.join()).flatMap(
          (text, i, all) => all.indexOf(text) === i ? [i] : [],
        );
        for (const wanted of [2, 7, 25]) {
          const clusters = Math.min(wanted, distinct.length);
          const options = { clusters, restarts: 1, maxIterations };
          const run = prepareKMeans(points, dimensions, options);
          for (let seed = 0; seed < 6; seed++) {
            const starts = Array.from(
              new RandomStream(seed).sample(distinct.length, clusters),
              (index) => rows[distinct[index]],
            );
            assert.deepEqual(
              [...run(seed).assignments],
              referenceClusters(rows, starts, maxIterations),
            );
          }
        }
      });
    }
  }
}

Deno.test("a runner finds the same for a seed, whatever it ran before", () => {
  for (const dimensions of [2, 30]) {
    const points = scatter(70, dimensions, false);
    const options = { clusters: 6, restarts: 5 };
    const run = prepareKMeans(points, dimensions, options);
    run(1);
    assert.deepEqual(run(2), prepareKMeans(points, dimensions, options)(2));
  }
});

/** The pairwise algorithm, counting how often the plain one had to decide. */
function countPlain(points: Float64Array, dimensions: number, k: number) {
  const plain = prepareLloyd(points, dimensions, k);
  const counter = { plain: 0 };
  const lloyd = preparePairwiseLloyd(points, dimensions, k, {
    ...plain,
    run(starts, maxIterations) {
      counter.plain++;
      return plain.run(starts, maxIterations);
    },
  });
  return { lloyd, counter };
}

Deno.test("without ties the pairwise algorithm decides alone", () => {
  const { lloyd, counter } = countPlain(scatter(60, 30, false), 30, 5);
  for (let seed = 0; seed < 20; seed++) {
    lloyd.run(new RandomStream(seed).sample(60, 5), 1000);
  }
  assert.equal(counter.plain, 0);
});

Deno.test("a point halfway between two means is left to the plain algorithm", () => {
  // From 0 and 5 the clusters are 0, 1 and 2.7, 5, 7, with the means 0.5 and
  // 4.9: 2.7 lies 2.2 from either, but for roundings.
  const { lloyd, counter } = countPlain(
    Float64Array.of(0, 1, 2.7, 5, 7),
    1,
    2,
  );
  lloyd.run([0, 3], 1);
  assert.equal(counter.plain, 0, "the distances to starts are exact");
  lloyd.run([0, 3], 1000);
  assert.equal(counter.plain, 1);
});

Deno.test("the pairwise algorithm knows the inertia of its clusters", () => {
  const points = scatter(50, 20, false);
  const plain = prepareLloyd(points, 20, 4);
  const lloyd = preparePairwiseLloyd(points, 20, 4, plain);
  lloyd.run([0, 1, 2, 3], 1000);
  const { inertia } = prepareKMeans(points, 20, {
    clusters: 4,
    restarts: 30,
  })(3);
  // The best of 30 starts cannot be worse than one; the limits lie around it.
  assert.ok(lloyd.exceeds(inertia * (1 - 1e-6)));
  assert.ok(!lloyd.exceeds(inertia * 1e6));
  assert.ok(!plain.exceeds(0));
});
