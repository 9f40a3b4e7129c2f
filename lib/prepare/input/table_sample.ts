/** The header and the first rows of a table, cell by cell. */

import type { Cell } from "./cell.ts";
import { readCell } from "./cell_value.ts";
import { Shape, shapeOf } from "./point_groups.ts";
import type { RowSink } from "./row_scanner.ts";
import { COLUMN_LIMIT, refuseColumns } from "./table_sink.ts";

/** What a cell of the first rows holds. */
export const CellKind = { empty: 0, missing: 1, number: 2, word: 3 } as const;

/** One of the first rows. */
export interface SampleRow {
  readonly id: string;
  /** The kind of each cell, that of the id among them. */
  readonly kinds: Uint8Array;
  /** How the number in each cell is written. */
  readonly shapes: Uint8Array;
}

/** Collects the first rows; `OpenTable.scanStart` feeds it. */
export class TableSample implements RowSink {
  /** The names in the header; undefined as long as it has not ended. */
  header?: readonly string[];
  /** The first line of the header. */
  headerLine = 1;
  readonly rows: SampleRow[] = [];
  readonly #names: string[] = [];
  #id = "";
  #kinds = new Uint8Array(64);
  #shapes = new Uint8Array(64);

  /** @param path The file, for messages. */
  constructor(readonly path: string, readonly most: number) {}

  cell(column: number, cell: Cell): void {
    if (this.header === undefined) {
      if (column >= COLUMN_LIMIT) refuseColumns(this.path);
      this.#names.push(cell.text());
      return;
    }
    if (this.rows.length >= this.most || column >= 2 * COLUMN_LIMIT) return;
    const text = cell.text();
    if (column === 0) this.#id = text;
    if (column === this.#kinds.length) {
      this.#kinds = doubled(this.#kinds);
      this.#shapes = doubled(this.#shapes);
    }
    const kind = kindOf(text);
    this.#kinds[column] = kind;
    this.#shapes[column] = kind === CellKind.number
      ? shapeOf(text)
      : Shape.none;
  }

  endRow(cells: number, line: number): void {
    if (this.header === undefined) {
      this.header = this.#names;
      this.headerLine = line;
    } else if (this.rows.length < this.most) {
      const width = Math.min(cells, 2 * COLUMN_LIMIT);
      const kinds = this.#kinds.slice(0, width);
      // Spreadsheets leave empty rows.
      if (kinds.every((kind) => kind === CellKind.empty)) return;
      const shapes = this.#shapes.slice(0, width);
      this.rows.push({ id: this.#id, kinds, shapes });
    }
  }
}

function doubled(array: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * array.length);
  larger.set(array);
  return larger;
}

function kindOf(text: string): number {
  if (text === "") return CellKind.empty;
  const value = readCell(text);
  if (value === "missing") return CellKind.missing;
  return value === "word" ? CellKind.word : CellKind.number;
}
