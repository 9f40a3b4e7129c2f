/** Builds a matrix from the rows of a table: ids, numbers and texts. */

import { countOf } from "../../cli/text.ts";
import type { Cell } from "./cell.ts";
import { type CellFault, readCell } from "./cell_value.ts";
import { Role } from "./column_roles.ts";
import { DecimalScanner } from "./decimal.ts";
import { FaultTally } from "./fault_tally.ts";
import { GrowableMatrix } from "./growable_matrix.ts";
import { checkRow } from "./row_limits.ts";
import { isGrouped } from "./point_groups.ts";
import type { RowPlan } from "./row_plan.ts";
import type { NumberRun, RowSink } from "./row_scanner.ts";
import { RowTexts, shortest, TextBudget } from "./row_texts.ts";
import { unreadable } from "./unreadable.ts";
import { isStorable } from "./value_faults.ts";
import { WrongRows } from "./wrong_rows.ts";

/** A row of fewer words may as well be a row of faults. */
const LEAST_WORDS = 3;

const Mode = { header: 0, numbers: 1, texts: 2, leftOut: 3 } as const;

/** Takes the rows of a table; the header is known and skipped. */
export class MatrixRows implements RowSink {
  readonly ids: string[] = [];
  /** The line of each row. */
  readonly lines: number[] = [];
  readonly values: GrowableMatrix;
  /** The texts of each text column, a text per row. */
  readonly texts: string[][] = [];
  readonly faults = new FaultTally();
  /** The rows that are texts about the columns. */
  readonly rowTexts: RowTexts;
  /** The ids of rows that were left out. */
  readonly ignored = new Set<string>();
  readonly #wrong: WrongRows;
  readonly #budget: TextBudget;
  readonly #decimals = new DecimalScanner();
  readonly #width: number;
  /** The place of each column among those of its role. */
  readonly #places: Int32Array;
  /** The place behind the last of the columns of numbers side by side. */
  readonly #runEnds: Int32Array;
  readonly #row: Float32Array<ArrayBuffer>;
  readonly #run: NumberRun;
  #emptyRows = 0;
  #repeatedHeaders = 0;
  /** Comments among the rows. */
  #comments = 0;
  /** Empty cells that stand for a number. */
  #filled = 0;
  #rows = 0;

  // The present row:
  #mode: number = Mode.header;
  #id = "";
  readonly #rowCells: string[] = [];
  #emptyCells = 0;
  #filledHere = 0;
  #hasExtra = false;
  /** Its cells without a number. */
  #faultCount = 0;
  #words = 0;
  readonly #faultPlaces: number[] = [];
  readonly #faultKinds: CellFault[] = [];
  readonly #faultTexts: string[] = [];

  constructor(readonly plan: RowPlan) {
    const { names, roles, path } = plan;
    this.#width = names.length;
    this.#places = new Int32Array(names.length);
    this.#runEnds = new Int32Array(names.length);
    const counts = [0, 0, 0];
    counts[Role.text] = -1; // Column 0 holds the ids.
    roles.forEach((role, column) => this.#places[column] = counts[role]++);
    for (let column = names.length - 1; column > 0; column--) {
      if (roles[column] !== Role.number) continue;
      const isLast = roles[column + 1] !== Role.number;
      this.#runEnds[column] = isLast
        ? this.#places[column] + 1
        : this.#runEnds[column + 1];
    }
    const width = counts[Role.number];
    this.#row = new Float32Array(width);
    this.#run = { values: this.#row, start: 0, count: 0 };
    this.values = new GrowableMatrix(width);
    for (let text = 0; text < counts[Role.text]; text++) this.texts.push([]);
    this.#budget = new TextBudget(path);
    this.rowTexts = new RowTexts(path, this.#budget);
    this.#wrong = new WrongRows(path, names.length);
  }

  numbersFrom(column: number): NumberRun | undefined {
    if (
      this.#mode !== Mode.numbers || this.plan.roles[column] !== Role.number ||
      this.plan.hasPointGroups
    ) return undefined;
    const start = this.#places[column];
    this.#run.start = start;
    this.#run.count = this.#runEnds[column] - start;
    return this.#run;
  }

  cell(column: number, cell: Cell): void {
    if (this.#mode === Mode.header) return;
    cell.trim();
    const isEmpty = cell.start === cell.end;
    if (isEmpty) this.#emptyCells++;
    if (column === 0) {
      this.#id = cell.text();
      this.#mode = this.#modeOf(this.#id);
    } else if (column >= this.#width) {
      if (!isEmpty) this.#hasExtra = true;
    } else if (this.plan.roles[column] === Role.text) {
      this.#rowCells[this.#places[column]] = cell.text();
    } else if (this.plan.roles[column] === Role.number) {
      const place = this.#places[column];
      if (this.#mode === Mode.numbers) this.#takeNumber(place, cell);
      else if (this.#mode === Mode.texts) {
        this.#miss(place, "word", cell.text());
      }
    }
  }

  endRow(cells: number, line: number): void {
    if (this.#mode !== Mode.header) this.#takeRow(cells, line);
    this.#mode = Mode.numbers;
    this.#emptyCells =
      this.#faultCount =
      this.#words =
      this.#filledHere =
        0;
    this.#hasExtra = false;
  }

  /**
   * Ends the table.
   *
   * @returns What the user should know.
   * @throws {InputError} If rows have too many or too few cells, or there are
   * none.
   */
  finish(): string[] {
    this.#wrong.refuse(this.#rows);
    if (this.ids.length === 0) {
      throw unreadable(
        this.plan.path,
        this.#rows === 0
          ? "it has a header but no row below it"
          : "none of its rows holds numbers",
      );
    }
    const notes: string[] = [];
    if (this.#emptyRows > 0) {
      notes.push(
        `${countOf(this.#emptyRows, "row")} of the matrix without any text ` +
          `${this.#emptyRows === 1 ? "is" : "are"} left out`,
      );
    }
    if (this.#comments > 0) {
      notes.push(
        `${countOf(this.#comments, "comment line")} among the rows of the ` +
          `matrix ${this.#comments === 1 ? "is" : "are"} left out`,
      );
    }
    if (this.#repeatedHeaders > 0) {
      notes.push(
        `The header stands ${this.#repeatedHeaders + 1} times in the matrix; ` +
          "the repetitions are left out",
      );
    }
    if (this.#filled > 0) {
      notes.push(this.plan.emptyCells!.note(this.#filled));
    }
    return notes;
  }

  #modeOf(id: string): number {
    const { textRows, label, leftOut } = this.plan;
    if (this.#rows < textRows || (label !== undefined && id === label)) {
      return Mode.texts;
    }
    if (!leftOut.has(id)) return Mode.numbers;
    this.ignored.add(id);
    return Mode.leftOut;
  }

  /** Takes a number with blanks or quotes around it, or at the row's end. */
  #takeNumber(place: number, cell: Cell): void {
    const { start, end } = cell;
    if (start === end) {
      const { emptyCells } = this.plan;
      if (emptyCells === undefined) return this.#miss(place, "missing", "");
      this.#row[place] = emptyCells.value;
      this.#filledHere++;
      return;
    }
    if (cell.isNA()) {
      this.#miss(place, "missing", "NA");
      return;
    }
    if (this.plan.hasPointGroups && isGrouped(cell.text())) {
      this.#miss(place, "thousands", cell.text());
      return;
    }
    const value = this.#decimals.scan(cell.bytes, start);
    if (this.#decimals.end === end && isStorable(value)) {
      this.#row[place] = value + 0; // -0 becomes 0
      return;
    }
    const text = cell.text();
    const read = readCell(text);
    if (typeof read === "number") this.#row[place] = read;
    else this.#miss(place, read, text);
  }

  /** Takes a cell that holds no number. */
  #miss(place: number, kind: CellFault, text: string): void {
    this.#row[place] = NaN;
    if (kind === "word") this.#words++;
    const index = this.#faultCount++;
    this.#faultPlaces[index] = place;
    this.#faultKinds[index] = kind;
    this.#faultTexts[index] = text;
  }

  #takeRow(cells: number, line: number): void {
    if (this.#emptyCells === cells) {
      this.#emptyRows++;
      return;
    }
    const isWrong = cells < this.#width || this.#hasExtra;
    if (isWrong && this.#id.startsWith("#")) {
      this.#comments++;
      return;
    }
    this.#rows++;
    if (isWrong) this.#wrong.add(this.#id, line, cells);
    if (this.#wrong.count > 0 || this.#mode === Mode.leftOut) return;
    if (this.#mode === Mode.texts) this.#addTexts(line, true);
    else if (
      this.#words >= LEAST_WORDS &&
      2 * this.#words > this.#row.length - this.#faultCount + this.#words
    ) {
      if (this.#isHeader()) this.#repeatedHeaders++;
      else this.#addTexts(line, false);
    } else this.#addNumbers(line);
  }

  /** Whether the row of words is the header once more. */
  #isHeader(): boolean {
    const { names, roles } = this.plan;
    if (this.#id !== names[0] || this.#faultCount < this.#row.length) {
      return false;
    }
    let index = 0;
    return names.every((name, column) =>
      column === 0 || roles[column] !== Role.number ||
      name === this.#faultTexts[index++]
    );
  }

  #addTexts(line: number, isExpected: boolean): void {
    const texts: string[] = [];
    for (let index = 0; index < this.#faultCount; index++) {
      texts[this.#faultPlaces[index]] = this.#budget.take(
        this.#faultTexts[index],
      );
    }
    for (let place = 0; place < this.#row.length; place++) {
      texts[place] ??= shortest(this.#row[place]);
    }
    this.rowTexts.add(this.#id, texts, line, isExpected);
  }

  #addNumbers(line: number): void {
    const row = this.ids.length;
    const id = this.#id;
    checkRow(this.plan.path, { id, line, row, width: this.#row.length });
    this.ids.push(this.#budget.take(id));
    this.lines.push(line);
    this.values.add().set(this.#row);
    this.#filled += this.#filledHere;
    this.texts.forEach((texts, index) =>
      texts.push(this.#budget.take(this.#rowCells[index], index))
    );
    for (let index = 0; index < this.#faultCount; index++) {
      this.faults.add(
        this.#faultPlaces[index],
        row,
        this.#faultKinds[index],
        this.#faultTexts[index],
      );
    }
  }
}
