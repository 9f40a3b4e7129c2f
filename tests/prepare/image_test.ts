import assert from "node:assert/strict";
import { imageSide, toImages } from "../../lib/prepare/image.ts";

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
});
