/** Which cells of a table's rows belong to which name of its header. */

import { countOf } from "../../cli/text.ts";
import { CellKind, type SampleRow } from "./table_sample.ts";

/** The columns of a table. */
export interface TableLayout {
  /** What the header calls the first column; "" if it has no name for it. */
  readonly title: string;
  /** The names of all columns, with the first one's. */
  readonly names: readonly string[];
  /** Whether the header lacks the name of the first column. */
  readonly isShifted: boolean;
  /** What the user should know. */
  readonly notes: readonly string[];
}

/**
 * Lays a header over its rows. It may lack the first column's name (R writes
 * tables so); names and cells that are empty in all rows at the end are left
 * out.
 *
 * @param header The names as the file has them.
 * @param rows The first rows of the file.
 */
export function layOut(
  header: readonly string[],
  rows: readonly SampleRow[],
): TableLayout {
  const usual = usualWidth(rows, header.length);
  const isEmpty = (column: number) =>
    rows.every(({ kinds }) =>
      column >= kinds.length || kinds[column] === CellKind.empty
    );
  const isShifted = usual === header.length + 1 && !isEmpty(header.length);
  const names = isShifted ? ["", ...header] : [...header];
  // Empty cells at the end of the rows, without a name, count nowhere.
  while (
    names.length > 1 && names.at(-1) === "" && isEmpty(names.length - 1)
  ) names.pop();
  const left = names.length < header.length
    ? header.length - names.length
    : usual > names.length && isEmpty(names.length)
    ? 1
    : 0;
  const notes = [];
  if (isShifted) {
    notes.push(
      "The header has one name less than the rows have cells, so the first " +
        "column was taken for the names of the rows, as R writes them",
    );
  }
  if (left > 0) {
    notes.push(
      `The rows end in ${countOf(left, "empty column")}, which ` +
        `${left === 1 ? "is" : "are"} left out`,
    );
  }
  return { title: names[0], names, isShifted, notes };
}

/** The most frequent number of cells in a row. */
function usualWidth(rows: readonly SampleRow[], header: number): number {
  const times = new Map<number, number>();
  for (const { kinds } of rows) {
    times.set(kinds.length, (times.get(kinds.length) ?? 0) + 1);
  }
  let usual = header;
  for (const [width, count] of times) {
    if (count > (times.get(usual) ?? 0)) usual = width;
  }
  return usual;
}
