/** Normalization compared with edgeR's. */

import assert from "node:assert/strict";
import {
  normalizeSamples,
} from "../../../lib/prepare/normalize/normalization.ts";
import { recognizeValues } from "../../../lib/prepare/normalize/recognize.ts";
import { tmmFactors } from "../../../lib/prepare/normalize/tmm.ts";
import { rowsInIdOrder } from "../../../lib/prepare/order.ts";
import { transformExpression } from "../../../lib/prepare/transform.ts";
import { refusal } from "../user_files.ts";
import { edger, type EdgerData, matrixOf, relativeGap } from "./edger.ts";

/**
 * Both compute in float64 by the same steps, so that rounding alone differs;
 * counts in the fixture are exact in float32.
 */
const TOLERANCE = 1e-12;

function normalized(
  data: EdgerData,
  normalize: "auto" | "none" | "cpm" | "tmm",
  rows?: readonly number[],
) {
  const matrix = matrixOf(data, rows);
  const summary = recognizeValues(matrix.values, matrix.genes.length);
  const transform = "log2";
  return {
    ...matrix,
    summary,
    ...normalizeSamples({ ...matrix, summary, normalize, transform }),
  };
}

for (const [name, data] of Object.entries(edger)) {
  Deno.test(`TMM: factors and CPM are edgeR's (${name})`, () => {
    const found = normalized(data, "tmm");
    const { librarySizes } = found.summary;
    assert.ok(relativeGap(librarySizes, data.library_size) < TOLERANCE);
    assert.ok(relativeGap(found.factors, data.norm_factors) < TOLERANCE);
    assert.equal(found.sampleIds[found.reference!], data.reference);
    for (
      const [normalize, golden] of [
        ["cpm", data.cpm],
        ["tmm", data.cpm_tmm],
      ] as const
    ) {
      const { divisors } = normalized(data, normalize);
      const values = golden.map((_, index) => {
        const row = Math.floor(index / 50);
        return found.values[row * data.genes.length + index % 50] /
          divisors[row];
      });
      assert.ok(relativeGap(values, golden) < TOLERANCE);
    }
  });

  Deno.test(`TMM: the order of the samples does not matter (${name})`, () => {
    const rows = [...data.samples.keys()].reverse();
    const first = normalized(data, "tmm");
    const second = normalized(data, "tmm", rows);
    assert.deepEqual(
      rows.map((row) => first.factors[row]),
      [...second.factors],
    );
    assert.equal(
      first.sampleIds[first.reference!],
      second.sampleIds[second.reference!],
    );
  });
}

Deno.test("TMM: a sample alone has factor 1", () => {
  const { factors, reference } = tmmFactors({
    values: Float32Array.of(1, 0, 5),
    genes: 3,
    librarySizes: Float64Array.of(6),
    order: rowsInIdOrder(["a"]),
  });
  assert.deepEqual([...factors], [1]);
  assert.equal(reference, 0);
});

Deno.test("TMM: samples without a common gene have equal factors, as in edgeR", () => {
  const { factors } = tmmFactors({
    values: Float32Array.of(5, 0, 0, 7),
    genes: 2,
    librarySizes: Float64Array.of(5, 7),
    order: [0, 1],
  });
  assert.deepEqual([...factors], [1, 1]);
});

Deno.test("normalization: auto makes counts CPM and leaves other values", () => {
  const counts = normalized(edger.small, "auto");
  assert.equal(counts.method, "cpm");
  assert.deepEqual(
    [...counts.divisors],
    edger.small.library_size.map((size) => size / 1e6),
  );
  assert.ok(counts.factors.every((factor) => factor === 1));

  const { summary } = counts;
  const choose = (
    kind: typeof summary.kind,
    transform: "log2" | "none" = "log2",
  ) =>
    normalizeSamples({
      ...counts,
      summary: { ...summary, kind },
      normalize: "auto",
      transform,
    });
  assert.equal(choose("counts", "none").method, "none");
  for (const kind of ["per million", "logarithms", "other"] as const) {
    const { method, divisors } = choose(kind);
    assert.equal(method, "none");
    assert.ok(divisors.every((divisor) => divisor === 1));
  }
});

Deno.test("normalization: a sample of zeros is refused", () => {
  const { genes } = edger.small;
  const values = matrixOf(edger.small).values.fill(0, 0, genes.length);
  const summary = recognizeValues(values, genes.length);
  assert.throws(
    () =>
      normalizeSamples({
        sampleIds: edger.small.samples,
        genes,
        values,
        summary,
        normalize: "auto",
        transform: "log2",
      }),
    refusal(
      /1 sample of 15 has no value above 0 \(the first is 'leaf01'\)/,
      /^deno task prepare --drop-zero-samples$/,
    ),
  );
});

Deno.test("normalization: the transform divides by the library size first", () => {
  const values = transformExpression(Float32Array.of(3, 1, 6, 2), {
    transform: "log2",
    divisors: Float64Array.of(1, 2),
  });
  assert.deepEqual([...values], [2, 1, 2, 1]);
  const plain = transformExpression(Float32Array.of(3, 1, 6, 2), {
    transform: "none",
    divisors: Float64Array.of(1, 2),
  });
  assert.deepEqual([...plain], [3, 1, 3, 1]);
});
