import assert from "node:assert/strict";
import { pcaSpace } from "../../lib/clusters/spaces/pca.ts";
import { umapSpace } from "../../lib/clusters/spaces/umap.ts";
import { deriveSeed, openStream } from "../../lib/random.ts";
import { mean } from "../../lib/statistics/describe.ts";
import { stratifyGenes } from "../../lib/null_test/gene_strata.ts";
import {
  drawMatched,
  matchedNull,
} from "../../lib/null_test/null_models/matched.ts";
import { testNulls } from "../../lib/null_test/null_tests.ts";
import { planNull } from "../../lib/null_test/null_plan.ts";
import { uniformNull } from "../../lib/null_test/null_models/uniform.ts";

const GENES = 3000;
const { uniform } = openStream(21, "nulls");
const means = Float64Array.from({ length: GENES }, () => 10 * uniform());
const sds = Float64Array.from({ length: GENES }, () => uniform());
// The tested set: 200 genes of high mean and of high spread.
const tested = Uint32Array.from(
  [...means.keys()]
    .toSorted((a, b) => means[b] / 10 + sds[b] - means[a] / 10 - sds[a])
    .filter((_, index) => index % 3 > 0)
    .slice(0, 200),
).sort();
const strata = stratifyGenes(means, sds);
const pool = { genes: GENES, size: 200, tested, strata };
const CHOICES = {
  sets: 40,
  geneSet: "shap",
  spaces: [umapSpace, pcaSpace],
  repeats: { layouts: 1, ofLayout: 2, elsewhere: 1 },
  master: 42,
};

/** How many genes a set has in each stratum. */
function countsOf(columns: Uint32Array): number[] {
  const counts = new Array<number>(100).fill(0);
  for (const column of columns) counts[strata[column]]++;
  return counts;
}

Deno.test("matched sets have the tested set's genes a stratum", () => {
  for (let seed = 0; seed < 20; seed++) {
    const columns = drawMatched(pool, seed);
    assert.deepEqual(countsOf(columns), countsOf(tested));
    assert.equal(new Set(columns).size, 200);
    assert.deepEqual(columns, columns.toSorted());
  }
});

Deno.test("matched sets are like the tested set, and uniform ones are not", () => {
  const averages = (values: Float64Array) => {
    const over = (columns: Uint32Array) =>
      mean(Array.from(columns, (column) => values[column]));
    const wanted = over(tested);
    const off = (kind: typeof uniformNull) =>
      Math.abs(
        mean(
          planNull(kind, pool, CHOICES).sets
            .map(({ task }) => over(task.columns)),
        ) - wanted,
      );
    return { matched: off(matchedNull), uniform: off(uniformNull) };
  };
  for (const values of [means, sds]) {
    const { matched, uniform } = averages(values);
    assert.ok(uniform > 0.05 * (Math.max(...values) - Math.min(...values)));
    assert.ok(matched < uniform / 10, `${matched}, not ${uniform}`);
  }
});

Deno.test("matched draws treat the tested set's genes like any other", () => {
  // Within a stratum every gene is as likely as any other, so a set shares as
  // many genes with the tested one as the strata's shares say.
  const sizes = new Map<number, number>();
  for (const stratum of strata) {
    sizes.set(stratum, (sizes.get(stratum) ?? 0) + 1);
  }
  const expected = countsOf(tested).reduce(
    (sum, count, stratum) =>
      count === 0 ? sum : sum + count * count / sizes.get(stratum)!,
    0,
  ) / 200;
  const overlapOf = ({ sets }: ReturnType<typeof planNull>) =>
    mean(sets.map(({ shared }) => shared / 200));
  const meanGeneOverlap = overlapOf(planNull(matchedNull, pool, {
    ...CHOICES,
    sets: 200,
  }));
  // The share's sd is about 0.03 a set, so 0.002 over 200 sets.
  assert.ok(Math.abs(meanGeneOverlap - expected) < 0.01);
  const any = overlapOf(planNull(uniformNull, pool, CHOICES));
  assert.ok(Math.abs(any - 200 / GENES) < 0.02);
  assert.ok(meanGeneOverlap > 3 * any);
});

Deno.test("a set that fills its strata can only be drawn itself", () => {
  const full = {
    genes: 4,
    size: 2,
    tested: Uint32Array.of(1, 3),
    strata: Int32Array.of(0, 7, 0, 9),
  };
  const columns = drawMatched(full, 1);
  assert.deepEqual(columns, full.tested);
});

Deno.test("every random set has a stream of its own", () => {
  for (
    const [kind, stream] of [
      [uniformNull, "ttest/set/3"],
      [matchedNull, "ttest/matched/3"],
    ] as const
  ) {
    const { sets } = planNull(kind, pool, CHOICES);
    const seed = (name: string) => deriveSeed(42, `${stream}/${name}`);
    const { geneSeed, task } = sets[2];
    assert.equal(geneSeed, seed("genes"));
    assert.deepEqual(task.columns, kind.draw(pool, geneSeed));
    assert.deepEqual(task.spaces, [
      {
        space: "umap",
        layouts: [{
          embeddingSeed: seed("umap/1"),
          kmeansSeeds: [seed("kmeans/umap/1/1"), seed("kmeans/umap/1/2")],
        }],
      },
      {
        space: "pca",
        layouts: [
          { embeddingSeed: null, kmeansSeeds: [seed("kmeans/pca/1")] },
        ],
      },
    ]);
    const few = planNull(kind, pool, { ...CHOICES, sets: 3 });
    assert.deepEqual(few.sets, sets.slice(0, 3));
    const inSet = task.columns.filter((column) => tested.includes(column));
    assert.equal(sets[2].shared, inSet.length);
    const other = planNull(kind, pool, { ...CHOICES, geneSet: "mine" });
    assert.equal(
      other.sets[2].geneSeed,
      deriveSeed(42, `${stream.replace("/", "/mine/")}/genes`),
    );
  }
});

Deno.test("the spread within sets makes a p that is too small", () => {
  const scored = (values: number[], space = "umap") => ({
    space,
    plane: null,
    profiles: 9,
    repeats: values.map((vMeasure, index) => ({
      layout: 1,
      embeddingSeed: null,
      repeat: index + 1,
      kmeansSeed: 0,
      homogeneity: 0,
      completeness: 0,
      ami: vMeasure,
      ari: 0,
      assignments: new Int32Array(0),
      vMeasure: 0,
    })),
  });
  const plan = planNull(uniformNull, pool, { ...CHOICES, sets: 3 });
  const [umap, pca] = testNulls(
    [scored([3.4, 3.6]), scored([3.5], "pca")],
    [{
      plan,
      scored: [
        [scored([0.9, 1.1]), scored([1])],
        [scored([1.9, 2.1]), scored([2])],
        [scored([2.9, 3.1]), scored([3])],
      ],
    }],
  ).map(({ test }) => test);
  const close = (value: number | null, wanted: number) =>
    assert.ok(Math.abs(value! - wanted) < 1e-12, `${value}, not ${wanted}`);
  // Means 1, 2, 3: sd 1; the repeats of each lie 0.1 about its mean.
  close(umap.null_sd, 1);
  close(umap.within_set_sd, 0.1 * Math.SQRT2);
  // With two degrees of freedom the tail is (1 - t / sqrt(2 + t²)) / 2.
  const tail = (sd: number) => {
    const t = 1.5 / (sd * Math.sqrt(4 / 3));
    return (1 - t / Math.sqrt(2 + t * t)) / 2;
  };
  close(umap.p_t, tail(1));
  close(umap.within_set_p_t, tail(0.1 * Math.SQRT2));
  assert.ok(umap.within_set_p_t! < umap.p_t! / 10);
  assert.deepEqual(
    [umap.space, umap.repeats, pca.space, pca.repeats],
    ["umap", 2, "pca", 1],
  );
  // One repeat has no spread.
  assert.equal(pca.within_set_sd, null);
  assert.equal(pca.within_set_p_t, null);
  close(pca.p_t, tail(1));
});
