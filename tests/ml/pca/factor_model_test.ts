import assert from "node:assert/strict";
import { findFactors } from "../../../lib/ml/pca/factor_model.ts";
import { RandomStream } from "../../../lib/random.ts";
import golden from "../../fixtures/ml/factor_model.json" with { type: "json" };

/** Scores times loadings: what the factors give of centered rows. */
function commonOf(
  rows: readonly number[],
  samples: number,
  scores: Float64Array,
) {
  const features = rows.length / samples;
  const common = new Float64Array(rows.length);
  for (let feature = 0; feature < features; feature++) {
    const own = Array.from(
      { length: samples },
      (_, i) => rows[i * features + feature],
    );
    const mean = own.reduce((sum, value) => sum + value, 0) / samples;
    for (let start = 0; start < scores.length; start += samples) {
      const score = scores.subarray(start, start + samples);
      const loading = own.reduce(
        (sum, value, i) => sum + score[i] * (value - mean),
        0,
      );
      score.forEach((s, i) => common[i * features + feature] += loading * s);
    }
  }
  return common;
}

Deno.test("the factors and their number are those of NumPy", () => {
  const { rows, samples, count, common } = golden;
  const found = findFactors(Float32Array.from(rows), samples);
  assert.equal(found.count, count);
  // Products of rows in float64: their roundings alone differ.
  commonOf(rows, samples, found.scores).forEach((value, index) =>
    assert.ok(Math.abs(value - common[index]) < 1e-9, `${index}: ${value}`)
  );
});

Deno.test("noise has no factor, and equal samples none either", () => {
  const { uniform } = new RandomStream(3);
  const noise = Float32Array.from({ length: 40 * 200 }, uniform);
  assert.equal(findFactors(noise, 40).count, 0);
  assert.equal(findFactors(new Float32Array(12), 4).count, 0);
});

Deno.test("scores are orthogonal and of length 1", () => {
  const { rows, samples } = golden;
  const { count, scores } = findFactors(Float32Array.from(rows), samples);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      let product = 0;
      for (let i = 0; i < samples; i++) {
        product += scores[a * samples + i] * scores[b * samples + i];
      }
      assert.ok(Math.abs(product - (a === b ? 1 : 0)) < 1e-12);
    }
  }
});
