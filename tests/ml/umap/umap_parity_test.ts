/**
 * Our layouts compared with umap-learn's on three matrices
 * (`tests/fixtures/ml/umap_learn.py`). No two programs make the same layout, so
 * the mean quality over seeds is compared.
 */

import assert from "node:assert/strict";
import { prepareKMeans } from "../../../lib/ml/kmeans/kmeans.ts";
import { embedUmap } from "../../../lib/ml/umap/umap.ts";
import { clusteringScores } from "../../../lib/statistics/clustering_scores.ts";
import { mean, sampleSd } from "../../../lib/statistics/describe.ts";
import golden from "../../fixtures/ml/umap_learn.json" with { type: "json" };
import { neighborRecall, trustworthiness } from "./layout_quality.ts";
import {
  branchMatrix,
  digitMatrix,
  type LabeledMatrix,
  tissueMatrix,
} from "./umap_matrices.ts";

const MEASURES = ["trustworthiness", "neighborRecall", "vMeasure"] as const;
type Quality = Record<typeof MEASURES[number], number>;
type Case = typeof golden.cases[number];

const NEIGHBORS = 15;
const SEEDS = 10;
/** Both standard errors are below half of it. */
const TOLERANCE = 0.02;

const makers: Record<string, (expected: Case) => LabeledMatrix> = {
  tissues: tissueMatrix,
  branches: branchMatrix,
  digits: ({ rows, labels }) =>
    digitMatrix(rows!, labels.split(" ").map(Number)),
};

/** Of the layouts that gene sets are clustered in by default. */
const FEW_EPOCHS = 200;

/** How good the layout of one seed is. */
function qualityOf(
  matrix: LabeledMatrix,
  seed: number,
  epochs?: number,
): Quality {
  const { rows, samples, dimensions, labels } = matrix;
  const layout = embedUmap(rows, samples, dimensions, {
    neighbors: NEIGHBORS,
    minDist: 0.1,
    seed,
    epochs,
  });
  const { assignments } = prepareKMeans(layout, 2, {
    clusters: new Set(labels).size,
    restarts: 100,
  })(seed);
  const points = Float32Array.from(layout);
  return {
    trustworthiness: trustworthiness(rows, points, NEIGHBORS),
    neighborRecall: neighborRecall(rows, points, NEIGHBORS),
    vMeasure: clusteringScores(labels, assignments).vMeasure,
  };
}

for (const expected of golden.cases) {
  const matrix = makers[expected.name](expected);

  Deno.test(`UMAP of ${expected.name}: both sides have the same matrix`, () => {
    const { rows, samples, dimensions, labels } = matrix;
    assert.deepEqual([samples, dimensions], [
      expected.samples,
      expected.dimensions,
    ]);
    assert.equal(labels.join(" "), expected.labels);
    // Multiples of 1/1024 and their squares are summed without a rounding.
    assert.equal(rows.reduce((a, b) => a + b, 0), expected.sum);
    assert.equal(
      rows.reduce((a, b) => a + b * b, 0),
      expected.sumOfSquares,
    );
  });

  for (const epochs of [undefined, FEW_EPOCHS]) {
    Deno.test(
      `UMAP of ${expected.name}, ${
        epochs ?? "all"
      } epochs: as good as umap-learn's`,
      () => {
        const found = Array.from(
          { length: SEEDS },
          (_, seed) => qualityOf(matrix, seed, epochs),
        );
        for (const measure of MEASURES) {
          const values = found.map((quality) => quality[measure]);
          const error = sampleSd(values) / Math.sqrt(SEEDS);
          const ours = mean(values);
          const theirs = expected[measure];
          assert.ok(
            Math.abs(ours - theirs.mean) <= TOLERANCE,
            `${measure} is ${ours} ± ${error}, ` +
              `umap-learn's ${theirs.mean} ± ${theirs.standardError}`,
          );
          assert.ok(Math.max(error, theirs.standardError) < TOLERANCE / 2);
        }
      },
    );
  }

  for (const { first, neighbors, ...wanted } of expected.columns ?? []) {
    const what = `columns ${first} and ${first + 1} of ${expected.name}`;
    Deno.test(`trustworthiness equals scikit-learn's: ${what}`, () => {
      const { rows, dimensions } = matrix;
      const layout = rows.filter((_, index) =>
        index % dimensions === first || index % dimensions === first + 1
      );
      // Whole numbers are summed on either side: one division rounds.
      const found = trustworthiness(rows, layout, neighbors);
      assert.ok(Math.abs(found - wanted.trustworthiness) < 1e-10);
      const recall = neighborRecall(rows, layout, neighbors);
      assert.ok(Math.abs(recall - wanted.recall) < 1e-10);
    });
  }
}

Deno.test("the layout that is the data keeps every neighbor", () => {
  const { rows, dimensions } = branchMatrix();
  const plane = rows.filter((_, index) => index % dimensions < 2);
  assert.equal(trustworthiness(plane, plane, NEIGHBORS), 1);
  assert.equal(neighborRecall(plane, plane, NEIGHBORS), 1);
});

Deno.test("a layout by chance keeps as many neighbors as chance does", () => {
  const { rows, samples, dimensions } = branchMatrix();
  // Each sample gets the position of another one.
  const layout = new Float32Array(2 * samples);
  for (let sample = 0; sample < samples; sample++) {
    const other = (sample * 91 + 89) % samples;
    for (const d of [0, 1]) {
      layout[2 * sample + d] = rows[other * dimensions + d];
    }
  }
  const recall = neighborRecall(rows, layout, NEIGHBORS);
  assert.ok(recall < 0.2, `${recall}`);
  assert.ok(trustworthiness(rows, layout, NEIGHBORS) < 0.7);
});
