/** Counts the cells of a matrix that hold no number, by column and kind. */

import type { ColumnFault, FaultKind } from "../input/raw_matrix.ts";

/** Larger numbers are infinite as a float32, which rounds to the nearest. */
const TOO_LARGE = 2 ** 128 - 2 ** 103;

/** Collects what `RawMatrix` says about them. */
export class CellFaults {
  readonly #found = new Map<
    string,
    { -readonly [K in keyof ColumnFault]: ColumnFault[K] }
  >();

  /**
   * A number as the matrix holds it; NaN and a note if it is none.
   *
   * @param value Rounded to float32 by whoever stores it.
   */
  take(value: number, row: number, column: number): number {
    if (value > -TOO_LARGE && value < TOO_LARGE) return value;
    this.note(
      Number.isNaN(value)
        ? "missing"
        : Math.abs(value) === Infinity
        ? "infinite"
        : "too large",
      row,
      column,
      String(value),
    );
    return NaN;
  }

  /** Counts a cell; the first of its column and kind is kept. */
  note(kind: FaultKind, row: number, column: number, text: string): void {
    const key = `${column} ${kind}`;
    const known = this.#found.get(key);
    if (known === undefined) {
      this.#found.set(key, { column, kind, cells: 1, row, text });
      return;
    }
    known.cells++;
    if (row < known.row) [known.row, known.text] = [row, text];
  }

  /** By column, then in the order in which they were found. */
  list(): ColumnFault[] {
    return [...this.#found.values()].sort((a, b) => a.column - b.column);
  }
}
