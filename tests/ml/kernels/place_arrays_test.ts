import assert from "node:assert/strict";
import { mlKernels } from "../../../lib/ml/kernels/module.ts";
import { placeArrays } from "../../../lib/ml/kernels/place_arrays.ts";

Deno.test("arrays lie side by side, at whole vectors", () => {
  const { a, b, c } = placeArrays({
    a: ["i32", 3],
    b: ["f32", 5],
    c: ["f64", 1],
  });
  assert.deepEqual(
    [a, b, c].map(({ byteOffset, length }) => [byteOffset, length]),
    [[0, 3], [16, 5], [48, 1]],
  );
  assert.ok(
    [a, b, c].every(({ buffer }) => buffer === mlKernels().memory.buffer),
  );
  assert.ok(
    a instanceof Int32Array && b instanceof Float32Array &&
      c instanceof Float64Array,
  );
});

Deno.test("the memory grows to what the arrays need and no further", () => {
  const before = mlKernels().memory.buffer.byteLength;
  const { big } = placeArrays({ big: ["f64", before / 8 + 1] });
  assert.equal(big.byteLength, before + 8);
  assert.equal(mlKernels().memory.buffer.byteLength, before + 65_536);
  placeArrays({ big: ["f64", before / 8 + 1] });
  assert.equal(mlKernels().memory.buffer.byteLength, before + 65_536);
});

Deno.test("arrays of more than 4 GiB are refused", () => {
  assert.throws(() => placeArrays({ huge: ["f64", 2 ** 29 + 1] }), RangeError);
});
