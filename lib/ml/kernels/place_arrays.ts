/** Arrays in the kernels' memory. */

import { mlKernels } from "./module.ts";

const PAGE_BYTES = 65_536;

/** Arrays begin at multiples of it: the size of a vector. */
const ALIGNMENT = 16;

interface Views {
  f32: Float32Array<ArrayBuffer>;
  f64: Float64Array<ArrayBuffer>;
  i32: Int32Array<ArrayBuffer>;
}

const views = { f32: Float32Array, f64: Float64Array, i32: Int32Array };

/** Element type and length of each array. */
type Wanted = Readonly<Record<string, readonly [keyof Views, number]>>;

/**
 * Places arrays side by side in the kernels' memory, which grows as needed. The
 * next call places its own at the same addresses, so that these are valid only
 * until then. An array's `byteOffset` is its address.
 *
 * @returns The arrays; they hold whatever was there.
 * @throws {RangeError} If they do not fit into 4 GiB, or into this machine's
 * memory.
 */
export function placeArrays<const W extends Wanted>(
  wanted: W,
): { [Name in keyof W]: Views[W[Name][0]] } {
  const { memory } = mlKernels();
  let end = 0;
  const addresses = Object.values(wanted).map(([type, length]) => {
    const address = end;
    const bytes = length * views[type].BYTES_PER_ELEMENT;
    end += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return address;
  });
  const missing = end - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  return Object.fromEntries(
    Object.entries(wanted).map(([name, [type, length]], index) => [
      name,
      new views[type](memory.buffer, addresses[index], length),
    ]),
  ) as { [Name in keyof W]: Views[W[Name][0]] };
}
