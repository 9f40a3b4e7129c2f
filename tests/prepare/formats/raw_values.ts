/** What a matrix as read holds, in a form that tests can compare. */

import type { RawMatrix } from "../../../lib/prepare/input/raw_matrix.ts";

/** The ids of both sides and the numbers, row after row. */
export function contentOf({ rows, columns, values }: RawMatrix) {
  return {
    rows: [...rows.ids],
    columns: [...columns.ids],
    values: rows.ids.map((_, row) => [...values.row(row)]),
  };
}
