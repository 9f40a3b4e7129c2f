import assert from "node:assert/strict";
import { fastPow } from "../../../lib/ml/umap/fast_pow.ts";
import { openStream } from "../../../lib/random.ts";

/**
 * Two table entries and the expected value, each from Math.pow and off by a
 * unit in the last place, 2^-52; two products and the series, by half a unit.
 */
const BOUND = 9 * 2 ** -53;

Deno.test("a power is Math.pow's to a few units in the last place", () => {
  const { uniform } = openStream(1, "powers");
  // The curve's exponents for small and large distances lie within these.
  for (const exponent of [0.5, 0.79, 0.895, 1, -0.21, -0.105, -0.5]) {
    const power = fastPow(exponent);
    for (let i = 0; i < 20_000; i++) {
      // From 1e-15 to 1e5, as squared distances of a layout.
      const x = 10 ** (20 * uniform() - 15);
      const expected = Math.pow(x, exponent);
      assert.ok(Math.abs(power(x) / expected - 1) < BOUND, `${x}`);
    }
  }
});

Deno.test("the same holds at the ends of intervals", () => {
  const power = fastPow(0.79);
  for (let e = -10; e <= 10; e++) {
    for (let interval = 0; interval < 64; interval++) {
      for (const nudge of [1 - 2 ** -52, 1, 1 + 2 ** -52]) {
        const x = 2 ** e * (1 + interval / 64) * nudge;
        const ratio = power(x) / Math.pow(x, 0.79);
        assert.ok(Math.abs(ratio - 1) < BOUND, `${x}`);
      }
    }
  }
});

Deno.test("outside the tables a power is Math.pow's", () => {
  const power = fastPow(0.79);
  for (const x of [0, 1e-300, 5e-324, 1e300, Infinity]) {
    assert.equal(power(x), Math.pow(x, 0.79));
  }
  assert.ok(Number.isNaN(power(NaN)));
  assert.ok(Number.isNaN(power(-2)));
});
