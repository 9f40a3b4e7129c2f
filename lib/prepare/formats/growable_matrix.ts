/** Rows of a matrix whose number is not known beforehand. */

const FIRST_BLOCK = 1 << 18;
/** No more than a block is held twice while the blocks are joined. */
const LARGEST_BLOCK = 1 << 22;

/**
 * Holds rows of float32 in blocks, so that growth copies nothing. In the end
 * `join` puts them together and frees each block as it is copied, so that no
 * row is held twice for long. The rows that `open` gave are empty then.
 */
export class GrowableMatrix {
  readonly #blocks: Float32Array<ArrayBuffer>[] = [];
  #capacity: number;
  /** Whole rows in the last block. */
  #filled = 0;
  #count = 0;

  /** @param width Numbers in a row; at least 1. */
  constructor(readonly width: number) {
    this.#capacity = Math.ceil(FIRST_BLOCK / width);
  }

  /** The row to fill now. It is kept once `next` has been called. */
  open(): Float32Array<ArrayBuffer> {
    if (this.#blocks.length === 0 || this.#filled === this.#capacity) {
      if (this.#blocks.length > 0) {
        this.#capacity = Math.min(
          2 * this.#capacity,
          Math.ceil(LARGEST_BLOCK / this.width),
        );
      }
      this.#blocks.push(new Float32Array(this.#capacity * this.width));
      this.#filled = 0;
    }
    const block = this.#blocks[this.#blocks.length - 1];
    return block.subarray(
      this.#filled * this.width,
      (this.#filled + 1) * this.width,
    );
  }

  /** Keeps the row that was open and opens another. */
  next(): Float32Array<ArrayBuffer> {
    this.#filled++;
    this.#count++;
    return this.open();
  }

  /** All rows kept, one after another; the store is empty afterwards. */
  join(): Float32Array<ArrayBuffer> {
    const joined = new Float32Array(this.#count * this.width);
    let at = 0;
    for (
      let block = this.#blocks.shift();
      block !== undefined;
      block = this.#blocks.shift()
    ) {
      joined.set(block.subarray(0, joined.length - at), at);
      at += Math.min(block.length, joined.length - at);
      block.buffer.transfer(0); // Freed now, not when the collector comes by.
    }
    this.#count = 0;
    return joined;
  }
}
