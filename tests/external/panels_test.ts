/** Panels and the set beside random genes. */

import assert from "node:assert/strict";
import {
  PANEL_DEPTHS,
  panelsToScore,
  scorePanels,
} from "../../lib/external/panels.ts";
import { clusterBySet } from "../../lib/external/set_clusters.ts";
import type { CommonSamples } from "../../lib/external/views.ts";
import { deriveSeed, RandomStream } from "../../lib/random.ts";

/** Two tissues: gene 0 is high in the first, gene 1 in the second. */
const GENES = 40;
function samples(each: number, seed: number, shift = 0): CommonSamples {
  const { uniform } = new RandomStream(seed);
  const classOf = Int32Array.from({ length: 2 * each }, (_, row) => row % 2);
  const values = Float32Array.from(
    { length: 2 * each * GENES },
    (_, at) =>
      uniform() + shift + (at % GENES === Math.floor(at / GENES) % 2 ? 4 : 0),
  );
  return { values, genes: GENES, classOf, tissues: 2 };
}
const training = samples(10, 1);
const other = samples(8, 2);
const rankings = [
  {
    name: "good",
    title: "good",
    lists: new Map([["a", [0, 5, 6]], ["b", [1, 5, 7]]]),
  },
  { name: "none", title: "none", lists: new Map([["c", [3]]]) },
];
const input = {
  rankings,
  tissues: ["a", "b"],
  training,
  views: [{ name: "as_is" as const, values: other.values }],
  classOf: other.classOf,
  random: 19,
  stream: new RandomStream(3),
};

Deno.test("a panel of markers tells the tissues, random ones do not", () => {
  let scored = 0;
  const found = scorePanels({ ...input, onPanel: () => scored++ });
  assert.equal(scored, panelsToScore(input));
  assert.deepEqual(
    found.map(({ genes_a_tissue, genes }) => [genes_a_tissue, genes]),
    // Gene 5 is in both lists.
    PANEL_DEPTHS.map((depth) => [
      depth,
      [2, 3, 5, 5, 5, 5][
        PANEL_DEPTHS.indexOf(depth)
      ],
    ]),
  );
  for (const { macro_f1, ranking } of found) {
    assert.deepEqual([macro_f1, ranking], [1, "good"]);
  }
  const [one] = found;
  assert.ok(one.random_mean > 0.3 && one.random_mean < 0.8);
  assert.ok(one.p <= 0.2, String(one.p));
  // The same size: the same random panels, and so the same p.
  assert.equal(new Set(found.slice(2).map(({ p }) => p)).size, 1);
  // Of six sizes the smallest p counts six times.
  const least = Math.min(...found.map(({ p }) => p));
  for (const { p, adjusted_p } of found) {
    if (p === least) assert.equal(adjusted_p, Math.min(1, 6 * p));
    else assert.ok(adjusted_p >= p);
  }
});

Deno.test("a shift between the cohorts breaks a panel until it is taken out", () => {
  // In the other cohort gene 0 is as high everywhere as here in tissue a.
  const moved = other.values.map((value, at) =>
    value + (at % GENES === 0 ? 8 : 0)
  );
  const back = moved.map((value, at) => value - (at % GENES === 0 ? 8 : 0));
  const [as_is, centered] = scorePanels({
    ...input,
    rankings: rankings.slice(0, 1),
    views: [
      { name: "as_is", values: moved },
      { name: "centered", values: back },
    ],
  });
  assert.deepEqual([as_is.view, centered.view], ["as_is", "centered"]);
  // All are taken for tissue a.
  assert.ok(Math.abs(as_is.macro_f1 - 1 / 3) < 1e-15);
  assert.equal(centered.macro_f1, 1);
});

Deno.test("a set of markers clusters the tissues better than random sets", async () => {
  const names = ["a", "b"];
  const tissues = Array.from(other.classOf, (label) => names[label]);
  const split = tissues.map(() => "train" as const);
  const dataset = {
    sampleIds: tissues.map((_, row) => `s${row}`),
    genes: Array.from({ length: GENES }, (_, gene) => `g${gene}`),
    geneFacts: [],
    tissues,
    groups: [],
    split,
    folds: [{ fold: 1, split }],
    values: other.values,
    tissueNames: names,
    classOf: other.classOf,
  };
  const cluster = () =>
    clusterBySet(
      dataset,
      Uint32Array.of(0, 1),
      19,
      (name) => deriveSeed(1, name),
    );
  const found = await cluster();
  for (const score of Object.values(found)) {
    assert.ok(Math.abs(score.value - 1) < 1e-12);
    assert.ok(score.random_mean < 0.6 && score.p <= 0.2);
  }
  assert.deepEqual(await cluster(), found);
});
