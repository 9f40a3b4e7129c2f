import assert from "node:assert/strict";
import { nearestNeighbors } from "../../../lib/ml/umap/nearest_neighbors.ts";
import { classicalMds } from "../../../lib/ml/pca/classical_mds.ts";
import { embedUmap } from "../../../lib/ml/umap/umap.ts";
import { openStream } from "../../../lib/random.ts";
import { squaredDistances } from "../../../lib/ml/squared_distances.ts";

const SEED_1 = { neighbors: 15, minDist: 0.1, seed: 1 };

/** Samples in three groups far apart. */
function groups(count: number, dimensions: number): Float32Array {
  const { uniform } = openStream(2, "groups");
  return Float32Array.from(
    { length: count * dimensions },
    (_, index) => uniform() + 10 * (Math.floor(index / dimensions) % 3),
  );
}

Deno.test("UMAP keeps groups apart", () => {
  const count = 60;
  const layout = embedUmap(groups(count, 8), count, 8, SEED_1);
  const distance = (i: number, j: number) =>
    Math.hypot(
      layout[2 * i] - layout[2 * j],
      layout[2 * i + 1] - layout[2 * j + 1],
    );
  for (let sample = 0; sample < count; sample++) {
    const others = [...Array(count).keys()].filter((i) => i !== sample);
    others.sort((a, b) => distance(sample, a) - distance(sample, b));
    assert.equal(others[0] % 3, sample % 3, `neighbor of ${sample}`);
  }
});

Deno.test("UMAP depends on its seed and on nothing else", () => {
  const rows = groups(30, 4);
  const random = Math.random;
  Math.random = () => {
    throw new Error("Math.random was called");
  };
  try {
    const embed = (seed: number) =>
      embedUmap(rows, 30, 4, { neighbors: 5, minDist: 0.1, seed });
    assert.deepEqual(embed(7), embed(7));
    assert.notDeepEqual(embed(7), embed(8));
  } finally {
    Math.random = random;
  }
});

for (const count of [1, 2, 3, 4, 5, 6, 14, 15, 16]) {
  Deno.test(`${count} samples can be embedded`, () => {
    const layout = embedUmap(groups(count, 3), count, 3, SEED_1);
    assert.equal(layout.length, 2 * count);
    assert.ok(layout.every(Number.isFinite));
  });
}

Deno.test("samples that are all equal can be embedded", () => {
  for (const count of [3, 20]) {
    const layout = embedUmap(
      new Float32Array(count * 5).fill(2),
      count,
      5,
      SEED_1,
    );
    assert.ok(layout.every(Number.isFinite));
  }
});

Deno.test("UMAP refuses what it cannot embed", () => {
  for (const count of [3, 6]) {
    const broken = new Float32Array(count * 2);
    broken[1] = NaN;
    assert.throws(
      () => embedUmap(broken, count, 2, SEED_1),
      /must be finite/,
    );
  }
});

Deno.test("neighbors: itself, then by distance, then by order", () => {
  const rows = Float32Array.of(0, 2, 4, 0);
  const { indices, distances } = nearestNeighbors(rows, 1, 3);
  assert.deepEqual([...indices], [0, 3, 1, 1, 0, 2, 2, 1, 0, 3, 0, 1]);
  assert.deepEqual([...distances], [0, 0, 2, 0, 2, 2, 0, 2, 4, 0, 0, 2]);
  const alone = nearestNeighbors(rows, 1, 1);
  assert.deepEqual([...alone.indices], [0, 1, 2, 3]);
});

Deno.test("classical MDS keeps the distances of points in a plane", () => {
  const points = Float32Array.of(0, 0, 3, 0, 0, 4, 5, 5);
  const squares = squaredDistances(points, points, 2);
  const layout = classicalMds(squares, 4, 2);
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 4; j++) {
      const square = (layout[2 * i] - layout[2 * j]) ** 2 +
        (layout[2 * i + 1] - layout[2 * j + 1]) ** 2;
      assert.ok(Math.abs(square - squares[i * 4 + j]) < 1e-10);
    }
  }
});

Deno.test("samples with the same numbers have the same place", () => {
  const one = groups(30, 4);
  const options = { neighbors: 5, minDist: 0.1, seed: 7 };
  const layout = embedUmap(one, 30, 4, options);
  // Every sample three times, not side by side.
  const thrice = new Float32Array([...one, ...one, ...one]);
  const places = embedUmap(thrice, 90, 4, options);
  assert.deepEqual([...places], [...layout, ...layout, ...layout]);
  // Two profiles are two places, whatever the number of samples.
  const two = embedUmap(
    Float32Array.from({ length: 40 }, (_, index) => index % 4 < 2 ? 1 : 3),
    20,
    2,
    options,
  );
  assert.ok(two.every(Number.isFinite));
  const distance = (i: number, j: number) =>
    Math.hypot(two[2 * i] - two[2 * j], two[2 * i + 1] - two[2 * j + 1]);
  assert.equal(distance(0, 2), 0);
  assert.ok(distance(0, 1) > 1);
});
