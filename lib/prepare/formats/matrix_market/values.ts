/** Reads the values of a MatrixMarket file. */

import { countOf, quote, withCommas } from "../../../cli/text.ts";
import { DecimalScanner } from "../../input/decimal.ts";
import type { FileSource } from "../../input/file_stream.ts";
import { GrowableMatrix } from "../../input/growable_matrix.ts";
import { unreadable } from "../../input/unreadable.ts";
import { FaultTally } from "../../input/fault_tally.ts";
import { checkSize } from "../size_limit.ts";
import {
  type MatrixMarketHeader,
  type MatrixMarketSize,
  parseHeader,
  parseSize,
} from "./header.ts";
import { readLines } from "./lines.ts";

const PERCENT = 0x25;
const SPACE = 0x20;
/** A place that a number holds exactly. */
const LARGEST_PLACE = 2 ** 53;

/** What programs write where there is no finite number. */
const WORDS: ReadonlyMap<string, number> = new Map([
  ["nan", NaN],
  ["na", NaN],
  ["inf", Infinity],
  ["+inf", Infinity],
  ["-inf", -Infinity],
]);

const latin1 = new TextDecoder("latin1");

export interface MatrixMarketValues extends MatrixMarketSize {
  readonly header: MatrixMarketHeader;
  readonly values: GrowableMatrix;
  readonly faults: FaultTally;
  /** Entries whose cell had a value before; they were added up. */
  readonly repeats: number;
}

/**
 * Reads all values; a cell without an entry is 0.
 *
 * @throws {InputError} If the file is no MatrixMarket file, or holds other
 * entries than it declares.
 */
export async function readValues(
  source: FileSource,
): Promise<MatrixMarketValues> {
  const reader = new ValueReader(source.path);
  await readLines(
    source,
    (bytes, start, end, line) => reader.line(bytes, start, end, line),
  );
  return reader.finish();
}

class ValueReader {
  readonly #decimals = new DecimalScanner();
  readonly #faults = new FaultTally();
  #header: MatrixMarketHeader | undefined;
  #size: MatrixMarketSize | undefined;
  #matrix = new GrowableMatrix(1);
  #rows: Float32Array<ArrayBuffer>[] = [];
  #entries = 0;
  #repeats = 0;
  /** Lines that hold no entry or one outside, and the first of them. */
  #wrong = { count: 0, line: 0, what: "" };
  /** The next cell of an array. */
  #row = 0;
  #column = 0;

  constructor(readonly path: string) {}

  line(bytes: Uint8Array, start: number, end: number, line: number): void {
    let first = start;
    while (first < end && bytes[first] <= SPACE) first++;
    if (first === end) return;
    if (this.#header === undefined) {
      this.#header = parseHeader(
        this.path,
        latin1.decode(bytes.subarray(first, Math.min(end, first + 200))),
      );
    } else if (bytes[first] === PERCENT) return;
    else if (this.#size === undefined) {
      const text = latin1.decode(bytes.subarray(first, end));
      this.#start(parseSize(this.path, text, line, this.#header));
    } else {
      this.#entries++;
      if (this.#header.layout === "array") this.#cell(bytes, first, end, line);
      else this.#entry(bytes, first, end, line);
    }
  }

  #start(size: MatrixMarketSize): void {
    this.#size = size;
    checkSize(this.path, size.rows, size.columns);
    const matrix = this.#matrix = new GrowableMatrix(size.columns);
    this.#rows = Array.from({ length: size.rows }, () => matrix.add());
    // The diagonal is left out there.
    if (this.#header!.symmetry === "skew-symmetric") this.#row = 1;
  }

  /** Takes `row column value`, or `row column` of a pattern. */
  #entry(bytes: Uint8Array, start: number, end: number, line: number): void {
    const decimals = this.#decimals;
    const { rows, columns } = this.#size!;
    const row = decimals.scan(bytes, start);
    const column = decimals.scan(bytes, skipBlanks(bytes, decimals.end, end));
    const at = skipBlanks(bytes, decimals.end, end);
    const value = this.#header!.field !== "pattern"
      ? this.#number(bytes, at, end)
      : at === end
      ? 1
      : undefined;
    if (value === undefined || !isPlace(row) || !isPlace(column)) {
      this.#refuse(bytes, start, end, line, "no entry");
    } else if (row < 1 || row > rows || column < 1 || column > columns) {
      this.#refuse(bytes, start, end, line, "outside");
    } else this.#put(row - 1, column - 1, value);
  }

  /** Takes the next value of an array, column by column. */
  #cell(bytes: Uint8Array, start: number, end: number, line: number): void {
    const { rows, columns } = this.#size!;
    const value = this.#number(bytes, start, end);
    if (value === undefined) {
      return this.#refuse(bytes, start, end, line, "no number");
    }
    if (this.#column >= columns) return; // Too many: counted in `finish`.
    this.#put(this.#row, this.#column, value);
    if (++this.#row < rows) return;
    this.#column++;
    const { symmetry } = this.#header!;
    this.#row = symmetry === "general"
      ? 0
      : symmetry === "symmetric"
      ? this.#column
      : this.#column + 1;
  }

  /** The number that stands up to the end of the line; undefined if none. */
  #number(bytes: Uint8Array, start: number, end: number): number | undefined {
    const value = this.#decimals.scan(bytes, start);
    if (
      !Number.isNaN(value) && skipBlanks(bytes, this.#decimals.end, end) === end
    ) return value;
    return WORDS.get(
      latin1.decode(bytes.subarray(start, end)).trim().toLowerCase(),
    );
  }

  #put(row: number, column: number, value: number): void {
    const number = this.#faults.take(value, row, column);
    if (this.#rows[row][column] !== 0) this.#repeats++;
    this.#rows[row][column] += number;
    const { symmetry } = this.#header!;
    if (symmetry === "general" || row === column) return;
    const sign = symmetry === "symmetric" ? 1 : -1;
    this.#rows[column][row] += sign * this.#faults.take(value, column, row);
  }

  #refuse(
    bytes: Uint8Array,
    start: number,
    end: number,
    line: number,
    why: "no entry" | "no number" | "outside",
  ): void {
    if (this.#wrong.count++ > 0) return;
    const text = quote(latin1.decode(bytes.subarray(start, end)));
    this.#wrong.line = line;
    this.#wrong.what = why === "outside"
      ? `${text} lies outside of the matrix`
      : `${text} is ${why}`;
  }

  finish(): MatrixMarketValues {
    const { path } = this;
    if (this.#header === undefined || this.#size === undefined) {
      throw unreadable(path, "it holds no line with its size");
    }
    const { rows, columns, entries } = this.#size;
    const { count, line, what } = this.#wrong;
    if (count > 0) {
      throw unreadable(
        path,
        `${countOf(count, "line")} of ${withCommas(this.#entries)} ${
          count === 1 ? "holds" : "hold"
        } no entry of a matrix of ${withCommas(rows)} x ${
          withCommas(columns)
        }: ${count === 1 ? "" : "first "}line ${line}, ${what}`,
      );
    }
    if (this.#entries !== entries) {
      throw unreadable(
        path,
        `it declares ${countOf(entries, "entry", "entries")} and holds ${
          withCommas(this.#entries)
        }`,
        this.#entries < entries
          ? "It is cut off: copy or download it again"
          : "Write it again: the third number of its size counts the entries",
      );
    }
    return {
      ...this.#size,
      header: this.#header,
      values: this.#matrix,
      faults: this.#faults,
      repeats: this.#repeats,
    };
  }
}

function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] <= SPACE) at++;
  return at;
}

function isPlace(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < LARGEST_PLACE;
}
