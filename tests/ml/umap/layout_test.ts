/** Our loop of UMAP's layout compared with that of umap-js. */

import assert from "node:assert/strict";
import { UMAP } from "umap-js";
import { nearestNeighbors } from "../../../lib/ml/umap/nearest_neighbors.ts";
import { startLayout } from "../../../lib/ml/umap/start.ts";
import { layOut } from "../../../lib/ml/umap/layout.ts";
import { openStream, RandomStream } from "../../../lib/random.ts";

function scatter(samples: number, dimensions: number): Float32Array {
  const { uniform } = openStream(samples, "layout");
  return Float32Array.from(
    { length: samples * dimensions },
    (_, index) => uniform() + Math.floor(index / dimensions) % 4,
  );
}

for (
  const [samples, neighbors, minDist, spread, epochs] of [
    [40, 15, 0.1, 1, undefined],
    [90, 15, 0.1, 1, 60],
    [25, 2, 0, 2, 200],
    [120, 30, 0.6, 1.5, 50],
  ] as const
) {
  Deno.test(`a layout of ${samples} samples is umap-js's to the last bit`, () => {
    const rows = scatter(samples, 6);
    const found = nearestNeighbors(rows, 6, neighbors);
    const umap = new UMAP({
      nNeighbors: neighbors,
      minDist,
      spread,
      nEpochs: epochs,
      random: new RandomStream(7).uniform,
    });
    umap.setPrecomputedKNN(found.indices, found.distances);
    const theirs = umap.fit(Array.from({ length: samples }, () => []));
    const byPow = (exponent: number) => (x: number) => Math.pow(x, exponent);
    for (const curve of ["fitted", "used again"]) {
      const { uniform } = new RandomStream(7);
      const start = startLayout(found, {
        nNeighbors: neighbors,
        minDist,
        spread,
        nEpochs: epochs,
        random: uniform,
      });
      const ours = layOut(start, uniform, byPow);
      assert.deepEqual([...ours], theirs.flat(), `the curve is ${curve}`);
    }
  });
}

Deno.test("samples at one position are repelled as by umap-js", () => {
  const start = {
    headEmbedding: [[1, 1], [1, 1], [2, 1]],
    head: [0, 1],
    tail: [1, 2],
    epochsPerSample: [1, 1],
    epochsPerNegativeSample: [0.2, 0.2],
    a: 1.5,
    b: 0.9,
    gamma: 1,
    initialAlpha: 1,
    nEpochs: 2,
  };
  // In epoch 1 sample 0 is repelled from sample 1, at the same position.
  let draws = 0;
  const layout = layOut({ ...start, head: [0], tail: [1] }, () => {
    draws++;
    return 0.5;
  });
  assert.equal(draws, 4);
  assert.equal(layout[0], layout[1]);
  assert.ok(layout[0] > 4 && layout[2] === 1);
});
