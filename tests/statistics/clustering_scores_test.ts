import assert from "node:assert/strict";
import { clusteringScores } from "../../lib/statistics/clustering_scores.ts";
import golden from "../fixtures/statistics/clustering_scores.json" with {
  type: "json",
};

/** Both sum at most 1,617 terms in double precision. */
const TOLERANCE = 1e-10;

for (const expected of golden.cases) {
  Deno.test(`clustering scores equal scikit-learn's: ${expected.name}`, () => {
    const scores = clusteringScores(
      expected.classes.split(" ").map(Number),
      expected.clusters.split(" ").map(Number),
    );
    for (const [name, value] of Object.entries(scores)) {
      const wanted = expected[name as keyof typeof scores];
      assert.ok(
        Math.abs(value - wanted) <= TOLERANCE,
        `${name} is ${value}, not ${wanted}`,
      );
    }
  });
}

Deno.test("a perfect match scores exactly 1 throughout", () => {
  const scores = clusteringScores([0, 1, 1, 2, 5], [9, 4, 4, 1, 0]);
  assert.deepEqual(Object.values(scores), [1, 1, 1, 1, 1]);
});

Deno.test("scores do not depend on what labels are called", () => {
  const classes = [0, 0, 0, 1, 1, 2, 2, 2, 2];
  const clusters = [0, 0, 1, 1, 1, 2, 0, 2, 2];
  assert.deepEqual(
    clusteringScores(classes.map((c) => 40 - 3 * c), clusters),
    clusteringScores(classes, clusters),
  );
});

Deno.test("swapped partitions swap homogeneity and completeness", () => {
  const a = [0, 0, 0, 1, 1, 2];
  const b = [0, 0, 1, 1, 1, 1];
  const scores = clusteringScores(a, b);
  const swapped = clusteringScores(b, a);
  assert.ok(Math.abs(scores.homogeneity - swapped.completeness) < 1e-15);
  assert.ok(Math.abs(scores.vMeasure - swapped.vMeasure) < 1e-15);
});

Deno.test("labels that are not a partition are refused", () => {
  assert.throws(() => clusteringScores([], []), /there is no sample/);
  assert.throws(() => clusteringScores([0, 1], [0]), /2 classes for 1 samples/);
  assert.throws(() => clusteringScores([0, NaN], [0, 1]), /not NaN/);
  assert.throws(() => clusteringScores([0, 1], [0, 0.5]), /not 0.5/);
});
