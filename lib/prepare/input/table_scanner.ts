/** Reads a table that has a header, every row with as many cells as it. */

import { Cell } from "./cell.ts";
import type { FileSource } from "./file_stream.ts";
import { openTable } from "./open_table.ts";
import type { NumberRun, RowSink } from "./row_scanner.ts";
import { unreadable } from "./unreadable.ts";

export { Cell };

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
  /** What the row is about, for a message: `sample 'a'`. */
  rowName?(): string;
  /**
   * A shortcut past `cell` for plain finite numbers: where to write those from
   * that column on, one per cell; empty for none.
   */
  numbersFrom?(column: number): Float32Array;
}

/**
 * Reads a table, plain or gzipped, with or without a byte-order mark, lines
 * ended by LF, CRLF or CR. Empty lines are left out, and so are comment lines
 * in front of the header.
 *
 * @throws {InputError} If the file cannot be read, is no delimited text, or a
 * row has more or fewer cells than the header; and whatever the sink throws.
 */
export async function scanTable(
  source: FileSource,
  sink: TableSink,
): Promise<void> {
  const table = await openTable(source);
  await table.scan(new StrictRows(source.path, sink));
}

/** Refuses a header of too many columns. */
export function refuseColumns(path: string): never {
  throw unreadable(path, "its header has more than 1,000,000 columns");
}

/** Tells the header from the rows and counts their cells. */
class StrictRows implements RowSink {
  /** The header until its end. */
  #header: string[] | null = [];
  /** Columns of the header. */
  #width = 0;
  #rows = 0;
  readonly #run: NumberRun = { values: new Float32Array(), start: 0, count: 0 };

  constructor(readonly path: string, readonly sink: TableSink) {}

  numbersFrom(column: number): NumberRun | undefined {
    if (this.#header !== null || column >= this.#width) return undefined;
    const values = this.sink.numbersFrom?.(column);
    if (values === undefined) return undefined;
    this.#run.values = values;
    this.#run.count = values.length;
    return this.#run;
  }

  cell(column: number, cell: Cell): void {
    if (this.#header !== null) {
      if (column >= COLUMN_LIMIT) refuseColumns(this.path);
      this.#header.push(cell.text());
    } else if (column < this.#width) {
      this.sink.cell(column, cell);
    }
  }

  endRow(cells: number, line: number): void {
    const { sink } = this;
    if (this.#header !== null) {
      this.#width = cells;
      sink.header(this.#header);
      this.#header = null;
      return;
    }
    this.#rows++;
    if (cells !== this.#width) {
      const name = sink.rowName === undefined ? "" : ` (${sink.rowName()})`;
      throw unreadable(
        this.path,
        `line ${line}${name} has ${cells} cell${
          cells === 1 ? "" : "s"
        } where the header has ${this.#width}`,
        cells === this.#width + 1 && this.#rows === 1
          ? "If R wrote the file, give write.table col.names = NA, so that " +
            "the column of row names has a header, too"
          : undefined,
      );
    }
    sink.endRow(line);
  }
}
