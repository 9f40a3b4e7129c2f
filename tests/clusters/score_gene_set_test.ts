import assert from "node:assert/strict";
import { scoreGeneSets } from "../../lib/clusters/gene_set_worker.ts";
import {
  type GeneSetTask,
  scoreGeneSet,
} from "../../lib/clusters/score_gene_set.ts";
import { spaceList } from "../../lib/clusters/spaces/spaces.ts";
import { openStream } from "../../lib/random.ts";

const { uniform } = openStream(6, "score gene set");
const setup = {
  // 24 samples x 6 genes; the first three tell three tissues apart.
  values: Float32Array.from(
    { length: 24 * 6 },
    (_, index) => uniform() + (index % 6 === Math.floor(index / 6) % 3 ? 9 : 0),
  ),
  genes: 6,
  classes: Int32Array.from({ length: 24 }, (_, sample) => sample % 3),
  clusters: 3,
  restarts: 10,
  restartsHighDim: 5,
  maxIterations: 100,
  neighbors: 5,
  minDist: 0.1,
  components: 3,
  spacesModule: spaceList.module,
};
const task = (columns: number[]): GeneSetTask => ({
  columns: Uint32Array.from(columns),
  spaces: [
    { space: "umap", embeddingSeed: 3, kmeansSeeds: [1, 2] },
    { space: "pca", embeddingSeed: null, kmeansSeeds: [3] },
    { space: "genes", embeddingSeed: null, kmeansSeeds: [4] },
  ],
});

Deno.test("genes that tell tissues apart score higher in every space", () => {
  const good = scoreGeneSet(setup, task([0, 1, 2]));
  const poor = scoreGeneSet(setup, task([3, 4, 5]));
  assert.equal(good.length, 3);
  good.forEach(({ repeats: [repeat] }, space) => {
    assert.ok(repeat.vMeasure > poor[space].repeats[0].vMeasure + 0.3);
    assert.ok(repeat.vMeasure > 0.9);
  });
  assert.deepEqual(good.map(({ repeats }) => repeats.length), [2, 1, 1]);
  assert.deepEqual(good.map(({ plane }) => plane?.length), [48, 48, undefined]);
});

Deno.test("the pool gives what one call gives", async () => {
  const tasks = [task([0, 1]), task([2, 3, 4]), task([5])];
  const direct = tasks.map((one) => scoreGeneSet(setup, one));
  assert.deepEqual(await scoreGeneSets(setup, tasks, 1), direct);
  assert.deepEqual(await scoreGeneSets(setup, tasks, 2), direct);
});
