/** k-means compared with scikit-learn: `tests/fixtures/ml/kmeans_agreed.py`. */

import assert from "node:assert/strict";
import { prepareKMeans } from "../../../lib/ml/kmeans/kmeans.ts";
import golden from "../../fixtures/ml/kmeans_agreed.json" with {
  type: "json",
};

Deno.test("on 20 data sets the best inertia is scikit-learn's to 0.1 %", () => {
  assert.equal(golden.cases.length, 20);
  golden.cases.forEach(({ points, dimensions, clusters, inertia }, index) => {
    const run = prepareKMeans(
      Float64Array.from(points.split(" "), Number),
      dimensions,
      { clusters, restarts: 100 },
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
