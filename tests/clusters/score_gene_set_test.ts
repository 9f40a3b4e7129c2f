import assert from "node:assert/strict";
import { scoreGeneSets } from "../../lib/clusters/gene_set_worker.ts";
import {
  type GeneSetTask,
  pickColumns,
  scoreGeneSet,
} from "../../lib/clusters/score_gene_set.ts";
import { findSpace } from "../../lib/clusters/spaces.ts";
import { openStream } from "../../lib/run/random.ts";

const { uniform } = openStream(6, "score gene set");
const setup = {
  // 24 samples x 6 genes; the first three tell three tissues apart.
  values: Float32Array.from(
    { length: 24 * 6 },
    (_, at) => uniform() + (at % 6 === Math.floor(at / 6) % 3 ? 9 : 0),
  ),
  genes: 6,
  classes: Int32Array.from({ length: 24 }, (_, sample) => sample % 3),
  clusters: 3,
  restarts: 10,
  maxIterations: 100,
  neighbours: 5,
  minDist: 0.1,
};
const task = (columns: number[]): GeneSetTask => ({
  space: "umap",
  columns: Uint32Array.from(columns),
  embeddingSeed: 3,
  kmeansSeeds: [1, 2],
});

Deno.test("genes that tell tissues apart score higher than others", () => {
  const [good] = scoreGeneSet(setup, task([0, 1, 2])).repeats;
  const [poor] = scoreGeneSet(setup, task([3, 4, 5])).repeats;
  assert.ok(good.vMeasure > poor.vMeasure + 0.3);
  assert.ok(good.vMeasure > 0.9);
});

Deno.test("the pool gives what one call gives", async () => {
  const tasks = [task([0, 1]), task([2, 3, 4]), task([5])];
  const direct = tasks.map((one) => scoreGeneSet(setup, one));
  assert.deepEqual(await scoreGeneSets(setup, tasks, 1), direct);
  assert.deepEqual(await scoreGeneSets(setup, tasks, 2), direct);
});

Deno.test("sets and spaces that are not there are refused", () => {
  assert.throws(() => scoreGeneSet(setup, task([])), /has no gene/);
  assert.throws(() => scoreGeneSet(setup, task([6])), /there are only 6/);
  assert.throws(() => findSpace("tsne"), /there are umap/);
  assert.equal(pickColumns(setup.values, 6, Uint32Array.of(5)).length, 24);
});
