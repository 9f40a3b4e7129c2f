/** Reads a dense matrix of an HDF5 file, rectangle by rectangle. */

import type { FaultTally } from "../../input/fault_tally.ts";
import type { Hdf5File } from "./hdf5_file.ts";
import type { ValueSink } from "./messages.ts";
import { asFloat32 } from "./stored_numbers.ts";

/** Numbers that are read at a time, unless one piece of the file has more. */
const AT_ONCE = 1 << 21;

interface Rectangle {
  readonly offset: readonly [number, number];
  readonly count: readonly [number, number];
}

/**
 * Reads the dataset `path`, which has two sides.
 *
 * @param faults Takes what is no number.
 */
export function readDense(
  file: Hdf5File,
  path: string,
  faults: FaultTally,
  sink: ValueSink,
): void {
  const [rows, columns] = file.shapeOf(path);
  const chunks = file.chunksOf(path) ?? [1, columns];
  for (const { offset, count } of rectangles([rows, columns], chunks)) {
    const numbers = file.numbers(path, offset, count);
    const [row, column] = offset;
    const width = count[1];
    const values = asFloat32(numbers);
    for (let index = 0; index < values.length; index++) {
      // NaN is not smaller either.
      if (Math.abs(values[index]) < Infinity) continue;
      values[index] = faults.take(
        Number(numbers[index]),
        row + Math.floor(index / width),
        column + index % width,
      );
    }
    sink.block({ row, column, width, values });
  }
}

/**
 * Cuts a matrix along the pieces that it is stored in, so that none is
 * unpacked twice: whole rows of pieces, or parts of them if they are long.
 */
export function* rectangles(
  [rows, columns]: readonly [number, number],
  chunks: readonly number[],
): Generator<Rectangle> {
  const high = Math.min(chunks[0], rows);
  const wide = Math.min(chunks[1], columns);
  const width = Math.min(
    columns,
    Math.max(1, Math.floor(AT_ONCE / high / wide)) * wide,
  );
  const height = Math.min(
    rows,
    Math.max(1, Math.floor(AT_ONCE / width / high)) * high,
  );
  for (let row = 0; row < rows; row += height) {
    for (let column = 0; column < columns; column += width) {
      yield {
        offset: [row, column],
        count: [
          Math.min(height, rows - row),
          Math.min(width, columns - column),
        ],
      };
    }
  }
}
