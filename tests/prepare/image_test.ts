import assert from "node:assert/strict";
import { imageSide, takeColumns, toImages } from "../../lib/prepare/image.ts";

const golden = JSON.parse(
  await Deno.readTextFile(
    new URL("../fixtures/prepare/images.json", import.meta.url),
  ),
);

Deno.test("image: the side is the smallest that holds every gene", () => {
  const sides = [1, 2, 4, 5, 9, 10, 10_000, 21_111, 45_741].map(imageSide);
  assert.deepEqual(sides, [1, 2, 2, 3, 3, 4, 100, 146, 214]);
});

Deno.test("image: equals NumPy's padding and reshape", () => {
  const images = toImages(Float32Array.from(golden.values), 2, 7);
  assert.equal(golden.side, imageSide(7));
  assert.deepEqual([...images], golden.images);
});

Deno.test("image: refuses numbers that do not fit", () => {
  assert.throws(() => toImages(new Float32Array(5), 2, 3), RangeError);
  assert.throws(() => toImages(new Float32Array(10), 2, 5, 2), RangeError);
  const few = Uint32Array.of(0, 1, 2);
  assert.throws(
    () => toImages(new Float32Array(8), 2, 4, 2, few),
    RangeError,
  );
});

Deno.test("image: columns go to their pixels and are found there", () => {
  const pixelOf = Uint32Array.of(8, 0, 4, 2, 6);
  const values = Float32Array.of(1, 2, 3, 4, 5, 10, 20, 30, 40, 50);
  const images = toImages(values, 2, 5, 3, pixelOf);
  assert.deepEqual(
    [...images.subarray(0, 9)],
    [2, 0, 4, 0, 3, 0, 5, 0, 1],
  );
  for (const row of [0, 1]) {
    assert.deepEqual(
      takeColumns(images.subarray(9 * row), 5, pixelOf),
      values.slice(5 * row, 5 * row + 5),
    );
  }
  assert.deepEqual([...takeColumns(images, 5)], [2, 0, 4, 0, 3]);
});
