/** What takes the rows of a table, whose header comes first. */

import type { Cell } from "./cell.ts";
import { unreadable } from "./unreadable.ts";

/** More columns than any transcriptome has. */
export const COLUMN_LIMIT = 1_000_000;

/** Takes the cells of a table, in the order of the file. */
export interface TableSink {
  /** Takes the names in the header; they are not checked. */
  header(columns: readonly string[]): void;
  /** Takes a cell below one of the header's columns, during the call. */
  cell(column: number, cell: Cell): void;
  /** Ends a row, which began on `line` (1-based) and has all its cells. */
  endRow(line: number): void;
}

/** Refuses a header of too many columns. */
export function refuseColumns(path: string): never {
  throw unreadable(path, "its header has more than 1,000,000 columns");
}
