/**
 * Our k-means against ml-kmeans, an implementation of Lloyd's algorithm
 * without short cuts: the same clusters, point by point, from the same starts.
 */

import assert from "node:assert/strict";
import { bestKMeans, prepareKMeans } from "../../../lib/ml/kmeans/kmeans.ts";
import { clusterFrom } from "../../../lib/ml/kmeans/ml_kmeans.ts";
import { prepareLloyd } from "../../../lib/ml/kmeans/lloyd.ts";
import {
  measurePairs,
  prepareByPairs,
} from "../../../lib/ml/kmeans/pairwise_lloyd.ts";
import { openStream, RandomStream } from "../../../lib/random.ts";

/** Points around a few places; whole numbers where `round` asks for ties. */
function scatter(
  count: number,
  dimensions: number,
  round: boolean,
): Float64Array {
  const { uniform } = openStream(count * dimensions, "scatter");
  const places = Array.from({ length: 5 * dimensions }, () => 6 * uniform());
  return Float64Array.from({ length: count * dimensions }, (_, at) => {
    const place = Math.floor(at / dimensions) % 5;
    const value = places[place * dimensions + at % dimensions] + 3 * uniform();
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
        const different = rows.map((row) => row.join()).flatMap(
          (text, i, all) => all.indexOf(text) === i ? [i] : [],
        );
        for (const wanted of [2, 7, 25]) {
          const clusters = Math.min(wanted, different.length);
          const options = { clusters, restarts: 1, maxIterations };
          const run = prepareKMeans(points, dimensions, options);
          for (let seed = 0; seed < 6; seed++) {
            const starts = Array.from(
              new RandomStream(seed).sample(different.length, clusters),
              (place) => rows[different[place]],
            );
            assert.deepEqual(
              [...run(seed).assignments],
              clusterFrom(rows, starts, maxIterations),
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
    assert.deepEqual(
      run(2),
      bestKMeans(points, dimensions, { ...options, seed: 2 }),
    );
  }
});

/** A descent over pairs that counts how often the plain one had to decide. */
function countPlain(points: Float64Array, dimensions: number, k: number) {
  const plain = prepareLloyd(points, dimensions, k);
  const counter = { plain: 0 };
  const descent = prepareByPairs(measurePairs(points, dimensions), k, {
    ...plain,
    descend(starts, maxIterations) {
      counter.plain++;
      plain.descend(starts, maxIterations);
    },
  });
  return { descent, counter };
}

Deno.test("where nothing is in doubt, pairs decide alone", () => {
  const { descent, counter } = countPlain(scatter(60, 30, false), 30, 5);
  for (let seed = 0; seed < 20; seed++) {
    descent.descend(new RandomStream(seed).sample(60, 5), 1000);
  }
  assert.equal(counter.plain, 0);
});

Deno.test("a point halfway between two means is left to the plain way", () => {
  // From 0 and 5 the clusters are 0, 1 and 2.7, 5, 7, with the means 0.5 and
  // 4.9: 2.7 lies 2.2 from either, but for roundings.
  const { descent, counter } = countPlain(
    Float64Array.of(0, 1, 2.7, 5, 7),
    1,
    2,
  );
  descent.descend([0, 3], 1);
  assert.equal(counter.plain, 0, "the distances to starts are exact");
  descent.descend([0, 3], 1000);
  assert.equal(counter.plain, 1);
});

Deno.test("the inertia that pairs tell of is that of the clusters", () => {
  const points = scatter(50, 20, false);
  const plain = prepareLloyd(points, 20, 4);
  const descent = prepareByPairs(measurePairs(points, 20), 4, plain);
  descent.descend([0, 1, 2, 3], 1000);
  const { inertia } = bestKMeans(points, 20, {
    clusters: 4,
    restarts: 30,
    seed: 3,
  });
  // The best of 30 starts cannot be worse than one; the limits lie around it.
  assert.ok(descent.reaches(inertia * (1 - 1e-6)));
  assert.ok(!descent.reaches(inertia * 1e6));
  assert.ok(!plain.reaches(0));
});
