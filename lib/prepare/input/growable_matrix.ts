/** A matrix whose number of rows is not known beforehand. */

const FIRST_BLOCK = 1 << 18;
/** While the blocks are joined, no more than one of them is held twice. */
const LARGEST_BLOCK = 1 << 22;
/** Rows and columns that are transposed together: they fit the cache. */
const TILE = 64;

/** Which rows and columns to take, and how. */
export interface Choice {
  readonly rows?: ArrayLike<number>;
  readonly columns?: ArrayLike<number>;
  readonly transposed?: boolean;
}

/**
 * Holds rows of float32 in blocks, so that growth copies nothing. `take` puts
 * them together in the end and frees each block once it is copied. Rows given
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

  /** Rows added. */
  get count(): number {
    return this.#count;
  }

  /**
   * The chosen rows and columns in the order given (all by default), row after
   * row; the matrix is empty afterwards. Each block is freed once it is copied,
   * and the result's memory is used as it is filled, so no more than about one
   * block is held twice.
   *
   * @param transposed Whether the result's rows are the chosen columns.
   * @throws {RangeError} If there is no such row or column.
   */
  take(choice: Choice = {}): Float32Array<ArrayBuffer> {
    const rows = choice.rows ?? upTo(this.#count);
    const columns = choice.columns ?? upTo(this.width);
    checkBelow(rows, this.#count);
    checkBelow(columns, this.width);
    const taken = new Float32Array(rows.length * columns.length);
    const places = placesInOrder(rows);
    let [first, place] = [0, 0];
    for (const block of this.#blocks.splice(0)) {
      const next = first + block.length / this.width;
      const start = place;
      while (place < places.length && rows[places[place]] < next) place++;
      const ours = places.subarray(start, place);
      const offsets = Int32Array.from(
        ours,
        (index) => (rows[index] - first) * this.width,
      );
      if (choice.transposed) {
        scatter(block, offsets, columns, taken, ours, rows.length);
      } else {
        gather(block, offsets, columns, taken, ours, choice.columns);
      }
      first = next;
      block.buffer.transfer(0); // Freed now, not at the next collection.
    }
    this.#count = 0;
    this.#filled = this.#capacity = 0;
    return taken;
  }
}

function upTo(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, index) => index);
}

function checkBelow(indices: ArrayLike<number>, count: number): void {
  for (let index = 0; index < indices.length; index++) {
    if (!(indices[index] >= 0 && indices[index] < count)) {
      throw new RangeError(`There is no row or column ${indices[index]}`);
    }
  }
}

/** The places of the result, by the row that goes there. */
function placesInOrder(rows: ArrayLike<number>): Uint32Array {
  const places = upTo(rows.length);
  let ascending = true;
  for (let index = 1; index < rows.length && ascending; index++) {
    ascending = rows[index - 1] <= rows[index];
  }
  return ascending ? places : places.sort((a, b) => rows[a] - rows[b]);
}

/** Copies rows of a block to their places. */
function gather(
  block: Float32Array,
  offsets: Int32Array,
  columns: ArrayLike<number>,
  taken: Float32Array,
  places: Uint32Array,
  chosen: ArrayLike<number> | undefined,
): void {
  const width = columns.length;
  for (let index = 0; index < places.length; index++) {
    const from = offsets[index];
    const to = places[index] * width;
    if (chosen === undefined) {
      taken.set(block.subarray(from, from + width), to);
      continue;
    }
    for (let column = 0; column < width; column++) {
      taken[to + column] = block[from + columns[column]];
    }
  }
}

/** Copies rows of a block to columns, tile by tile for the cache's sake. */
function scatter(
  block: Float32Array,
  offsets: Int32Array,
  columns: ArrayLike<number>,
  taken: Float32Array,
  places: Uint32Array,
  width: number,
): void {
  for (let top = 0; top < places.length; top += TILE) {
    const bottom = Math.min(top + TILE, places.length);
    for (let left = 0; left < columns.length; left += TILE) {
      const right = Math.min(left + TILE, columns.length);
      for (let column = left; column < right; column++) {
        const from = columns[column];
        const to = column * width;
        for (let index = top; index < bottom; index++) {
          taken[to + places[index]] = block[offsets[index] + from];
        }
      }
    }
  }
}
