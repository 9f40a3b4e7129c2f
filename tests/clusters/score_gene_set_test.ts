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
  method: "hartigan" as const,
  restarts: 10,
  restartsHighDim: 5,
  maxIterations: 100,
  neighbors: 5,
  minDist: 0.1,
  epochs: 100,
  components: 3,
  spacesModule: spaceList.module,
};
const task = (columns: number[]): GeneSetTask => ({
  columns: Uint32Array.from(columns),
  spaces: [
    {
      space: "umap",
      layouts: [
        { embeddingSeed: 3, kmeansSeeds: [1, 2] },
        { embeddingSeed: 4, kmeansSeeds: [1, 2] },
      ],
    },
    {
      space: "pca",
      layouts: [{ embeddingSeed: null, kmeansSeeds: [3] }],
    },
    {
      space: "genes",
      layouts: [{ embeddingSeed: null, kmeansSeeds: [4] }],
    },
  ],
});

Deno.test("genes that tell tissues apart score higher in every space", async () => {
  const good = await scoreGeneSet(setup, task([0, 1, 2]));
  const poor = await scoreGeneSet(setup, task([3, 4, 5]));
  assert.equal(good.length, 3);
  good.forEach(({ repeats: [repeat] }, space) => {
    assert.ok(repeat.vMeasure > poor[space].repeats[0].vMeasure + 0.3);
    assert.ok(repeat.vMeasure > 0.9);
  });
  assert.deepEqual(
    good.map(({ repeats }) =>
      repeats.map((run) =>
        [run.layout, run.embeddingSeed, run.repeat, run.kmeansSeed].join()
      )
    ),
    [["1,3,1,1", "1,3,2,2", "2,4,1,1", "2,4,2,2"], ["1,,1,3"], ["1,,1,4"]],
  );
  assert.deepEqual(good.map(({ plane }) => plane?.length), [48, 48, undefined]);
});

Deno.test("the pool gives what one call gives", async () => {
  const tasks = [task([0, 1]), task([2, 3, 4]), task([5])];
  const direct = await Promise.all(
    tasks.map((one) => scoreGeneSet(setup, one)),
  );
  assert.deepEqual(await scoreGeneSets(setup, tasks, 1), direct);
  assert.deepEqual(await scoreGeneSets(setup, tasks, 2), direct);
});

/** 40 samples of four tissues by two profiles: two tissues have either. */
function twoProfiles(genes: number) {
  const profiles = [0, 1].map(() => Array.from({ length: genes }, uniform));
  const classes = Int32Array.from({ length: 40 }, (_, sample) => sample % 4);
  return {
    ...setup,
    values: Float32Array.from(
      [...classes].flatMap((tissue) => profiles[tissue < 2 ? 0 : 1]),
    ),
    genes,
    classes,
    clusters: 4,
  };
}

Deno.test("identical samples share a cluster in every space, as in scikit-learn", async () => {
  for (const genes of [6, 60]) {
    const scored = await scoreGeneSet(
      twoProfiles(genes),
      task([...Array(genes).keys()]),
    );
    for (const { profiles, plane, repeats } of scored) {
      assert.equal(profiles, 2);
      if (plane) {
        const places = Array.from(
          { length: 40 },
          (_, sample) => plane.subarray(2 * sample, 2 * sample + 2).join(),
        );
        assert.equal(new Set(places).size, 2);
      }
      for (const { assignments, vMeasure } of repeats) {
        assert.equal(new Set(assignments).size, 2);
        // scikit-learn 1.9: v_measure_score of KMeans(4) on such samples.
        assert.ok(Math.abs(vMeasure - 2 / 3) < 1e-12);
      }
    }
  }
});

Deno.test("a few twins share their cluster, and the rest is told apart", async () => {
  const genes = 30;
  const rows = Array.from(
    { length: 20 },
    () => Array.from({ length: genes }, uniform),
  );
  // Samples 20 to 23 repeat samples 0 to 3.
  const values = Float32Array.from([...rows, ...rows.slice(0, 4)].flat());
  const scored = await scoreGeneSet(
    { ...setup, values, genes, clusters: 12 },
    task([...Array(genes).keys()]),
  );
  for (const { profiles, repeats } of scored) {
    assert.equal(profiles, 20);
    for (const { assignments } of repeats) {
      assert.equal(new Set(assignments).size, 12);
      for (const twin of [0, 1, 2, 3]) {
        assert.equal(assignments[20 + twin], assignments[twin]);
      }
    }
  }
});

Deno.test("a layout scores the same alone and among others", async () => {
  const [umap] = await scoreGeneSet(setup, task([1, 3, 4, 5]));
  const [, second] = task([]).spaces[0].layouts;
  const [alone] = await scoreGeneSet(setup, {
    columns: Uint32Array.of(1, 3, 4, 5),
    spaces: [{ space: "umap", layouts: [second] }],
  });
  assert.deepEqual(
    alone.repeats,
    umap.repeats.slice(2).map((run) => ({ ...run, layout: 1 })),
  );
  assert.notDeepEqual(alone.plane, umap.plane);
});
