import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import { convolve, convolveInputGradient } from "../../lib/backend/ops.ts";
import * as reference from "./reference.ts";
import { numbers, take, tensor } from "./support.ts";
import { Arena, exported } from "./winograd_kernels.ts";

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
// So many tiles and channels that they go in several chunks.
CASES.splice(2, 0, [17, 21, 96, 40]);

// Half a unit in the last place of float32.
const EPSILON = 2 ** -24;
// |error| <= BOUND * EPSILON * the largest sum of |x| |w| of a pixel of the same
// channel (of a tap of the same pair of channels): all products of a tile have
// part in the error of each of its values, also of those at the border that
// sum up but a few. Random numbers reach 22 where an image has a few pixels and
// 2 where sums are long; the direct way stays below 4. A wrong constant, tap or
// tile gives thousands.
const BOUND = 32;

/** Float32 scratch full of NaN: a kernel must not read what it did not write. */
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
  sizes.forEach((size, at) => {
    columnSizes[at % columns] = Math.max(columnSizes[at % columns], size);
  });
  let largest = 0;
  for (let at = 0; at < actual.length; at++) {
    const gap = Math.abs(actual[at] - expected[at]);
    // Math.max keeps a NaN, and no comparison with it holds.
    largest = Math.max(largest, gap / columnSizes[at % columns] / EPSILON);
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
  const arena = new Arena();
  const factors = arena.take(exported.winogradFilterBytes(ci, co), NAN_BYTES);
  const taps = arena.put(filter);
  const scratch = arena.take(
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
  const y = arena.take(size * 4, NAN_BYTES);
  exported.winogradConvolve(
    arena.put(x),
    factors,
    y,
    height,
    width,
    ci,
    co,
    epilogue ? arena.put(epilogue.shift) : 0,
    epilogue?.relu ? 1 : 0,
    epilogue?.gate ? arena.put(epilogue.gate) : 0,
    scratch,
  );
  assert(arena.intact(), "the kernel wrote outside its memory");
  return arena.floats(y, size).slice();
}

Deno.test("winograd's convolution is the direct one within its error", () => {
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

Deno.test("winograd's input gradient is the direct one within its error", () => {
  for (const [height, width, co, ci] of CASES) {
    const shape: reference.Shape = [1, height, width, ci];
    const dy = numbers(height * width * co, 3);
    const filter = numbers(9 * ci * co, 2);
    const arena = new Arena();
    const turned = arena.take(filter.byteLength);
    exported.turnFilter(arena.put(filter), turned, ci, co);
    const turnedFilter = arena.floats(turned, filter.length).slice();
    const error = largestError(
      convolveImage(dy, turnedFilter, [1, height, width, co], ci),
      reference.inputGradient(dy, filter, shape, co),
      reference.inputGradient(absolute(dy), absolute(filter), shape, co),
      ci,
    );
    const title = `${height} x ${width}, ${ci} to ${co} channels`;
    assert(error < BOUND, `${title}: ${error} units`);
  }
});

Deno.test("winograd's filter gradient is the direct one within its error", () => {
  CASES.forEach(([height, width, ci, co], at) => {
    const batch = 1 + at % 9;
    const shape: reference.Shape = [batch, height, width, ci];
    const x = numbers(batch * height * width * ci, 1);
    const dy = numbers(batch * height * width * co, 3);
    const arena = new Arena();
    const size = 9 * ci * co;
    const result = arena.take(size * 4, NAN_BYTES);
    const bytes = exported.winogradFilterGradientScratch(
      batch,
      height,
      width,
      ci,
      co,
    );
    exported.winogradFilterGradient(
      arena.put(x),
      arena.put(dy),
      result,
      batch,
      height,
      width,
      ci,
      co,
      arena.take(bytes, NAN_BYTES),
    );
    assert(arena.intact(), "the kernel wrote outside its memory");
    const error = largestError(
      arena.floats(result, size).slice(),
      reference.filterGradient(x, dy, shape, co),
      reference.filterGradient(absolute(x), absolute(dy), shape, co),
      ci * co,
    );
    const title = `${batch} of ${height} x ${width}, ${ci} to ${co} channels`;
    assert(error < BOUND, `${title}: ${error} units`);
  });
});

Deno.test("scratch for some images is enough for fewer", () => {
  const [ci, co] = [8, 16];
  // Sides at which fewer images are parted into larger chunks.
  for (const [side, most] of [[19, 7], [19, 33], [27, 4], [27, 7]]) {
    const scratchOf = (images: number) =>
      exported.winogradFilterGradientScratch(images, side, side, ci, co);
    const x = numbers(most * side * side * ci, 1);
    const dy = numbers(most * side * side * co, 3);
    for (let images = 1; images <= most; images++) {
      assert(scratchOf(images) <= scratchOf(images + 1), `${images} images`);
      const arena = new Arena();
      const result = arena.take(9 * ci * co * 4);
      exported.winogradFilterGradient(
        arena.put(x.subarray(0, images * side * side * ci)),
        arena.put(dy.subarray(0, images * side * side * co)),
        result,
        images,
        side,
        side,
        ci,
        co,
        arena.take(scratchOf(most)),
      );
      assert(arena.intact(), `${images} images in the scratch of ${most}`);
    }
  }
});

Deno.test("the epilogue is what it would be afterwards", () => {
  for (const [height, width, ci, co] of [[4, 8, 4, 8], [5, 7, 6, 11]]) {
    const shape: reference.Shape = [1, height, width, ci];
    const x = numbers(height * width * ci, 1);
    const filter = numbers(9 * ci * co, 2);
    const shift = numbers(co, 3);
    const gates = numbers(height * width * co, 4);
    const plain = convolveImage(x, filter, shape, co);
    for (const relu of [false, true]) {
      for (const gate of [null, gates]) {
        const expected = plain.map((value, at) => {
          const shifted = Math.fround(value + shift[at % co]);
          const open = gate === null || gate[at] > 0;
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
  name: "a batch of images has the bits of its images one by one",
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
      const at = (channels: number) => image * pixels * channels;
      assert.deepEqual(y.slice(at(co), at(co) + pixels * co), oneY);
      assert.deepEqual(dx.slice(at(ci), at(ci) + pixels * ci), oneDx);
      await take(oneX, oneDy);
    }
    await take(filter, x, dy);
  },
});
