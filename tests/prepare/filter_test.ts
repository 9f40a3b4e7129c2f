/** The filter of genes, compared with edgeR's filterByExpr. */

import assert from "node:assert/strict";
import {
  filterGenes,
  filterRule,
  takeColumns,
} from "../../lib/prepare/filter.ts";
import { normalizeSamples } from "../../lib/prepare/normalize/normalization.ts";
import { median } from "../../lib/statistics/describe.ts";
import { recognizeValues } from "../../lib/prepare/normalize/recognize.ts";
import { edger, type EdgerData, matrixOf } from "./normalize/edger.ts";
import { refusal } from "./user_files.ts";

const AUTO = {
  "min-expression": "auto",
  "expressing-samples": "auto",
  transform: "log2",
} as const;

/** The genes that stay by the default rule. */
function keptGenes(data: EdgerData, normalize: "cpm" | "tmm"): string[] {
  const matrix = matrixOf(data);
  const { values, genes, tissues } = matrix;
  const summary = recognizeValues(values, genes.length);
  const normalization = normalizeSamples({
    ...matrix,
    summary,
    normalize,
    transform: "log2",
  });
  const rule = filterRule(AUTO, tissues, summary, normalization);
  const { divisors } = normalization;
  const { kept } = filterGenes(values, genes.length, divisors, rule);
  return Array.from(kept, (column) => genes[column]);
}

/**
 * The genes that have exactly 10 counts in the sample of the median library
 * size, so that they reach the threshold, but for rounding: 10 / (size / 1e6)
 * and 10 / size * 1e6 may differ in the last bit, and edgeR compares them. Ours
 * lets these counts reach it, on purpose.
 */
function atThreshold(
  { counts, genes }: EdgerData,
  sizes: readonly number[],
): string[] {
  const row = sizes.indexOf(median(Float64Array.from(sizes)));
  return genes.filter((_, gene) => counts[row * genes.length + gene] === 10);
}

// On purpose, too, ours has no second rule that a gene needs 15 counts in all:
// it matters where a tissue has a single sample alone.
for (const [name, data] of Object.entries(edger)) {
  Deno.test(`filter: filterByExpr keeps the same genes (${name})`, () => {
    const { library_size: sizes, norm_factors: factors } = data;
    const effective = sizes.map((size, row) => size * factors[row]);
    for (
      const [normalize, golden, used] of [
        ["cpm", data.keep_any_total, sizes],
        ["tmm", data.keep_tmm_any_total, effective],
      ] as const
    ) {
      const unclear = atThreshold(data, used);
      const kept = keptGenes(data, normalize);
      const clear = (genes: readonly string[]) =>
        genes.filter((gene) => !unclear.includes(gene));
      assert.deepEqual(clear(kept), clear(golden));
      assert.ok(golden.every((gene) => kept.includes(gene)));
    }
  });
}

Deno.test("filter: 10 counts at the median library size are enough", () => {
  const { single } = edger;
  assert.ok(atThreshold(single, single.library_size).includes("g0036"));
  assert.ok(!single.keep_any_total.includes("g0036"));
  assert.ok(keptGenes(single, "cpm").includes("g0036"));
});

Deno.test("filter: what edgeR's rule of 15 counts in all would remove", () => {
  const removed = (data: EdgerData) =>
    data.keep_any_total.length - data.keep.length;
  const { single, ...others } = edger;
  assert.equal(removed(single), 5);
  assert.ok(Object.values(others).every((data) => removed(data) === 0));
});

Deno.test("filter: auto by what the values are", () => {
  const rule = (
    kind: "counts" | "per million" | "logarithms" | "other",
    method: "none" | "cpm" | "tmm",
    choices: Partial<Parameters<typeof filterRule>[0]> = {},
    tissues: readonly string[] = ["a", "a", "b", "b", "b"],
  ) =>
    filterRule({ ...AUTO, ...choices }, tissues, { kind }, {
      method,
      divisors: Float64Array.of(10, 40, 20, 30, 30),
    });
  assert.deepEqual(rule("counts", "cpm"), {
    minExpression: 10 / 30,
    minSamples: 2,
  });
  assert.equal(rule("counts", "none").minExpression, 10);
  assert.equal(rule("per million", "none").minExpression, 1);
  assert.equal(rule("other", "none").minExpression, 1);
  // The unit is not known to be reads: no threshold of counts.
  assert.equal(rule("other", "tmm").minExpression, 1);
  assert.equal(rule("logarithms", "none").minExpression, 0);
  assert.equal(rule("counts", "none", { transform: "none" }).minExpression, 0);
  assert.deepEqual(
    rule("counts", "none", {
      transform: "none",
      "min-expression": 3,
      "expressing-samples": 4,
    }),
    { minExpression: 3, minSamples: 4 },
  );
  const samplesOf = (count: number) =>
    rule("counts", "cpm", {}, [
      ...Array(count).fill("a"),
      ...Array(500).fill("b"),
    ]).minSamples;
  assert.deepEqual(
    [1, 10, 11, 12, 20, 60, 110].map(samplesOf),
    [1, 10, 11, 12, 17, 45, 80],
  );
});

Deno.test("filter: a value that equals the threshold reaches it", () => {
  // 0.7 is less than 0.7 in float32, and 7 / 10 divided is not exact.
  const values = Float32Array.of(0.7, 0.6999, 7, 6.999);
  const { kept, reaching, largest } = filterGenes(
    values,
    2,
    Float64Array.of(1, 10),
    { minExpression: 0.7, minSamples: 2 },
  );
  assert.deepEqual([...kept], [0]);
  assert.deepEqual([...reaching], [2, 0]);
  assert.ok(Math.abs(largest[0] - 0.7) < 1e-7);
  assert.deepEqual(
    [...takeColumns(values, 2, kept)],
    [Math.fround(0.7), 7],
  );
});

Deno.test("filter: 0 keeps all genes, silent ones too", () => {
  const values = Float32Array.of(0, 1, 0, 2);
  const rule = { minExpression: 0, minSamples: 2 };
  const { kept } = filterGenes(values, 2, Float64Array.of(1, 1), rule);
  assert.deepEqual([...kept], [0, 1]);
  assert.equal(takeColumns(values, 2, kept), values);
});

Deno.test("filter: if hardly a gene stays, the threshold is refused", () => {
  const genes = 1000;
  const values = new Float32Array(2 * genes).fill(0.5);
  for (let gene = 0; gene < 9; gene++) values[gene] = values[genes + gene] = 2;
  const filter = (minSamples: number) =>
    filterGenes(values, genes, Float64Array.of(1, 1), {
      minExpression: 1,
      minSamples,
    });
  assert.throws(
    () => filter(2),
    refusal(
      /^Cannot filter the genes: 9 of 1,000 reach 1 in 2 samples or more, and at least 1 % should .* the largest value is 2\)/,
      /--min-expression 0/,
    ),
  );
  assert.throws(() => filter(3), refusal(/0 of 1,000/));
  values[9] = values[genes + 9] = 1;
  assert.equal(filter(2).kept.length, 10);
});

Deno.test("filter: negative values reach no threshold and are described", () => {
  const divisors = Float64Array.of(1, 1);
  const found = filterGenes(Float32Array.of(-3, 2, -1, 4), 2, divisors, {
    minExpression: 1,
    minSamples: 1,
  });
  assert.deepEqual([...found.kept], [1]);
  assert.deepEqual([...found.largest], [-1, 4]);
  for (const kind of ["scaled", "logarithms"] as const) {
    const rule = filterRule(AUTO, ["a", "b"], { kind }, {
      method: "none",
      divisors,
    });
    assert.equal(rule.minExpression, 0);
  }
});
