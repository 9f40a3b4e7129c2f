/** Reads CSV and TSV files with samples in rows. */

import type { MatrixSink } from "../input/matrix_sink.ts";
import { DecimalScanner } from "../input/decimal.ts";
import {
  type Cell,
  scanTable,
  type TableSink,
} from "../input/table_scanner.ts";
import { describeFault, isAccepted } from "../input/value_faults.ts";
import { countOf, quote } from "../../cli/text.ts";
import { suggestName } from "../input/unreadable.ts";
import type { Format } from "./format.ts";

const SPACE = 0x20;
const NOTHING = new Float32Array(0);

/**
 * Delimited text: a header, then one sample per row; the first column holds the
 * sample id, one column (by default the last) the tissue, every other one a
 * gene's values. Names lose the white space around them. A value is read as
 * `Number` reads it and then rounded to float32.
 */
export const delimitedText: Format = {
  name: "delimited-text",
  title: "csv or tsv",
  extensions: [".csv", ".tsv", ".txt"],
  read: (source, sink, { label }) =>
    scanTable(source, new MatrixRows(sink, label)),
};

/** Feeds a matrix sink with the rows of a table. */
class MatrixRows implements TableSink {
  readonly #decimals = new DecimalScanner();
  #columns: readonly string[] = [];
  #labelColumn = 0;
  #id = "";
  #tissue = "";
  #values = NOTHING;
  /** What is wrong with the row's first bad value: reported at its end. */
  #fault?: { column: number; fault: ReturnType<typeof describeFault> };

  constructor(readonly sink: MatrixSink, readonly label?: string) {}

  header(columns: readonly string[]): void {
    const { sink, label } = this;
    if (columns.length < 3) {
      sink.refuse(
        `its header has ${countOf(columns.length, "column")} and must have ` +
          "at least 3: sample id, genes, tissue",
        "Give a table with samples in rows, separated by commas or tabs",
      );
    }
    const labelColumn = label === undefined
      ? columns.length - 1
      : columns.indexOf(label, 1);
    if (labelColumn < 0) {
      sink.refuse(
        columns[0] === label
          ? `column ${quote(label)} holds the sample ids and cannot be the ` +
            "label"
          : `there is no column ${quote(label!)}`,
        suggestName(label!, columns.slice(1), "--label"),
      );
    }
    this.#columns = columns;
    this.#labelColumn = labelColumn;
    this.#values = new Float32Array(columns.length - 2);
    sink.header({
      genes: columns.filter((_, column) =>
        column > 0 && column !== labelColumn
      ),
      label: columns[labelColumn],
      locate: (gene) =>
        `column ${gene + (gene < labelColumn - 1 ? 2 : 3)} of the header`,
    });
  }

  numbersFrom(column: number): Float32Array {
    const label = this.#labelColumn;
    if (column === 0 || column === label) return NOTHING;
    return column < label
      ? this.#values.subarray(column - 1, label - 1)
      : this.#values.subarray(column - 2);
  }

  cell(column: number, cell: Cell): void {
    if (column === 0) this.#id = cell.text();
    else if (column === this.#labelColumn) this.#tissue = cell.text();
    else this.#takeNumber(column, cell);
  }

  rowName(): string {
    return `sample ${quote(this.#id)}`;
  }

  endRow(line: number): void {
    if (this.#fault !== undefined) {
      const { column, fault: [what, remedy] } = this.#fault;
      // A wrong id or tissue is reported first.
      this.sink.sample(this.#id, this.#tissue, line);
      this.sink.refuse(
        `line ${line} (${this.rowName()}), column ${
          quote(this.#columns[column])
        }: ${what}`,
        remedy,
      );
    }
    this.sink.row(this.#id, this.#tissue, this.#values, line);
  }

  /** Takes a number with spaces or quotes around it, or at the row's end. */
  #takeNumber(column: number, cell: Cell): void {
    const { bytes } = cell;
    let [first, last] = [cell.start, cell.end];
    while (first < last && bytes[first] === SPACE) first++;
    while (first < last && bytes[last - 1] === SPACE) last--;
    const value = this.#decimals.scan(bytes, first);
    if (this.#decimals.end === last && isAccepted(value)) {
      this.#values[column - (column < this.#labelColumn ? 1 : 2)] = value;
    } else {
      this.#fault ??= { column, fault: describeFault(cell.text(), value) };
    }
  }
}
