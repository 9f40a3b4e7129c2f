/** The largest matrix that is read: it is held whole, also if it is sparse. */

import { formatBytes, withCommas } from "../../cli/text.ts";
import { VALUE_LIMIT } from "../input/limits.ts";
import { unreadable } from "../input/unreadable.ts";

const BYTES = 4;

/**
 * Refuses a matrix before memory is asked for.
 *
 * @param rows Rows that the file declares, whole and not negative.
 * @throws {InputError} If it would be too large, or holds nothing.
 */
export function checkSize(path: string, rows: number, columns: number): void {
  if (!(rows >= 1 && columns >= 1)) {
    throw unreadable(
      path,
      `it declares ${withCommas(rows)} x ${withCommas(columns)} values and ` +
        "should have at least one row and one column",
    );
  }
  if (rows * columns <= VALUE_LIMIT) return;
  throw unreadable(
    path,
    `it declares ${withCommas(rows)} x ${withCommas(columns)} values, which ` +
      `would need ${formatBytes(rows * columns * BYTES)} of memory, and the ` +
      `limit is ${formatBytes(VALUE_LIMIT * BYTES)}`,
    "Give fewer samples: of single cells, the sum of each sample and cell type",
  );
}
