/** The code for 256-bit vectors gives the bytes of the code for 128-bit ones. */

import assert from "node:assert/strict";
import { exportsOf, GuardedMemory } from "./kernel_memory.ts";
import { numbers } from "./support.ts";

type Kernels = Awaited<ReturnType<typeof exportsOf>>;

/** Fills scratch with NaN: a kernel must not read what it did not write. */
const NAN_BYTES = 0xff;

const variants = [await exportsOf(false), await exportsOf(true)];

/** Runs a kernel in both variants and compares the floats that it returns. */
function assertSameBytes(
  title: string,
  run: (kernels: Kernels, blocks: GuardedMemory) => Float32Array,
): void {
  const [narrow, wide] = variants.map((kernels) => {
    const blocks = new GuardedMemory();
    const result = run(kernels, blocks).slice();
    assert(blocks.isIntact(), `${title}: wrote outside its memory`);
    return new Uint32Array(result.buffer);
  });
  assert.deepEqual(wide, narrow, title);
}

// Rows and columns of which some are in eights, some in fours and some left.
const SIZES = [1, 4, 5, 8, 9, 12, 13, 16, 23];

Deno.test("matrix products have the same bytes", () => {
  for (const rows of SIZES) {
    for (const columns of SIZES) {
      for (const inner of [1, 2, 257]) {
        for (const transposed of [false, true]) {
          assertSameBytes(
            `${rows} x ${inner} x ${columns}, ${transposed}`,
            (kernels, blocks) => {
              const c = blocks.allocate(rows * columns * 4, NAN_BYTES);
              kernels.matMul(
                blocks.put(numbers(rows * inner, 1)),
                ...(transposed ? [4, rows * 4] : [inner * 4, 4]),
                blocks.put(numbers(inner * columns, 2)),
                ...[columns * 4, 4, c, columns * 4, rows, inner, columns],
                blocks.allocate(kernels.matMulScratch(), NAN_BYTES),
              );
              return blocks.floats(c, rows * columns);
            },
          );
        }
      }
    }
  }
});

Deno.test("filter gradients have the same bytes", () => {
  const [images, height, width] = [2, 9, 7];
  for (const ci of SIZES) {
    for (const co of [1, 8, 13]) {
      const shape = [images, height, width, ci, co];
      for (const name of ["filterGradient", "winogradFilterGradient"]) {
        assertSameBytes(`${name}, ${ci} to ${co}`, (kernels, blocks) => {
          const pixels = images * height * width;
          const result = blocks.allocate(9 * ci * co * 4, NAN_BYTES);
          const bytes = name === "filterGradient"
            ? kernels.filterGradientScratch(height, width, ci, co)
            : kernels.winogradFilterGradientScratch(...shape);
          kernels[name](
            blocks.put(numbers(pixels * ci, 1)),
            blocks.put(numbers(pixels * co, 2)),
            result,
            ...shape,
            blocks.allocate(bytes, NAN_BYTES),
          );
          return blocks.floats(result, 9 * ci * co);
        });
      }
    }
  }
});
