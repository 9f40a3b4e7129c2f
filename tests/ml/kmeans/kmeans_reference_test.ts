/**
 * Our k-means compared with ml-kmeans: the same clusters, point by point, and
 * the same inertia, to the last bit.
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { prepareKMeans } from "../../../lib/ml/kmeans/kmeans.ts";
import { openStream } from "../../../lib/random.ts";
import { referenceKMeans } from "./reference_kmeans.ts";

/** Points around five centers; multiples of `step`, if it is not 0. */
function scatter(
  count: number,
  dimensions: number,
  step: number,
): Float64Array {
  const { uniform } = openStream(count * dimensions, "scatter");
  const centers = Array.from({ length: 5 * dimensions }, () => 6 * uniform());
  return Float64Array.from({ length: count * dimensions }, (_, index) => {
    const center = Math.floor(index / dimensions) % 5;
    const value = centers[center * dimensions + index % dimensions] +
      3 * uniform();
    return step === 0 ? value : Math.round(value / 2) * step;
  });
}

function compare(
  points: Float64Array,
  dimensions: number,
  options: Parameters<typeof referenceKMeans>[2],
  seeds: number,
): void {
  const run = prepareKMeans(points, dimensions, options);
  for (let seed = 0; seed < seeds; seed++) {
    const { assignments, inertia } = run(seed);
    assert.deepEqual(
      { assignments: [...assignments], inertia },
      referenceKMeans(points, dimensions, options, seed),
    );
  }
}

for (const dimensions of [1, 2, 3, 8, 9, 17, 60]) {
  for (
    const { step, ties } of [
      { step: 0, ties: "no ties" },
      { step: 1, ties: "many ties" },
      { step: 0.1, ties: "ties but for roundings" },
    ]
  ) {
    for (const maxIterations of [1, 2, 10_000]) {
      const what = `${dimensions} dimensions, ${ties}, ${maxIterations}`;
      Deno.test(`the clusters are ml-kmeans's: ${what} iterations`, () => {
        const points = scatter(90, dimensions, step);
        for (const clusters of [2, 7, 25]) {
          const options = { clusters, restarts: 1, maxIterations };
          compare(points, dimensions, options, 6);
        }
      });
    }
  }
}

Deno.test("the best of several starts is the first of the best", () => {
  for (const dimensions of [2, 5, 30]) {
    for (const step of [0, 1]) {
      const points = scatter(61, dimensions, step);
      const options = { clusters: 6, restarts: 12, maxIterations: 10_000 };
      compare(points, dimensions, options, 3);
    }
  }
});

Deno.test("any number of points and clusters, from one to as many as points", () => {
  for (const dimensions of [1, 2, 10]) {
    for (const count of [1, 2, 7, 8, 9, 16, 17]) {
      const points = scatter(count, dimensions, 0);
      for (const clusters of new Set([1, 2, count - 1, count, count + 1])) {
        if (clusters < 1) continue;
        const options = { clusters, restarts: 4, maxIterations: 10_000 };
        compare(points, dimensions, options, 2);
      }
    }
  }
});

Deno.test("many points, and many of them equal", () => {
  for (const dimensions of [2, 9]) {
    const { uniform } = openStream(dimensions, "many");
    const points = Float64Array.from(
      { length: 1500 * dimensions },
      () => Math.floor(4 * uniform() ** 2) / 3,
    );
    const options = { clusters: 20, restarts: 2, maxIterations: 10_000 };
    compare(points, dimensions, options, 2);
  }
});

Deno.test("more points than pairs are kept of", () => {
  const points = scatter(4100, 9, 0);
  const options = { clusters: 3, restarts: 1, maxIterations: 4 };
  compare(points, 9, options, 1);
});

Deno.test("property: whatever the points, the result is ml-kmeans's", () => {
  const value = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.integer({ min: -1e9, max: 1e9 }).map((whole) => whole / 3e8),
    fc.constantFrom(-0, 1e-100, 1e9, -1e9),
  );
  const problem = fc.record({
    dimensions: fc.constantFrom(1, 2, 3, 9, 12),
    clusters: fc.integer({ min: 1, max: 9 }),
    restarts: fc.integer({ min: 1, max: 4 }),
    maxIterations: fc.constantFrom(1, 3, 10_000),
    seed: fc.nat(0xffff_ffff),
  }).chain((options) =>
    fc.record({
      options: fc.constant(options),
      points: fc.array(
        fc.array(value, {
          minLength: options.dimensions,
          maxLength: options.dimensions,
        }),
        { minLength: 1, maxLength: 40 },
      ),
    })
  );
  fc.assert(
    fc.property(problem, ({ options, points }) => {
      const flat = Float64Array.from(points.flat());
      const { dimensions, seed } = options;
      const { assignments, inertia } = prepareKMeans(flat, dimensions, options)(
        seed,
      );
      const expected = referenceKMeans(flat, dimensions, options, seed);
      assert.equal(inertia, expected.inertia);
      assert.deepEqual([...assignments], expected.assignments);
    }),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("runners of several points do not disturb each other", () => {
  const options = { clusters: 6, restarts: 5 };
  const sets = [2, 30, 3, 12].map((dimensions) => ({
    dimensions,
    points: scatter(70, dimensions, 0),
  }));
  const runs = sets.map(({ points, dimensions }) =>
    prepareKMeans(points, dimensions, options)
  );
  runs.forEach((run) => run(1));
  sets.forEach(({ points, dimensions }, index) =>
    assert.deepEqual(
      runs[index](2),
      prepareKMeans(points, dimensions, options)(2),
    )
  );
});
