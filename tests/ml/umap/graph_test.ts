/** Our graph of neighbors, start and curve compared with those of umap-js. */

import assert from "node:assert/strict";
import { fitCurve } from "../../../lib/ml/umap/curve.ts";
import { neighborGraph } from "../../../lib/ml/umap/graph.ts";
import { nearestNeighbors } from "../../../lib/ml/umap/nearest_neighbors.ts";
import { RandomStream } from "../../../lib/random.ts";
import { scatteredRows } from "./scattered_rows.ts";
import { prepareUmapJs } from "./umap_js.ts";

function compare(
  rows: Float32Array,
  dimensions: number,
  neighbors: number,
  epochs: number,
): void {
  const found = nearestNeighbors(rows, dimensions, neighbors);
  const { start } = prepareUmapJs(found, {
    nEpochs: epochs,
    random: new RandomStream(7).uniform,
  });
  const { heads, tails, every } = neighborGraph(found, epochs);
  assert.deepEqual([...heads], start.head);
  assert.deepEqual([...tails], start.tail);
  assert.deepEqual([...every], start.epochsPerSample);
}

for (
  const [samples, neighbors, epochs] of [
    [40, 15, 500],
    [90, 15, 60],
    [25, 2, 200],
    [120, 30, 50],
    [5, 4, 500],
  ] as const
) {
  Deno.test(`the graph of ${samples} samples is umap-js's to the last bit`, () => {
    compare(scatteredRows(samples, 6), 6, neighbors, epochs);
  });
}

Deno.test("so it is with neighbors at equal distances and at none", () => {
  // A grid, of which every third point is there twice.
  const rows = Float32Array.from(
    { length: 2 * 80 },
    (_, index) => {
      const point = Math.floor(index / 2) * 3 >> 2;
      return index % 2 ? Math.floor(point / 8) : point % 8;
    },
  );
  compare(rows, 2, 6, 500);
  // Samples that have no neighbor apart from themselves.
  compare(new Float32Array(2 * 12).fill(3, 0, 14), 2, 5, 500);
});

Deno.test("edges that would not be visited once are left out", () => {
  // Two neighbors far behind the nearest ones.
  const rows = Float32Array.from(
    { length: 60 },
    (_, i) => i < 57 ? i : 1000 * i,
  );
  const found = nearestNeighbors(rows, 1, 20);
  compare(rows, 1, 20, 500);
  compare(rows, 1, 20, 3);
  const few = neighborGraph(found, 3).every;
  assert.ok(few.length < neighborGraph(found, 500).every.length);
  assert.ok(few.every((epochs) => epochs >= 1 && epochs <= 3));
});

for (const minDist of [0, 0.1, 0.6, 1]) {
  Deno.test(`the curve for a minimum distance of ${minDist} is umap-js's`, () => {
    const found = nearestNeighbors(scatteredRows(20, 3), 3, 5);
    const { start } = prepareUmapJs(found, { minDist });
    for (const time of ["first", "second"]) {
      const { a, b } = fitCurve(minDist);
      assert.deepEqual([a, b], [start.a, start.b], time);
    }
  });
}
