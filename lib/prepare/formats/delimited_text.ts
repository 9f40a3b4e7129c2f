/** Reads CSV and TSV files with samples in rows. */

import type { MatrixSink } from "../input/matrix_sink.ts";
import { DecimalScanner } from "../input/decimal.ts";
import {
  decodeCell,
  scanTable,
  type TableSink,
} from "../input/table_scanner.ts";
import { describeFault, FLOAT32_MAX } from "../input/value_faults.ts";
import { quote } from "../../cli/text.ts";
import { suggestName } from "../input/suggest_name.ts";
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
  #fault?: { column: number; what: string; remedy?: string };

  constructor(readonly sink: MatrixSink, readonly label?: string) {}

  header(columns: readonly string[]): void {
    const { sink, label } = this;
    if (columns.length < 3) {
      sink.refuse(
        `its header has ${columns.length} column${
          columns.length === 1 ? "" : "s"
        } and must have at least 3: sample id, genes, tissue`,
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

  cell(
    column: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    escaped: boolean,
  ): void {
    if (column === 0) {
      this.#id = decodeCell(bytes, start, end, escaped);
    } else if (column === this.#labelColumn) {
      this.#tissue = decodeCell(bytes, start, end, escaped);
    } else {
      this.#takeNumber(column, bytes, start, end, escaped);
    }
  }

  rowName(): string {
    return `sample ${quote(this.#id)}`;
  }

  endRow(line: number): void {
    const fault = this.#fault;
    if (fault !== undefined) {
      // A wrong id or tissue is reported first.
      this.sink.sample(this.#id, this.#tissue, line);
      this.sink.refuse(
        `line ${line} (${this.rowName()}), column ${
          quote(this.#columns[fault.column])
        }: ${fault.what}`,
        fault.remedy,
      );
    }
    this.sink.row(this.#id, this.#tissue, this.#values, line);
  }

  /** Takes a number with spaces or quotes around it, or at the row's end. */
  #takeNumber(
    column: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    escaped: boolean,
  ): void {
    let [first, last] = [start, end];
    while (first < last && bytes[first] === SPACE) first++;
    while (first < last && bytes[last - 1] === SPACE) last--;
    const value = this.#decimals.scan(bytes, first);
    if (this.#decimals.end === last && value >= 0 && value <= FLOAT32_MAX) {
      this.#values[column - (column < this.#labelColumn ? 1 : 2)] = value;
    } else if (this.#fault === undefined) {
      const text = decodeCell(bytes, start, end, escaped);
      const [what, remedy] = describeFault(text, value);
      this.#fault = { column, what, remedy };
    }
  }
}
