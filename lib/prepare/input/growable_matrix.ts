/** A matrix whose number of rows is not known beforehand. */

const FIRST_BLOCK = 1 << 18;
/** While the blocks are joined, no more than one of them is held twice. */
const LARGEST_BLOCK = 1 << 22;

/**
 * Holds rows of float32 in blocks, so that growth copies nothing. `join` puts
 * them together in the end and frees each block once it is copied. Rows taken
 * before are empty then.
 */
export class GrowableMatrix {
  readonly #blocks: Float32Array<ArrayBuffer>[] = [];
  /** Rows in the last block. */
  #capacity = 0;
  /** Rows used of the last block. */
  #filled = 0;
  #count = 0;

  /** @param width Numbers in a row; at least 1. */
  constructor(readonly width: number) {}

  /** Adds a row of zeros and returns it. */
  add(): Float32Array<ArrayBuffer> {
    if (this.#filled === this.#capacity) {
      const most = this.#blocks.length === 0 ? FIRST_BLOCK : LARGEST_BLOCK;
      this.#capacity = Math.min(
        2 * this.#capacity || Infinity,
        Math.ceil(most / this.width),
      );
      this.#blocks.push(new Float32Array(this.#capacity * this.width));
      this.#filled = 0;
    }
    this.#count++;
    const start = this.#filled++ * this.width;
    return this.#blocks.at(-1)!.subarray(start, start + this.width);
  }

  /** The row of that index, from 0. */
  row(index: number): Float32Array<ArrayBuffer> {
    let start = index * this.width;
    for (const block of this.#blocks) {
      if (start < block.length) {
        return block.subarray(start, start + this.width);
      }
      start -= block.length;
    }
    throw new RangeError(`There is no row ${index}`);
  }

  /** All rows, one after another; the matrix is empty afterwards. */
  join(): Float32Array<ArrayBuffer> {
    const joined = new Float32Array(this.#count * this.width);
    let start = 0;
    for (const block of this.#blocks.splice(0)) {
      joined.set(block.subarray(0, joined.length - start), start);
      start += block.length;
      block.buffer.transfer(0); // Freed now, not at the next collection.
    }
    this.#count = 0;
    this.#filled = this.#capacity = 0;
    return joined;
  }
}
