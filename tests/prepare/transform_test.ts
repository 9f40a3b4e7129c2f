import assert from "node:assert/strict";
import { readNpy } from "../../lib/store/npy.ts";
import { transformExpression } from "../../lib/prepare/transform.ts";

const fixtures = new URL("../fixtures/prepare/", import.meta.url).pathname;

// No tolerance: V8's and NumPy's log2 differ by an ulp of float64 at most,
// which the rounding to float32 takes away in all 5,000 values.
Deno.test("transform: log2(x + 0.001) + 10 equals NumPy's, exactly", async () => {
  const { data: raw } = await readNpy(`${fixtures}raw.npy`);
  const { data: expected } = await readNpy(`${fixtures}transformed.npy`);
  const values = transformExpression(raw, {
    transform: "log2",
    pseudocount: 0.001,
    shift: 10,
  });
  assert.equal(values, raw, "the values are changed in place");
  assert.equal(values.length, 5000);
  assert.deepEqual([...values], [...expected]);
});

Deno.test("transform: log2(x + 1) by default, and none does nothing", () => {
  assert.deepEqual(
    [...transformExpression(Float32Array.of(0, 1, 7), { transform: "log2" })],
    [0, 1, 3],
  );
  assert.deepEqual(
    [...transformExpression(Float32Array.of(0, 1), { transform: "none" })],
    [0, 1],
  );
});
