/** The kernel of UMAP's layout compared with the loop of umap-js. */

import assert from "node:assert/strict";
import type { Graph } from "../../../lib/ml/umap/graph.ts";
import { layOut } from "../../../lib/ml/umap/layout.ts";
import { nearestNeighbors } from "../../../lib/ml/umap/nearest_neighbors.ts";
import { RandomStream } from "../../../lib/random.ts";
import { plainLayout } from "./plain_layout.ts";
import { scatteredRows } from "./scattered_rows.ts";
import { type LayoutStart, prepareUmapJs } from "./umap_js.ts";

function startOf(
  samples: number,
  neighbors: number,
  parameters: { minDist: number; nEpochs: number },
) {
  const found = nearestNeighbors(scatteredRows(samples, 6), 6, neighbors);
  const random = new RandomStream(7);
  const prepared = prepareUmapJs(found, {
    ...parameters,
    random: random.uniform,
  });
  return { ...prepared, random };
}

function graphOf({ head, tail, epochsPerSample }: LayoutStart): Graph {
  return {
    heads: Int32Array.from(head),
    tails: Int32Array.from(tail),
    every: Float64Array.from(epochsPerSample),
  };
}

/** The kernel's layout from the same start. */
function layOutFrom(start: LayoutStart, random: RandomStream): Float64Array {
  const positions = Float64Array.from(start.headEmbedding.flat());
  const [layout] = layOut(
    [{ positions, random }],
    graphOf(start),
    start,
    start.nEpochs,
  );
  return layout;
}

/** A stream that has drawn what a start takes: two numbers a sample. */
function streamAfterStart(samples: number): RandomStream {
  const random = new RandomStream(7);
  for (let draw = 0; draw < 2 * samples; draw++) random.uniform();
  return random;
}

for (
  const [samples, neighbors, minDist, nEpochs] of [
    [40, 15, 0.1, 500],
    [90, 15, 0.1, 60],
    [25, 2, 0, 200],
    [120, 30, 0.6, 50],
  ] as const
) {
  Deno.test(`the plain layout of ${samples} samples is umap-js's to the last bit`, () => {
    const { start, finish } = startOf(samples, neighbors, { minDist, nEpochs });
    const plain = plainLayout(start, streamAfterStart(samples).uniform);
    assert.deepEqual([...plain], finish());
  });

  Deno.test(`the kernel's layout of ${samples} samples begins as the plain one`, () => {
    // Later the errors of the table have grown: the descent is chaotic.
    const { start } = startOf(samples, neighbors, { minDist, nEpochs: 3 });
    const random = streamAfterStart(samples);
    const ours = layOutFrom(start, random);
    const theirs = plainLayout(start, random.uniform);
    const moved = start.headEmbedding.flat().map((from, i) =>
      Math.abs(from - theirs[i])
    );
    assert.ok(Math.max(...moved) > 1);
    for (const [i, place] of ours.entries()) {
      assert.ok(Math.abs(place - theirs[i]) < 1e-5, `${place}, ${theirs[i]}`);
    }
  });
}

/** One visit of the edge between two samples that far apart, squared. */
function visit(square: number) {
  const apart = Math.sqrt(square);
  const start: LayoutStart = {
    headEmbedding: [[0, 0], [0.6 * apart, 0.8 * apart]],
    head: [0],
    tail: [1],
    epochsPerSample: [1],
    epochsPerNegativeSample: [0.2],
    a: 1.5,
    b: 0.9,
    gamma: 1,
    initialAlpha: 1,
    nEpochs: 2,
  };
  const random = new RandomStream(3);
  const ours = layOutFrom(start, random);
  const theirs = plainLayout(start, random.uniform);
  const error = Math.max(
    ...ours.map((place, i) => Math.abs(place - theirs[i])),
  );
  return { error, size: Math.max(...theirs.map(Math.abs)) };
}

Deno.test("a visit equals the plain one at every distance", () => {
  // The table ends at 2^-40 and 2^24.
  const exponents = [-1000, -300, -60, -45, -40, 24, 25, 40, 300];
  for (let exponent = -39.9; exponent < 24; exponent += 0.37) {
    exponents.push(exponent);
  }
  for (const exponent of exponents) {
    const { error, size } = visit(2 ** exponent);
    assert.ok(error < 1e-6 * size, `2^${exponent}: ${error} of ${size}`);
  }
});

Deno.test("samples at one position are pushed apart along both axes", () => {
  const random = new RandomStream(5);
  const [layout] = layOut(
    [{ positions: Float64Array.of(1, 1, 1, 1), random }],
    {
      heads: Int32Array.of(0),
      tails: Int32Array.of(1),
      every: Float64Array.of(1),
    },
    { a: 1.5, b: 0.9 },
    2,
  );
  // Four draws, of which those of sample 0 itself do nothing.
  const others = Array.from({ length: 4 }, () => random.uniform())
    .filter((draw) => draw >= 0.5).length;
  assert.ok(others > 0);
  assert.equal(layout[0], layout[1]);
  assert.ok(layout[0] >= 5);
  assert.deepEqual([layout[2], layout[3]], [1, 1]);
});

Deno.test("a layout leaves its start, its graph and its stream as they were", () => {
  const { start, random } = startOf(40, 15, { minDist: 0.1, nEpochs: 50 });
  const first = layOutFrom(start, random);
  const positions = Float64Array.from(start.headEmbedding.flat());
  const graph = graphOf(start);
  const [again] = layOut([{ positions, random }], graph, start, 50);
  assert.deepEqual(again, first);
  assert.deepEqual([...positions], start.headEmbedding.flat());
  assert.deepEqual(graph, graphOf(start));
  assert.notDeepEqual(layOutFrom(start, new RandomStream(8)), first);
});

Deno.test("edges of samples that are not there are refused", () => {
  const positions = new Float64Array(4);
  const curve = { a: 1.5, b: 0.9 };
  const lay = (heads: number[], tails: number[], every: number[]) =>
    layOut(
      [{ positions, random: new RandomStream(1) }],
      {
        heads: Int32Array.from(heads),
        tails: Int32Array.from(tails),
        every: Float64Array.from(every),
      },
      curve,
      2,
    );
  assert.throws(() => lay([2], [0], [1]), /ends at sample 2 of 2/);
  assert.throws(() => lay([0], [-1], [1]), /ends at sample -1 of 2/);
  assert.throws(() => lay([0, 1], [1], [1]), /not one of each an edge/);
});

Deno.test("layouts that are made together are the same as alone, to the last bit", () => {
  const { start } = startOf(40, 15, { minDist: 0.1, nEpochs: 200 });
  const graph = graphOf(start);
  const starts = [1, 2, 3, 4, 5].map((seed) => {
    const random = new RandomStream(seed);
    const positions = Float64Array.from(
      { length: 80 },
      () => 20 * random.uniform() - 10,
    );
    return { positions, random };
  });
  const alone = starts.map((each) => layOut([each], graph, start, 200)[0]);
  assert.equal(new Set(alone.map(String)).size, 5);
  for (const count of [2, 3, 5]) {
    assert.deepEqual(
      layOut(starts.slice(0, count), graph, start, 200),
      alone.slice(0, count),
    );
  }
  assert.throws(
    () =>
      layOut(
        [starts[0], { ...starts[1], positions: new Float64Array(6) }],
        graph,
        start,
        1,
      ),
    /starts of 40 and 3 samples are not of the same graph/,
  );
});
