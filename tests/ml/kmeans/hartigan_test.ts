/** Hartigan's method: `tests/fixtures/ml/kmeans_agreed.py` and its own rules. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { kmeans } from "ml-kmeans";
import { prepareKMeans } from "../../../lib/ml/kmeans/kmeans.ts";
import { openStream } from "../../../lib/random.ts";
import golden from "../../fixtures/ml/kmeans_agreed.json" with { type: "json" };
import many from "../../fixtures/ml/kmeans.json" with { type: "json" };

const method = "hartigan";

/** Points of overlapping groups in many dimensions. */
function groups(count: number, dimensions: number, seed: number): Float64Array {
  const { uniform } = openStream(seed, "groups");
  const centers = Array.from({ length: 6 * dimensions }, uniform);
  return Float64Array.from(
    { length: count * dimensions },
    (_, index) =>
      centers[
        (Math.floor(index / dimensions) % 6) * dimensions + index % dimensions
      ] + 2 * (uniform() + uniform() - 1),
  );
}

/** Rows, the means of their clusters and the sizes. */
function describe(
  points: Float64Array,
  dimensions: number,
  assignments: Int32Array,
) {
  const rows = Array.from(
    { length: points.length / dimensions },
    (_, row) => [...points.subarray(row * dimensions, (row + 1) * dimensions)],
  );
  const sizes: number[] = [];
  const means: number[][] = [];
  rows.forEach((row, point) => {
    const cluster = assignments[point];
    sizes[cluster] = (sizes[cluster] ?? 0) + 1;
    means[cluster] = row.map((value, d) => (means[cluster]?.[d] ?? 0) + value);
  });
  means.forEach((sums, cluster) =>
    means[cluster] = sums.map((sum) => sum / sizes[cluster])
  );
  return { rows, sizes, means };
}

const squareBetween = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, d) => sum + (value - b[d]) ** 2, 0);

Deno.test("on 20 data sets the best inertia is scikit-learn's to 0.1 %", () => {
  assert.equal(golden.cases.length, 20);
  golden.cases.forEach(({ points, dimensions, clusters, inertia }, index) => {
    const run = prepareKMeans(
      Float64Array.from(points.split(" "), Number),
      dimensions,
      { clusters, restarts: 30, method },
    );
    for (const seed of [1, 2, 3]) {
      const found = run(seed);
      assert.ok(
        Math.abs(found.inertia / inertia - 1) <= 1e-3,
        `set ${index}, seed ${seed}: ${found.inertia}, not ${inertia}`,
      );
    }
  });
});

Deno.test("30 starts come nearer to the best than scikit-learn's ten seeds", () => {
  let excess = 0;
  let excessThere = 0;
  for (const { points, clusters, several, lowest } of many.cases) {
    const { inertia } = prepareKMeans(
      Float64Array.from(points.split(" "), Number),
      2,
      { clusters, restarts: 30, method },
    )(1);
    excess += inertia / lowest - 1;
    for (const other of several) {
      excessThere += (other / lowest - 1) / several.length;
    }
  }
  assert.ok(excess <= excessThere, `${excess}, scikit-learn ${excessThere}`);
});

Deno.test("no move of a single point lowers the inertia, and none of Lloyd's algorithm", () => {
  for (const dimensions of [1, 2, 9, 60]) {
    const points = groups(130, dimensions, dimensions);
    const run = prepareKMeans(points, dimensions, {
      clusters: 6,
      restarts: 1,
      method,
    });
    for (let seed = 0; seed < 5; seed++) {
      const { assignments, inertia } = run(seed);
      const { rows, sizes, means } = describe(points, dimensions, assignments);
      assert.equal(sizes.length, 6);
      rows.forEach((row, point) => {
        const own = assignments[point];
        if (sizes[own] === 1) return;
        const stay = squareBetween(row, means[own]) * sizes[own] /
          (sizes[own] - 1);
        means.forEach((mean, other) => {
          if (other === own) return;
          const join = squareBetween(row, mean) * sizes[other] /
            (sizes[other] + 1);
          assert.ok(join > stay - 1e-6, `point ${point}: ${stay} to ${join}`);
        });
      });
      const sum = rows.reduce(
        (total, row, point) =>
          total + squareBetween(row, means[assignments[point]]),
        0,
      );
      assert.ok(Math.abs(sum / inertia - 1) < 1e-12);
      const lloyd = kmeans(rows, 6, { initialization: means, tolerance: 0 });
      assert.deepEqual(lloyd.clusters, [...assignments]);
    }
  }
});

Deno.test("in many dimensions one start is better than ten of Lloyd's algorithm", () => {
  const points = groups(200, 60, 3);
  const inertiaOf = (
    restarts: number,
    chosen: "hartigan" | "lloyd",
    seed: number,
  ) =>
    prepareKMeans(points, 60, { clusters: 6, restarts, method: chosen })(seed)
      .inertia;
  let ours = 0;
  let lloyds = 0;
  for (let seed = 0; seed < 10; seed++) {
    ours += inertiaOf(1, "hartigan", seed);
    lloyds += inertiaOf(10, "lloyd", seed);
  }
  assert.ok(ours < lloyds, `${ours}, not below ${lloyds}`);
});

Deno.test("a start that is stopped stays as it is", () => {
  const points = groups(130, 9, 5);
  const stopped = (maxIterations: number) =>
    prepareKMeans(points, 9, {
      clusters: 6,
      restarts: 1,
      maxIterations,
      method,
    })(
      4,
    ).inertia;
  assert.ok(stopped(1) > stopped(2));
  assert.ok(stopped(2) > stopped(100));
});

Deno.test("property: no cluster is empty, and equal points share theirs", () => {
  const value = fc.oneof(
    fc.integer({ min: -2, max: 2 }),
    fc.constantFrom(-0, 1e-100, 1e-200, 1e9, -1e9),
  );
  const problem = fc.record({
    dimensions: fc.constantFrom(1, 2, 9),
    clusters: fc.integer({ min: 1, max: 9 }),
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
      const { dimensions, clusters, seed } = options;
      const flat = Float64Array.from(points.flat());
      const all = { clusters, restarts: 3 };
      const { assignments, inertia } = prepareKMeans(flat, dimensions, {
        ...all,
        method,
      })(seed);
      const lloyd = prepareKMeans(flat, dimensions, all)(seed);
      // The sum makes -0 to 0.
      const texts = points.map((row) => row.map((each) => each + 0).join());
      const clusterOf = new Map<string, number>();
      texts.forEach((text, point) => {
        assert.equal(
          clusterOf.get(text) ?? assignments[point],
          assignments[point],
        );
        clusterOf.set(text, assignments[point]);
      });
      assert.ok(Number.isFinite(inertia));
      assert.ok(new Set(assignments).size >= new Set(lloyd.assignments).size);
    }),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("more points than pairs are kept of: Lloyd's algorithm runs", () => {
  const points = groups(4100, 3, 2);
  const options = { clusters: 3, restarts: 2 };
  assert.deepEqual(
    prepareKMeans(points, 3, { ...options, method })(1),
    prepareKMeans(points, 3, options)(1),
  );
});
