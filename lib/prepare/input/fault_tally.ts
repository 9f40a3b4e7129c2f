/** Counts the cells without a number, by column and kind. */

import type { CellFault } from "./cell_value.ts";
import type { ColumnFault } from "./raw_matrix.ts";

/** Characters kept of a cell; messages show fewer. */
const LONGEST_TEXT = 100;

type Fault = { -readonly [Key in keyof ColumnFault]: ColumnFault[Key] } & {
  isComma: boolean;
};

/** Takes faults in the order of the rows. */
export class FaultTally {
  /** By kind, then by column. */
  readonly #faults = new Map<CellFault, Map<number, Fault>>();

  /**
   * Takes a cell.
   *
   * @param column The index among the columns of numbers.
   * @param text Of the cell.
   */
  add(column: number, row: number, kind: CellFault, text: string): void {
    let columns = this.#faults.get(kind);
    if (columns === undefined) this.#faults.set(kind, columns = new Map());
    const known = columns.get(column);
    if (known !== undefined) {
      known.cells++;
      return;
    }
    columns.set(column, {
      column,
      kind: kind === "comma" ? "thousands" : kind,
      cells: 1,
      row,
      text: text.slice(0, LONGEST_TEXT),
      isComma: kind === "comma",
    });
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
