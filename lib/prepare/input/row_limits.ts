/** The largest matrix that a text table may hold. */

import { quote } from "../../cli/text.ts";
import { NAME_LIMIT, VALUE_LIMIT } from "./limits.ts";
import { unreadable } from "./unreadable.ts";

/** More than any study has, and less than a `Map` can hold. */
const ROW_LIMIT = 10_000_000;

/**
 * Refuses a row that is one too many, or has no fit id.
 *
 * @param row Its index, from 0, and the numbers in it.
 * @throws {InputError} If the matrix would be too large.
 */
export function checkRow(
  path: string,
  { id, line, row, width }: {
    readonly id: string;
    readonly line: number;
    readonly row: number;
    readonly width: number;
  },
): void {
  if (id.length > NAME_LIMIT) {
    throw unreadable(
      path,
      `line ${line}: the id ${
        quote(id)
      } has more than ${NAME_LIMIT} characters`,
    );
  }
  if (row >= ROW_LIMIT) {
    throw unreadable(path, "it has more than 10,000,000 rows");
  }
  if ((row + 1) * width > VALUE_LIMIT) {
    throw unreadable(
      path,
      "it has more than 2,147,483,648 values, which need more than 8.6 GB of " +
        "memory",
      "Give fewer samples: of single cells, the sum of each sample and cell type",
    );
  }
}
