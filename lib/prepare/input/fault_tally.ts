/** Counts the cells without a number, by column and kind. */

import type { CellFault } from "./cell_value.ts";
import type { ColumnFault } from "./raw_matrix.ts";
import { isStorable } from "./value_faults.ts";

/** Characters kept of a cell; messages show fewer. */
const LONGEST_TEXT = 100;

type Fault = { -readonly [Key in keyof ColumnFault]: ColumnFault[Key] } & {
  isComma: boolean;
};

/** Collects what `RawMatrix` says about them, in any order. */
export class FaultTally {
  /** By kind, then by column. */
  readonly #faults = new Map<CellFault, Map<number, Fault>>();

  /**
   * A number as the matrix holds it; NaN, and a fault, if it is none.
   *
   * @param value Rounded to float32 by whoever stores it.
   */
  take(value: number, row: number, column: number): number {
    if (isStorable(value)) return value;
    const kind = Number.isNaN(value)
      ? "missing"
      : Math.abs(value) === Infinity
      ? "infinite"
      : "too large";
    this.add(column, row, kind, String(value));
    return NaN;
  }

  /**
   * Counts a cell without a number; the first of its column and kind is kept.
   *
   * @param column The index among the columns of numbers.
   * @param text Of the cell.
   */
  add(column: number, row: number, kind: CellFault, text: string): void {
    let columns = this.#faults.get(kind);
    if (columns === undefined) this.#faults.set(kind, columns = new Map());
    const known = columns.get(column);
    if (known === undefined) {
      columns.set(column, {
        column,
        kind: kind === "comma" ? "thousands" : kind,
        cells: 1,
        row,
        text: text.slice(0, LONGEST_TEXT),
        isComma: kind === "comma",
      });
      return;
    }
    known.cells++;
    if (row >= known.row) return;
    known.row = row;
    known.text = text.slice(0, LONGEST_TEXT);
  }

  /**
   * All faults, by column. A comma that may stand between thousands does so
   * only if no other comma of the table stands for a decimal point.
   */
  list(): ColumnFault[] {
    const faults = [...this.#faults.values()].flatMap((columns) => [
      ...columns.values(),
    ]);
    const decimal = faults.some(({ kind }) => kind === "decimal comma");
    const merged = new Map<string, Fault>();
    for (const fault of faults) {
      if (decimal && fault.isComma) fault.kind = "decimal comma";
      const key = `${fault.column} ${fault.kind}`;
      const same = merged.get(key);
      if (same === undefined) {
        merged.set(key, fault);
        continue;
      }
      same.cells += fault.cells;
      if (fault.row < same.row) [same.row, same.text] = [fault.row, fault.text];
    }
    return [...merged.values()]
      .sort((a, b) => a.column - b.column || a.row - b.row)
      .map(({ isComma: _, ...fault }) => fault);
  }
}
