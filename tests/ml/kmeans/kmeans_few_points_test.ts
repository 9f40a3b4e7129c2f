/** Equal points in k-means: `tests/fixtures/ml/kmeans_few_points.py`. */

import assert from "node:assert/strict";
import { prepareKMeans } from "../../../lib/ml/kmeans/kmeans.ts";
import { clusteringScores } from "../../../lib/statistics/clustering_scores.ts";
import golden from "../../fixtures/ml/kmeans_few_points.json" with {
  type: "json",
};

Deno.test("equal points are never in different clusters, and scores are scikit-learn's", () => {
  assert.ok(golden.cases.some(({ warned }) => warned));
  assert.ok(golden.cases.some(({ warned }) => !warned));
  for (const each of golden.cases) {
    const { dimensions, clusters, different } = each;
    const points = Float64Array.from(each.points.split(" "), Number);
    const count = points.length / dimensions;
    const what = `${different} points, ${clusters} clusters, ${dimensions} d`;
    for (const seed of [1, 2, 3]) {
      const { assignments, inertia } = prepareKMeans(points, dimensions, {
        clusters,
      })(seed);
      assert.equal(new Set(assignments).size, each.found, what);
      // Its warning of fewer clusters than k.
      assert.equal(new Set(assignments).size < clusters, each.warned, what);
      assert.ok(
        Math.abs(inertia - each.inertia) <= 1e-4 * each.inertia + 1e-12,
        `${what}: ${inertia}, not ${each.inertia}`,
      );
      const truth = Int32Array.from({ length: count }, (_, i) => i % 4);
      const { vMeasure } = clusteringScores(truth, assignments);
      assert.ok(Math.abs(vMeasure - each.v_measure) < 1e-9, what);
      const clusterOf = new Map<string, number>();
      for (let point = 0; point < count; point++) {
        const place = points
          .subarray(point * dimensions, (point + 1) * dimensions).join();
        const own = assignments[point];
        assert.equal(clusterOf.get(place) ?? own, own, what);
        clusterOf.set(place, own);
      }
    }
  }
});
