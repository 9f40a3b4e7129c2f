/** Builds the expression matrix cell by cell, refusing what is not sound. */

import { InputError } from "../../cli/errors.ts";
import { DecimalScanner } from "./decimal.ts";
import { type CellSink, decodeCell } from "./table_scanner.ts";
import { GrowableMatrix } from "./growable_matrix.ts";
import { escapeControls, quote, suggestName } from "../text.ts";

const FLOAT32_MAX = 3.4028234663852886e38;
/** More columns than any transcriptome has: the file is no such matrix. */
const COLUMN_LIMIT = 1_000_000;
/** More than any study has, and less than a `Map` can hold. */
const SAMPLE_LIMIT = 10_000_000;
/** Longer names are no names: a quote is open, or the table is no matrix. */
const NAME_LIMIT = 1000;
const TOO_LONG = `has more than ${NAME_LIMIT} characters`;
const SPACE = 0x20;

/** An expression matrix as its file has it. */
export interface ExpressionMatrix {
  /** One a row, in the order of the file. */
  readonly sampleIds: readonly string[];
  /** One a column of `values`, in the order of the file. */
  readonly genes: readonly string[];
  /** Each sample's tissue. */
  readonly tissues: readonly string[];
  /** samples x genes expression values, row after row, none negative. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** The sink that `readMatrix` reads into. */
export class MatrixBuilder implements CellSink {
  readonly #action: string;
  readonly #label?: string;
  readonly #decimals = new DecimalScanner();
  readonly #sampleIds: string[] = [];
  readonly #lineOf = new Map<string, number>();
  readonly #tissues: string[] = [];
  /** The header; its first cell names the column of sample ids. */
  readonly #columns: string[] = [];
  readonly #seen = new Set<string>();
  #genes: string[] = [];
  #labelColumn = 0;
  #inHeader = true;
  #column = 0;
  #rows = new GrowableMatrix(1);
  #row = new Float32Array(0);
  #gene = 0;
  /** What is wrong with a cell of this row: told once the row is counted. */
  #fault?: { column: number; what: string; remedy?: string };

  constructor(path: string, label?: string) {
    this.#action = `Cannot read ${escapeControls(path)}`;
    this.#label = label;
  }

  takePlain(bytes: Uint8Array, at: number, delimiter: number): number {
    let column = this.#column;
    if (
      this.#inHeader || column === 0 || column === this.#labelColumn ||
      column >= this.#columns.length || this.#fault !== undefined
    ) return at;
    const stop = column < this.#labelColumn
      ? this.#labelColumn
      : this.#columns.length;
    const decimals = this.#decimals;
    const row = this.#row;
    let gene = this.#gene;
    for (; column < stop; column++) {
      const value = decimals.scan(bytes, at);
      // The comparison with 0 refuses NaN, too.
      if (
        bytes[decimals.end] !== delimiter || !(value >= 0) ||
        value > FLOAT32_MAX
      ) break;
      row[gene++] = value + 0; // -0 becomes 0
      at = decimals.end + 1;
    }
    this.#column = column;
    this.#gene = gene;
    return at;
  }

  cell(bytes: Uint8Array, start: number, end: number, escaped: boolean): void {
    const column = this.#column++;
    if (this.#inHeader) {
      this.#takeColumn(column, decodeCell(bytes, start, end, escaped));
    } else if (column === 0) {
      this.#takeSampleId(decodeCell(bytes, start, end, escaped));
    } else if (column === this.#labelColumn) {
      const tissue = decodeCell(bytes, start, end, escaped);
      if (tissue === "") {
        this.#blame(column, "the tissue is empty and must be named");
      }
      if (tissue.length > NAME_LIMIT) {
        this.#blame(column, `the tissue ${quote(tissue)} ${TOO_LONG}`);
      }
      this.#tissues.push(tissue);
    } else if (column < this.#columns.length && this.#fault === undefined) {
      this.#takeNumber(column, bytes, start, end, escaped);
    }
  }

  endRow(line: number): void {
    if (this.#inHeader) {
      this.#endHeader();
    } else {
      this.#endSample(line);
    }
    this.#column = 0;
    this.#gene = 0;
    this.#fault = undefined;
  }

  /** The matrix, when the file is over. */
  finish(): ExpressionMatrix {
    if (this.#inHeader) this.#refuse("it holds nothing but empty lines");
    if (this.#sampleIds.length === 0) {
      this.#refuse("it has a header but no sample");
    }
    const label = quote(this.#columns[this.#labelColumn]);
    if (new Set(this.#tissues).size < 2) {
      this.#refuse(
        `column ${label} holds one tissue only, ` +
          `${quote(this.#tissues[0])}, and must hold at least two`,
        "If that is not the tissue, name its column with --label",
      );
    }
    return {
      sampleIds: this.#sampleIds,
      genes: this.#genes,
      tissues: this.#tissues,
      values: this.#rows.join(),
    };
  }

  #refuse(what: string, remedy?: string): never {
    throw new InputError(`${this.#action}: ${what}`, remedy);
  }

  /** Keeps the first fault of a row. */
  #blame(column: number, what: string, remedy?: string): void {
    this.#fault ??= { column, what, remedy };
  }

  #takeColumn(column: number, name: string): void {
    if (column >= COLUMN_LIMIT) {
      this.#refuse("its header has more than 1,000,000 columns");
    }
    if (name.length > NAME_LIMIT) {
      this.#refuse(
        `column ${column + 1} of the header, ${quote(name)}, ${TOO_LONG}`,
      );
    }
    if (column > 0) {
      if (name === "") {
        this.#refuse(
          `column ${column + 1} of the header is empty and must hold a gene`,
        );
      }
      if (this.#seen.has(name)) {
        const first = this.#columns.indexOf(name, 1);
        this.#refuse(
          `gene ${quote(name)} stands in columns ${first + 1} and ` +
            `${column + 1} of the header and must stand in one`,
        );
      }
      this.#seen.add(name);
    }
    this.#columns.push(name);
  }

  #endHeader(): void {
    const columns = this.#columns;
    if (columns.length < 3) {
      this.#refuse(
        `its header has ${columns.length} column${
          columns.length === 1 ? "" : "s"
        } and must have at least 3: sample id, genes, tissue`,
        "Give a table with samples in rows, parted by commas or tabs",
      );
    }
    this.#labelColumn = this.#label === undefined
      ? columns.length - 1
      : columns.indexOf(this.#label, 1);
    if (this.#labelColumn < 0) {
      this.#refuse(
        columns[0] === this.#label
          ? `column ${quote(columns[0])} holds the sample ids and cannot be ` +
            "the label"
          : `there is no column ${quote(this.#label!)}`,
        suggestName(this.#label!, columns.slice(1), "--label"),
      );
    }
    this.#genes = columns.filter((_, column) =>
      column > 0 && column !== this.#labelColumn
    );
    this.#rows = new GrowableMatrix(this.#genes.length);
    this.#row = this.#rows.open();
    this.#inHeader = false;
  }

  #takeSampleId(id: string): void {
    if (id === "") this.#blame(0, "the sample id is empty");
    if (id.length > NAME_LIMIT) {
      this.#blame(0, `the sample id ${quote(id)} ${TOO_LONG}`);
    }
    const line = this.#lineOf.get(id);
    if (line !== undefined) {
      this.#blame(
        0,
        `sample ${quote(id)} stands on line ${line} already and must be unique`,
      );
    }
    if (this.#sampleIds.length >= SAMPLE_LIMIT) {
      this.#refuse("it has more than 10,000,000 samples");
    }
    this.#sampleIds.push(id);
  }

  #takeNumber(
    column: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    escaped: boolean,
  ): void {
    let first = start;
    let behind = end;
    while (first < behind && bytes[first] === SPACE) first++;
    while (first < behind && bytes[behind - 1] === SPACE) behind--;
    const value = this.#decimals.scan(bytes, first);
    if (
      this.#decimals.end === behind && value >= 0 && value <= FLOAT32_MAX
    ) {
      this.#row[this.#gene++] = value + 0; // -0 becomes 0
      return;
    }
    const text = decodeCell(bytes, start, end, escaped);
    this.#blame(column, ...describeFault(text, value));
  }

  #endSample(line: number): void {
    const expected = this.#columns.length;
    const id = this.#sampleIds[this.#sampleIds.length - 1];
    if (this.#column !== expected) {
      this.#refuse(
        `line ${line} (sample ${quote(id)}) has ${this.#column} cell${
          this.#column === 1 ? "" : "s"
        } where the header has ${expected}`,
        this.#column === expected + 1 && this.#sampleIds.length === 1
          ? "If R wrote the file, give write.table col.names = NA, so that " +
            "the column of sample ids has a header, too"
          : undefined,
      );
    }
    if (this.#fault !== undefined) {
      const { column, what, remedy } = this.#fault;
      const where = column === 0
        ? `line ${line}`
        : `line ${line} (sample ${quote(id)}), column ${
          quote(this.#columns[column])
        }`;
      this.#refuse(`${where}: ${what}`, remedy);
    }
    this.#lineOf.set(id, line);
    this.#row = this.#rows.next();
  }
}

/** What is wrong with a cell that must hold an expression value. */
function describeFault(text: string, value: number): [string, string?] {
  if (text === "") {
    return ["the value is empty and must be a number, 0 or greater"];
  }
  if (/^(nan|na|n\/a|null|none)$/i.test(text)) {
    return [
      `the value is missing (${
        quote(text)
      }) and must be a number, 0 or greater`,
    ];
  }
  if (/^[+-]?inf(inity)?$/i.test(text)) {
    return [`the value is infinite (${quote(text)}) and must be finite`];
  }
  if (value > FLOAT32_MAX && Number(text) > FLOAT32_MAX) {
    return [`the value ${quote(text)} is too large for a float32`];
  }
  if (value < 0 && Number(text) < 0) {
    return [
      `the value ${quote(text)} is negative and must be 0 or greater`,
      "Give FPKM, RPKM, TPM or counts, before any logarithm or scaling",
    ];
  }
  return [
    `the value ${quote(text)} is no decimal number and must be one, ` +
    "0 or greater",
  ];
}
