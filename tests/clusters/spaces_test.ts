import assert from "node:assert/strict";
import { prepareKMeans } from "../../lib/ml/kmeans/kmeans.ts";
import { principalComponents } from "../../lib/ml/pca/principal_components.ts";
import type { SpaceInput } from "../../lib/clusters/spaces/space.ts";
import { planSpaces } from "../../lib/clusters/space_tasks.ts";
import { genesSpace } from "../../lib/clusters/spaces/genes.ts";
import { pcaSpace } from "../../lib/clusters/spaces/pca.ts";
import { spaces } from "../../lib/clusters/spaces/spaces.ts";
import { umapSpace } from "../../lib/clusters/spaces/umap.ts";
import { chooseNamed } from "../../lib/cli/named_choices.ts";
import { InputError } from "../../lib/cli/errors.ts";
import { openStream } from "../../lib/random.ts";

/** Samples of five tissues, in which a fifth of the genes differ. */
function input(samples: number, genes: number): SpaceInput {
  const { uniform } = openStream(12, "space");
  const rows = Float32Array.from({ length: samples * genes }, (_, index) => {
    const tissue = Math.floor(index / genes) % 5;
    return 10 + 3 * uniform() + (index % genes % 5 === tissue ? 1 : 0);
  });
  return {
    rows,
    samples,
    genes,
    neighbors: 5,
    minDist: 0.1,
    epochs: null,
    components: 4,
    rotated: () => principalComponents(rows, samples, genes),
    seed: null,
  };
}

Deno.test("more genes than samples: k-means sees no difference", async () => {
  const [samples, genes] = [40, 300];
  const given = input(samples, genes);
  const { points, dimensions } = await genesSpace.embed(given);
  assert.equal(dimensions, samples - 1);
  const options = { clusters: 5, restarts: 10 };
  const runRotated = prepareKMeans(points, dimensions, options);
  const runRaw = prepareKMeans(Float64Array.from(given.rows), genes, options);
  for (let seed = 0; seed < 10; seed++) {
    const rotated = runRotated(seed);
    const raw = runRaw(seed);
    assert.deepEqual(rotated.assignments, raw.assignments);
    // Sums of some 10,000 squares in two bases: roundings alone.
    assert.ok(Math.abs(rotated.inertia / raw.inertia - 1) < 1e-11);
  }
});

Deno.test("fewer genes than samples stay as they are", async () => {
  const given = input(20, 6);
  const { points, dimensions } = await genesSpace.embed(given);
  assert.equal(dimensions, 6);
  assert.deepEqual([...points], [...given.rows]);
});

Deno.test("pca takes the first components, as many as there are", async () => {
  const given = input(20, 30);
  const all = given.rotated();
  const four = await pcaSpace.embed(given);
  assert.equal(four.dimensions, 4);
  assert.equal(four.points[4], all.points[all.dimensions]);
  assert.equal(four.points[7], all.points[all.dimensions + 3]);
  const many = await pcaSpace.embed({ ...given, components: 50 });
  assert.deepEqual(many, all);
});

Deno.test("many samples: no space takes all components", async () => {
  const given = {
    ...input(820, 830),
    rotated: () => {
      throw new Error("all components were computed");
    },
  };
  assert.equal((await pcaSpace.embed(given)).dimensions, 4);
  assert.equal((await genesSpace.embed(given)).dimensions, 830);
});

Deno.test("UMAP takes a seed, and the others none", async () => {
  await assert.rejects(
    async () => await umapSpace.embed(input(20, 3)),
    /takes a seed/,
  );
  const seeds: string[] = [];
  const tasks = planSpaces(
    [umapSpace, genesSpace],
    { layouts: 2, ofLayout: 1, elsewhere: 2 },
    (stream) => seeds.push(stream),
  );
  assert.deepEqual(tasks, [
    {
      space: "umap",
      layouts: [
        { embeddingSeed: 1, kmeansSeeds: [2] },
        { embeddingSeed: 3, kmeansSeeds: [4] },
      ],
    },
    {
      space: "genes",
      layouts: [{ embeddingSeed: null, kmeansSeeds: [5, 6] }],
    },
  ]);
  assert.deepEqual(seeds, [
    "umap/1",
    "kmeans/umap/1/1",
    "umap/2",
    "kmeans/umap/2/1",
    "kmeans/genes/1",
    "kmeans/genes/2",
  ]);
});

Deno.test("spaces are chosen by name, in the list's order", () => {
  const names = (wanted: string[]) =>
    chooseNamed("spaces", wanted, spaces).map(({ name }) => name);
  assert.deepEqual(names(["genes", "umap", "genes"]), ["umap", "genes"]);
  for (const wanted of [[], ["umap", "tsne"]]) {
    assert.throws(
      () => names(wanted),
      (error) =>
        error instanceof InputError &&
        /it is (empty|tsne) and should be one or more of umap, pca, genes/
          .test(error.message),
    );
  }
});
