/** Winograd's convolution and its gradients. */

import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import { convolve, convolveInputGradient } from "../../lib/backend/ops.ts";
import * as reference from "./reference.ts";
import { numbers, take, tensor } from "./support.ts";
import { exported, GuardedMemory } from "./kernel_memory.ts";

const SIDES = [
  [1, 1],
  [1, 7],
  [2, 3],
  [3, 2],
  [4, 4],
  [5, 5],
  [6, 9],
  [8, 4],
  [9, 13],
  [13, 9],
];
const CHANNELS = [[4, 8], [5, 13], [7, 3], [8, 40], [12, 12], [33, 6], [40, 5]];

/** Height, width, input and output channels. */
const CASES = SIDES.flatMap((side) =>
  CHANNELS.map((channels) => [...side, ...channels])
);
// So many tiles and channels that they take several chunks.
CASES.splice(2, 0, [17, 21, 96, 40]);

// Half a unit in the last place of float32.
const EPSILON = 2 ** -24;
// |error| <= BOUND * EPSILON * the largest sum of |x| |w| of a pixel of the same
// channel (of a tap of the same pair of channels): all products of a tile
// contribute to the error of each of its values, also at the border, where a
// value is the sum of only a few. Random numbers reach 22 where an image has a
// few pixels and 2 where sums are long; the direct method stays below 4. A wrong
// constant, tap or tile gives thousands.
const BOUND = 32;

/** Fills scratch with NaN: a kernel must not read what it did not write. */
const NAN_BYTES = 0xff;

function absolute(values: Float32Array): Float32Array {
  return values.map(Math.abs);
}

/**
 * The largest |actual - expected| in units of EPSILON and of the largest size
 * in its column.
 */
function largestError(
  actual: Float32Array,
  expected: Float64Array,
  sizes: Float64Array,
  columns: number,
): number {
  assert.equal(actual.length, expected.length);
  const columnSizes = new Float64Array(columns);
  sizes.forEach((size, index) => {
    const column = index % columns;
    columnSizes[column] = Math.max(columnSizes[column], size);
  });
  let largest = 0;
  for (let index = 0; index < actual.length; index++) {
    const gap = Math.abs(actual[index] - expected[index]);
    // Math.max keeps a NaN, and every comparison with it is false.
    largest = Math.max(largest, gap / columnSizes[index % columns] / EPSILON);
  }
  return largest;
}

interface Epilogue {
  shift: Float32Array;
  relu: boolean;
  gate: Float32Array | null;
}

/** One image by the kernels, with scratch full of NaN. */
function convolveImage(
  x: Float32Array,
  filter: Float32Array,
  [, height, width, ci]: reference.Shape,
  co: number,
  epilogue?: Epilogue,
): Float32Array {
  const blocks = new GuardedMemory();
  const factors = blocks.allocate(
    exported.winogradFilterBytes(ci, co),
    NAN_BYTES,
  );
  const taps = blocks.put(filter);
  const scratch = blocks.allocate(
    Math.max(
      exported.winogradConvolveScratch(height, width, ci, co),
      27 * 16,
    ),
    NAN_BYTES,
  );
  for (let block = 0; block < Math.ceil(co / 8); block++) {
    exported.winogradFilter(taps, factors, ci, co, block, scratch);
  }
  const size = height * width * co;
  const y = blocks.allocate(size * 4, NAN_BYTES);
  exported.winogradConvolve(
    blocks.put(x),
    factors,
    y,
    height,
    width,
    ci,
    co,
    epilogue ? blocks.put(epilogue.shift) : 0,
    epilogue?.relu ? 1 : 0,
    epilogue?.gate ? blocks.put(epilogue.gate) : 0,
    scratch,
  );
  assert(blocks.isIntact(), "the kernel wrote outside its memory");
  return blocks.floats(y, size).slice();
}

Deno.test("Winograd's convolution equals the direct one within its error", () => {
  for (const [height, width, ci, co] of CASES) {
    const shape: reference.Shape = [1, height, width, ci];
    const x = numbers(height * width * ci, 1);
    const filter = numbers(9 * ci * co, 2);
    const error = largestError(
      convolveImage(x, filter, shape, co),
      reference.convolve(x, filter, shape, co),
      reference.convolve(absolute(x), absolute(filter), shape, co),
      co,
    );
    const title = `${height} x ${width}, ${ci} to ${co} channels`;
    assert(error < BOUND, `${title}: ${error} units`);
  }
});

Deno.test("Winograd's input gradient equals the direct one within its error", () => {
  for (const [height, width, co, ci] of CASES) {
    const shape: reference.Shape = [1, height, width, ci];
    const dy = numbers(height * width * co, 3);
    const filter = numbers(9 * ci * co, 2);
    const blocks = new GuardedMemory();
    const rotated = blocks.allocate(filter.byteLength);
    exported.turnFilter(blocks.put(filter), rotated, ci, co);
    const rotatedFilter = blocks.floats(rotated, filter.length).slice();
    const error = largestError(
      convolveImage(dy, rotatedFilter, [1, height, width, co], ci),
      reference.inputGradient(dy, filter, shape, co),
      reference.inputGradient(absolute(dy), absolute(filter), shape, co),
      ci,
    );
    const title = `${height} x ${width}, ${ci} to ${co} channels`;
    assert(error < BOUND, `${title}: ${error} units`);
  }
});

Deno.test("Winograd's filter gradient equals the direct one within its error", () => {
  CASES.forEach(([height, width, ci, co], index) => {
    const batch = 1 + index % 9;
    const shape: reference.Shape = [batch, height, width, ci];
    const x = numbers(batch * height * width * ci, 1);
    const dy = numbers(batch * height * width * co, 3);
    const blocks = new GuardedMemory();
    const size = 9 * ci * co;
    const result = blocks.allocate(size * 4, NAN_BYTES);
    const bytes = exported.winogradFilterGradientScratch(
      batch,
      height,
      width,
      ci,
      co,
    );
    exported.winogradFilterGradient(
      blocks.put(x),
      blocks.put(dy),
      result,
      batch,
      height,
      width,
      ci,
      co,
      blocks.allocate(bytes, NAN_BYTES),
    );
    assert(blocks.isIntact(), "the kernel wrote outside its memory");
    const error = largestError(
      blocks.floats(result, size).slice(),
      reference.filterGradient(x, dy, shape, co),
      reference.filterGradient(absolute(x), absolute(dy), shape, co),
      ci * co,
    );
    const title = `${batch} of ${height} x ${width}, ${ci} to ${co} channels`;
    assert(error < BOUND, `${title}: ${error} units`);
  });
});

Deno.test("the scratch for a number of images is enough for fewer", () => {
  const [ci, co] = [8, 16];
  // Sides at which fewer images are split into larger chunks.
  for (const [side, most] of [[19, 7], [19, 33], [27, 4], [27, 7]]) {
    const scratchOf = (images: number) =>
      exported.winogradFilterGradientScratch(images, side, side, ci, co);
    const x = numbers(most * side * side * ci, 1);
    const dy = numbers(most * side * side * co, 3);
    for (let images = 1; images <= most; images++) {
      assert(scratchOf(images) <= scratchOf(images + 1), `${images} images`);
      const blocks = new GuardedMemory();
      const result = blocks.allocate(9 * ci * co * 4);
      exported.winogradFilterGradient(
        blocks.put(x.subarray(0, images * side * side * ci)),
        blocks.put(dy.subarray(0, images * side * side * co)),
        result,
        images,
        side,
        side,
        ci,
        co,
        blocks.allocate(scratchOf(most)),
      );
      assert(blocks.isIntact(), `${images} images in the scratch of ${most}`);
    }
  }
});

Deno.test("shift, ReLU and gate within the kernel equal separate steps", () => {
  for (const [height, width, ci, co] of [[4, 8, 4, 8], [5, 7, 6, 11]]) {
    const shape: reference.Shape = [1, height, width, ci];
    const x = numbers(height * width * ci, 1);
    const filter = numbers(9 * ci * co, 2);
    const shift = numbers(co, 3);
    const gates = numbers(height * width * co, 4);
    const plain = convolveImage(x, filter, shape, co);
    for (const relu of [false, true]) {
      for (const gate of [null, gates]) {
        const expected = plain.map((value, index) => {
          const shifted = Math.fround(value + shift[index % co]);
          const open = gate === null || gate[index] > 0;
          return open ? relu ? Math.max(0, shifted) : shifted : 0;
        });
        const epilogue = { shift, relu, gate };
        const found = convolveImage(x, filter, shape, co, epilogue);
        assert.deepEqual(found, expected);
      }
    }
  }
});

Deno.test({
  name: "a batch of images has the same bits as its images one by one",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await openBackend("wasm");
    const [batch, height, width, ci, co] = [5, 9, 13, 8, 12];
    const filter = tensor<tf.Tensor4D>([3, 3, ci, co], 2);
    const x = tensor<tf.Tensor4D>([batch, height, width, ci], 1);
    const dy = tensor<tf.Tensor4D>([batch, height, width, co], 3);
    const [y, dx] = await take(
      convolve(x, filter),
      convolveInputGradient(dy, filter),
    );
    for (let image = 0; image < batch; image++) {
      const oneX = tf.slice(x, [image], [1]);
      const oneDy = tf.slice(dy, [image], [1]);
      const [oneY, oneDx] = await take(
        convolve(oneX, filter),
        convolveInputGradient(oneDy, filter),
      );
      const pixels = height * width;
      const imageOf = (values: Float32Array, channels: number) =>
        values.subarray(image * pixels * channels).subarray(
          0,
          pixels * channels,
        );
      assert.deepEqual(imageOf(y, co), oneY);
      assert.deepEqual(imageOf(dx, ci), oneDx);
      await take(oneX, oneDy);
    }
    await take(filter, x, dy);
  },
});
