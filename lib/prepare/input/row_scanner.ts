/**
 * A push parser of delimited text (RFC 4180): bytes in, cells out. It holds no
 * more than one chunk and one unfinished cell, however long the file is.
 */

import { Cell } from "./cell.ts";
import { DecimalScanner } from "./decimal.ts";
import { refuseBinary } from "./text_stream.ts";
import { unreadable } from "./unreadable.ts";
import { isStorable } from "./value_faults.ts";

/** A longer cell is refused: a quote is open, or the file is not a table. */
const CELL_LIMIT = 1 << 20;
/** A longer row is refused. */
const ROW_LIMIT = 1 << 28;

const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;

/** Where the plain numbers of some columns in a row go. */
export interface NumberRun {
  values: Float32Array;
  /** The index in `values` of the first number. */
  start: number;
  /** How many there may be, one per cell. */
  count: number;
}

/** Takes the cells of a table, in the order of the file. */
export interface RowSink {
  /** Takes a cell, during the call. */
  cell(column: number, cell: Cell): void;
  /** Ends a row, which began on `line` (1-based). */
  endRow(cells: number, line: number): void;
  /**
   * A shortcut past `cell` for plain finite numbers: where to write those from
   * that column on. The answer is used before the next call.
   */
  numbersFrom?(column: number): NumberRun | undefined;
}

/** Scans one table. Empty lines are left out. */
export class RowScanner {
  readonly #decimals = new DecimalScanner();
  readonly #cell = new Cell();
  #buffer = new Uint8Array(0);
  /** Bytes at the buffer's start that belong to an unfinished cell. */
  #held = 0;
  #line: number;
  #rowLine = 1;
  #atRowStart = true;
  #afterReturn = false;
  #rowLength = 0;
  #column = 0;

  /**
   * @param path The file, for messages.
   * @param delimiter The byte between two cells.
   * @param line The number of the first line.
   */
  constructor(
    readonly path: string,
    readonly sink: RowSink,
    readonly delimiter: number,
    line = 1,
  ) {
    this.#line = line;
  }

  /**
   * Takes the next bytes of the file.
   *
   * @throws {InputError} If they are not such text; and what the sink throws.
   */
  feed(chunk: Uint8Array): void {
    const length = this.#held + chunk.length;
    if (this.#buffer.length <= length) {
      const larger = new Uint8Array(length + 1);
      larger.set(this.#buffer.subarray(0, this.#held));
      this.#buffer = larger;
    }
    this.#buffer.set(chunk, this.#held);
    this.#buffer[length] = 0;
    const consumed = this.#scan(length);
    this.#buffer.copyWithin(0, consumed, length);
    this.#held = length - consumed;
    if (this.#held > CELL_LIMIT) {
      this.#refuseLine("has a cell of more than 1 MiB (is a quote left open?)");
    }
    if (this.#rowLength > ROW_LIMIT) {
      this.#refuseLine("is longer than 256 MiB");
    }
  }

  /** Ends the file. */
  finish(): void {
    if (this.#held > 0 || !this.#atRowStart) {
      this.feed(Uint8Array.of(LINE_FEED));
    }
    if (this.#held > 0) {
      this.#refuseLine(
        "opens a quote that is never closed",
        "Remove the quote, or put one at each end of the cell",
      );
    }
  }

  #refuseLine(what: string, remedy?: string): never {
    throw unreadable(this.path, `line ${this.#line} ${what}`, remedy);
  }

  /** Scans up to `end`; returns where the unfinished cell begins. */
  #scan(end: number): number {
    const { delimiter } = this;
    const bytes = this.#buffer;
    let rowStart = 0;
    let index = 0;
    while (index < end) {
      if (this.#atRowStart) {
        const byte = bytes[index];
        if (byte === LINE_FEED || byte === RETURN) {
          if (byte === RETURN || !this.#afterReturn) this.#line++;
          this.#afterReturn = byte === RETURN;
          this.#rowLength = 0;
          rowStart = ++index;
          continue;
        }
        this.#afterReturn = false;
        this.#rowLine = this.#line;
        this.#rowLength = 0;
        rowStart = index;
      }
      let quoted = bytes[index] === QUOTE;
      if (!quoted) {
        const next = this.#takeNumbers(index);
        if (next > index) {
          this.#atRowStart = false;
          index = next;
          continue;
        }
      }
      let start = quoted ? index + 1 : index;
      let cellEnd = quoted
        ? this.#findClosingQuote(start, end)
        : this.#findCellEnd(index, end);
      let next = quoted ? cellEnd + 1 : cellEnd;
      if (next >= end) break;
      let byte = bytes[next];
      if (byte !== delimiter && byte !== LINE_FEED && byte !== RETURN) {
        if (delimiter !== TAB) {
          this.#refuseLine("has text after a closing quote");
        }
        // Tables separated by tabs often hold quotes that quote nothing.
        quoted = false;
        start = index;
        cellEnd = next = this.#findCellEnd(index, end);
        if (next >= end) break;
        byte = bytes[next];
      }
      this.#takeCell(start, cellEnd, quoted);
      this.#atRowStart = byte !== delimiter;
      index = next + 1;
      if (this.#atRowStart) {
        const cells = this.#column;
        this.#column = 0;
        this.sink.endRow(cells, this.#rowLine);
        this.#afterReturn = byte === RETURN;
        this.#line++;
      }
    }
    this.#rowLength += index - rowStart;
    return index;
  }

  /** Takes plain numbers, each with its delimiter; returns where it stopped. */
  #takeNumbers(start: number): number {
    const run = this.sink.numbersFrom?.(this.#column);
    if (run === undefined) return start;
    const { delimiter } = this;
    const bytes = this.#buffer;
    const decimals = this.#decimals;
    const { values, count } = run;
    const first = run.start;
    let index = start;
    let taken = 0;
    for (; taken < count; taken++) {
      const value = decimals.scan(bytes, index);
      if (bytes[decimals.end] !== delimiter || !isStorable(value)) break;
      values[first + taken] = value + 0; // -0 becomes 0
      index = decimals.end + 1;
    }
    this.#column += taken;
    return index;
  }

  #takeCell(start: number, end: number, quoted: boolean): void {
    const bytes = this.#buffer;
    const cell = this.#cell;
    cell.bytes = bytes;
    cell.start = start;
    cell.end = end;
    cell.escaped = false;
    if (quoted) {
      for (let index = start; index < end; index++) {
        const byte = bytes[index];
        if (byte === QUOTE) cell.escaped = true;
        if (
          byte === LINE_FEED ||
          (byte === RETURN && bytes[index + 1] !== LINE_FEED)
        ) this.#line++;
      }
    }
    if (end - start > CELL_LIMIT) {
      this.#refuseLine("has a cell of more than 1 MiB");
    }
    try {
      this.sink.cell(this.#column++, cell);
    } catch (error) {
      if (error instanceof TypeError) refuseBinary(this.path, this.#line);
      throw error;
    }
  }

  #findCellEnd(start: number, end: number): number {
    const { delimiter } = this;
    const bytes = this.#buffer;
    let index = start;
    while (index < end) {
      const byte = bytes[index];
      if (byte === delimiter || byte === LINE_FEED || byte === RETURN) break;
      index++;
    }
    return index;
  }

  /** The index of the closing quote, or `end` if it is not there yet. */
  #findClosingQuote(start: number, end: number): number {
    const bytes = this.#buffer;
    let index = bytes.indexOf(QUOTE, start);
    while (index >= 0 && index + 1 < end && bytes[index + 1] === QUOTE) {
      index = bytes.indexOf(QUOTE, index + 2);
    }
    return index < 0 || index > end ? end : index;
  }
}
