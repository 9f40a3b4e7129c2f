/** Reads a small table whose rows may end in empty cells, or begin R's way. */

import type { Cell } from "./cell.ts";
import { BLANKS } from "./delimiter.ts";
import type { FileSource } from "./file_stream.ts";
import { openTable } from "./open_table.ts";
import type { RowSink } from "./row_scanner.ts";
import { COLUMN_LIMIT, refuseColumns, type TableSink } from "./table_sink.ts";
import { unreadable } from "./unreadable.ts";

const TAB = 0x09;

/**
 * Reads a table, plain or gzipped. Empty lines are left out, and so are comment
 * lines in front of the header. Empty cells at the end of a row, beyond the
 * header, are ignored. Columns without a name at the end of the header may be
 * missing from a row. If all rows have one cell more than the header, as R's
 * `write.table` writes them between tabs or blanks, the first one is a column
 * without a name. Lines of differently many words are one column.
 *
 * @throws {InputError} If the file cannot be read, is no delimited text, or a
 * row has more or fewer cells than the header; and whatever the sink throws.
 */
export async function scanLooseTable(
  source: FileSource,
  sink: TableSink,
): Promise<void> {
  let { table, widths } = await openLoose(source);
  if (table.delimiter === BLANKS && !widths.areFit) {
    await table.close();
    ({ table, widths } = await openLoose(source, TAB));
  }
  const isOfR = table.delimiter === BLANKS || table.delimiter === TAB;
  const areNamed = isOfR && widths.areNamed;
  await table.scan(new LooseRows(source.path, sink, areNamed));
}

async function openLoose(source: FileSource, delimiter?: number) {
  const table = await openTable(source, { delimiter });
  const widths = new RowWidths();
  try {
    table.scanStart(widths);
  } catch (error) {
    await table.close();
    throw error;
  }
  return { table, widths };
}

/** Looks whether the first rows begin with a name that has no header. */
class RowWidths implements RowSink {
  #header: number | undefined;
  #rows = 0;
  #longer = 0;
  #lastCell = "";
  #isFilled = false;
  readonly #widths = new Set<number>();

  /** Whether all rows have as many cells as the header, or all one more. */
  get areFit(): boolean {
    const [width = this.#header] = this.#widths;
    return this.#widths.size <= 1 &&
      (width === this.#header || this.areNamed);
  }

  /** Whether they have one more than the header. */
  get areNamed(): boolean {
    return this.#rows > 0 && this.#longer === this.#rows && this.#isFilled;
  }

  cell(column: number, cell: Cell): void {
    if (column === this.#header) this.#lastCell = peek(cell);
  }

  endRow(cells: number): void {
    if (this.#header === undefined) {
      this.#header = cells;
      return;
    }
    this.#rows++;
    this.#widths.add(cells);
    if (cells !== this.#header + 1) return;
    this.#longer++;
    if (this.#lastCell !== "") this.#isFilled = true;
  }
}

/** Its text, or something for bytes that are none: they are refused later. */
function peek(cell: Cell): string {
  try {
    return cell.text();
  } catch {
    return "?";
  }
}

/** Tells the header from the rows and counts their cells. */
class LooseRows implements RowSink {
  /** The header until its end. */
  #header: string[] | null;
  #width = 0;
  /** Cells that a row must have. */
  #least = 0;
  #hasMore = false;

  constructor(
    readonly path: string,
    readonly sink: TableSink,
    areNamed: boolean,
  ) {
    this.#header = areNamed ? [""] : [];
  }

  cell(column: number, cell: Cell): void {
    if (this.#header !== null) {
      if (column >= COLUMN_LIMIT) refuseColumns(this.path);
      this.#header.push(cell.text());
    } else if (column < this.#width) {
      this.sink.cell(column, cell);
    } else if (cell.text() !== "") {
      this.#hasMore = true;
    }
  }

  endRow(cells: number, line: number): void {
    if (this.#header !== null) {
      this.#width = this.#header.length;
      this.#least = this.#header.findLastIndex((name) => name !== "") + 1;
      this.sink.header(this.#header);
      this.#header = null;
      return;
    }
    if (this.#hasMore || cells < this.#least) {
      throw unreadable(
        this.path,
        `line ${line} has ${cells} cell${
          cells === 1 ? "" : "s"
        } where the header has ${this.#width}`,
        "Write texts that hold the separator between double quotes",
      );
    }
    this.sink.endRow(line);
  }
}
