/** The parts of the stage `panels`, each by itself. */

import assert from "node:assert/strict";
import { clusterPoints } from "../../lib/panels/cluster_points.ts";
import { panelsDeclaration } from "../../lib/panels/declaration.ts";
import { panelsParameters, readSizes } from "../../lib/panels/parameters.ts";
import { planPanels } from "../../lib/panels/plan.ts";
import {
  type FoldLists,
  panelOf,
  type PanelRanking,
} from "../../lib/panels/ranked_lists.ts";
import {
  countClasses,
  pooledScores,
  scoreCounts,
} from "../../lib/panels/scores.ts";
import { leastAdjustedP } from "../../lib/panels/summarize.ts";
import { RandomStream } from "../../lib/random.ts";
import { classificationScores } from "../../lib/statistics/classification_scores.ts";
import { SIGNIFICANCE_LEVEL } from "../../lib/statistics/format_p.ts";

Deno.test("sizes are whole numbers, each once and ascending", () => {
  assert.deepEqual(readSizes(["30", "2", "2", "10"]), [2, 10, 30]);
  for (const wrong of ["0", "1.5", "-1", "x", "", "1e3", "100001"]) {
    assert.throws(() => readSizes(["1", wrong]), /should be whole numbers/);
    assert.throws(
      () => panelsDeclaration.check!({ sizes: [wrong], sets: 199, repeats: 3 }),
      /should be whole numbers/,
    );
  }
  assert.throws(() => readSizes([]), /it is empty/);
});

Deno.test("with the defaults a panel can be better than chance", () => {
  const sizes = readSizes(panelsParameters.sizes.default).length + 1;
  const least = leastAdjustedP(sizes, panelsParameters.sets.default);
  assert.ok(least < SIGNIFICANCE_LEVEL);
});

Deno.test("a panel is the union of the tissues' first genes", () => {
  const byId = Uint32Array.of(4, 0, 2, 1, 3);
  const lists: FoldLists = {
    lists: new Map<string, ArrayLike<number>>([
      ["leaf", [0, 1, 2]],
      ["root", Uint32Array.of(1, 4)],
    ]),
    set: [3, 0, 3],
  };
  assert.deepEqual([...panelOf(lists, 1, byId)], [0, 1]);
  assert.deepEqual([...panelOf(lists, 2, byId)], [4, 0, 1]);
  assert.deepEqual([...panelOf(lists, 9, byId)], [4, 0, 2, 1]);
  assert.deepEqual([...panelOf(lists, 0, byId)], [0, 3]);
});

Deno.test("scores from counts are those of the pooled predictions", () => {
  const stream = new RandomStream(5);
  for (let trial = 0; trial < 20; trial++) {
    const classes = 2 + stream.integer(4);
    const folds = [7, 4, 12].map((samples) => {
      // The last class may be predicted, and is no sample's.
      const draw = (most: number) =>
        Array.from({ length: samples }, () => stream.integer(most));
      return { truth: draw(classes - 1), predicted: draw(classes) };
    });
    const truth = folds.flatMap((fold) => fold.truth);
    const support = new Int32Array(classes);
    for (const label of truth) support[label]++;
    const wanted = classificationScores(
      truth,
      folds.flatMap(({ predicted }) => predicted),
      classes,
    );
    const found = scoreCounts(
      folds.map((fold) => countClasses(fold.truth, fold.predicted, classes)),
      support,
    );
    assert.deepEqual(found, {
      accuracy: wanted.accuracy,
      macroF1: wanted.macroF1,
    });
  }
});

Deno.test("clusters are averaged over the folds that have some, by samples", () => {
  const counts = countClasses([0, 1], [0, 1], 2);
  const fold = (samples: number, score: number | null) => ({
    samples,
    scores: {
      centroid: counts,
      ridge: null,
      clusters: score === null
        ? null
        : { ami: score, vMeasure: score, ari: score },
    },
  });
  const scores = pooledScores(
    [fold(10, 0.5), fold(99, null), fold(30, 0.9)],
    [3, 3],
  );
  assert.equal(scores.get("ami"), (5 + 27) / 40);
  assert.equal(scores.has("ridge_accuracy"), false);
  assert.equal(pooledScores([fold(9, null)], [1, 1]).has("ami"), false);
});

Deno.test("random panels are shared by panels of as many genes", () => {
  const ranking = (name: string, lists: number[][]): PanelRanking => ({
    name,
    title: name,
    seen: false,
    folds: [{
      lists: new Map(lists.map((list, index) => [`t${index}`, list])),
      set: [0],
    }],
  });
  const fold = {
    fold: 1,
    train: Int32Array.of(0),
    test: Int32Array.of(1),
    clusters: 0,
    kmeansSeeds: [],
  };
  const plan = planPanels(
    [
      ranking("a", [[0, 1], [2, 3]]),
      ranking("b", [[4, 5], [6, 7]]),
      ranking("c", [[0, 1], [0, 3]]),
    ],
    [1, 2],
    { byId: Uint32Array.from({ length: 9 }, (_, gene) => gene), folds: [fold] },
    45,
    42,
  );
  assert.equal(plan.ranked.length, 6);
  assert.deepEqual(
    plan.random.map(({ size, genes, seeds }) => [size, genes, seeds.length]),
    [
      [1, [1, 2], 20],
      [1, [1, 2], 20],
      [1, [1, 2], 5],
      [2, [3, 4], 20],
      [2, [3, 4], 20],
      [2, [3, 4], 5],
    ],
  );
  const seeds = plan.random.flatMap(({ seeds }) => seeds);
  assert.equal(new Set(seeds).size, 90);
});

Deno.test("points of many genes have the distances of the genes, fewer numbers", () => {
  const { uniform } = new RandomStream(6);
  const [samples, genes] = [12, 40];
  const rows = Float32Array.from({ length: samples * genes }, uniform);
  rows.copyWithin(7 * genes, 2 * genes, 3 * genes);
  const { points, dimensions } = clusterPoints(rows, samples, genes);
  assert.ok(dimensions <= samples);
  const squared = (from: ArrayLike<number>, width: number) => {
    const found: number[] = [];
    for (let i = 0; i < samples; i++) {
      for (let j = 0; j < samples; j++) {
        let sum = 0;
        for (let d = 0; d < width; d++) {
          sum += (from[i * width + d] - from[j * width + d]) ** 2;
        }
        found.push(sum);
      }
    }
    return found;
  };
  const wanted = squared(rows, genes);
  squared(points, dimensions).forEach((distance, index) =>
    assert.ok(Math.abs(distance - wanted[index]) < 1e-9)
  );
  // The third and the eighth sample are equal to the last digit.
  const place = (sample: number) =>
    points.slice(sample * dimensions, (sample + 1) * dimensions);
  assert.deepEqual(place(7), place(2));
  const few = clusterPoints(rows.slice(0, 36), 12, 3);
  assert.deepEqual(few.points, Float64Array.from(rows.slice(0, 36)));
});
