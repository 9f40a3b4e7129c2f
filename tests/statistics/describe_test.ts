import assert from "node:assert/strict";
import {
  mean,
  median,
  quantile,
  sampleSd,
} from "../../lib/statistics/describe.ts";
import golden from "../fixtures/statistics/describe.json" with {
  type: "json",
};

/** A few roundings of a double, relative to the size of the numbers. */
function close(value: number, wanted: number, size: number): void {
  assert.ok(
    Math.abs(value - wanted) <= 4e-15 * size,
    `${value}, not ${wanted}`,
  );
}

Deno.test("descriptions equal NumPy's", () => {
  for (const expected of golden.cases) {
    const { values } = expected;
    const size = Math.max(...values.map(Math.abs));
    close(mean(values), expected.mean, size);
    close(median(values), expected.median, size);
    if (expected.sampleSd !== null) {
      close(sampleSd(values), expected.sampleSd, Math.sqrt(size));
    }
    for (const [probability, wanted] of Object.entries(expected.quantiles)) {
      close(quantile(values, Number(probability)), wanted, size);
    }
  }
});

Deno.test("equal values have a standard deviation of exactly 0", () => {
  assert.equal(sampleSd([0.1, 0.1, 0.1]), 0);
});

Deno.test("the values keep their order", () => {
  const values = Float32Array.of(3, 1, 2);
  assert.equal(median(values), 2);
  assert.equal(quantile(values, 1), 3);
  assert.deepEqual([...values], [3, 1, 2]);
});

Deno.test("an empty list and values that are not finite are refused", () => {
  for (const describe of [mean, median, sampleSd]) {
    assert.throws(() => describe([]), /at least/);
    assert.throws(() => describe([1, NaN]), /value 1 is NaN/);
    assert.throws(() => describe([Infinity, 1]), /value 0 is Infinity/);
  }
  assert.throws(() => sampleSd([1]), /at least 2 values/);
  assert.throws(() => quantile([1, 2], 1.5), /must be in \[0, 1\]/);
  assert.throws(() => quantile([1, 2], NaN), /not NaN/);
});
