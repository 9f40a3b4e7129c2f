/**
 * A push parser of CSV and TSV (RFC 4180): bytes in, cells out. It holds no
 * more than one chunk and one unfinished cell, however long the file is.
 */

import { DecimalScanner } from "./decimal.ts";
import { findDelimiter } from "./delimiter.ts";
import { type FileSource, openBytes } from "./file_stream.ts";
import { unreadable } from "./unreadable.ts";
import { isAccepted } from "./value_faults.ts";

/** A longer cell is refused: a quote is open, or the file is not a table. */
const CELL_LIMIT = 1 << 20;
/** Bytes that are decoded faster one by one. */
const SHORT_CELL = 64;
/** A longer row is refused. */
const ROW_LIMIT = 1 << 28;
/** More columns than any transcriptome has. */
const COLUMN_LIMIT = 1_000_000;
/** How much of the file is searched for the delimiter. */
const SNIFFED = 1 << 16;

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;

/** Takes the cells of a table, in the order of the file. */
export interface TableSink {
  /** Takes the names in the header; they are not checked. */
  header(columns: readonly string[]): void;
  /** Takes a cell below one of the header's columns, during the call. */
  cell(column: number, cell: Cell): void;
  /** Ends a row, which began on `line` (1-based) and has all its cells. */
  endRow(line: number): void;
  /** What the row is about, for a message: `sample 'a'`. */
  rowName?(): string;
  /**
   * A shortcut past `cell` for plain numbers that are 0 or greater: where to
   * write those from that column on, one per cell; empty for none.
   */
  numbersFrom?(column: number): Float32Array;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The bytes of a cell, without the quotes around them. */
export class Cell {
  bytes = new Uint8Array(0);
  start = 0;
  end = 0;
  /** Whether they hold doubled quotes. */
  escaped = false;

  /**
   * Its text, without the white space around it.
   *
   * @throws {TypeError} If the bytes are not UTF-8 or hold a NUL.
   */
  text(): string {
    const bytes = this.bytes.subarray(this.start, this.end);
    const text = isShortAscii(bytes)
      ? String.fromCharCode.apply(undefined, bytes as unknown as number[])
      : utf8.decode(bytes);
    if (text.includes("\0")) throw new TypeError("a NUL byte");
    return (this.escaped ? text.replaceAll('""', '"') : text).trim();
  }
}

/** Whether bytes are faster decoded one by one: a decoder's call is slow. */
function isShortAscii(bytes: Uint8Array): boolean {
  if (bytes.length > SHORT_CELL) return false;
  for (let index = 0; index < bytes.length; index++) {
    if (bytes[index] > 0x7f) return false;
  }
  return true;
}

/**
 * Reads a table, plain or gzipped, with or without a byte-order mark, lines
 * ended by LF, CRLF or CR. Empty lines are left out.
 *
 * @throws {InputError} If the file cannot be read, is not CSV or TSV, or a row
 * has more or fewer cells than the header; and whatever the sink throws.
 */
export async function scanTable(
  source: FileSource,
  sink: TableSink,
): Promise<void> {
  const { path } = source;
  const open = (bytes: Uint8Array) => {
    if (bytes.includes(0)) refuseBinary(path, 1);
    const scanner = new TableScanner(path, sink, findDelimiter(path, bytes));
    const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    scanner.feed(bom ? bytes.subarray(3) : bytes);
    return scanner;
  };
  let start = new Uint8Array(0);
  let scanner: TableScanner | undefined;
  for await (const chunk of openBytes(source)) {
    if (scanner !== undefined) {
      scanner.feed(chunk);
      continue;
    }
    // A gzip member may be shorter than the header line.
    start = join(start, chunk);
    if (start.length >= SNIFFED) scanner = open(start);
  }
  (scanner ?? open(start)).finish();
}

function join(first: Uint8Array, second: Uint8Array) {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

function refuseBinary(path: string, line: number): never {
  throw unreadable(
    path,
    `line ${line} holds bytes that are not UTF-8 text; the file must be a ` +
      "CSV or TSV table, plain or gzipped",
    "Export it as UTF-8 CSV",
  );
}

class TableScanner {
  readonly #decimals = new DecimalScanner();
  readonly #cell = new Cell();
  #buffer = new Uint8Array(0);
  /** Bytes at the buffer's start that belong to an unfinished cell. */
  #held = 0;
  #line = 1;
  #rowLine = 1;
  #atRowStart = true;
  #afterReturn = false;
  #rowLength = 0;
  /** The header until its end. */
  #header: string[] | null = [];
  /** Columns of the header. */
  #width = 0;
  #column = 0;
  #rows = 0;

  constructor(
    readonly path: string,
    readonly sink: TableSink,
    readonly delimiter: number,
  ) {}

  /** Takes the next bytes of the file. */
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
      this.#refuseLine("opens a quote that is never closed");
    }
    if (this.#header !== null) {
      throw unreadable(this.path, "it holds nothing but empty lines");
    }
  }

  #refuseLine(what: string): never {
    throw unreadable(this.path, `line ${this.#line} ${what}`);
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
      const quoted = bytes[index] === QUOTE;
      if (!quoted) {
        const next = this.#takeNumbers(index);
        if (next > index) {
          this.#atRowStart = false;
          index = next;
          continue;
        }
      }
      const start = quoted ? index + 1 : index;
      const cellEnd = quoted
        ? this.#findClosingQuote(start, end)
        : this.#findCellEnd(index, end);
      const next = quoted ? cellEnd + 1 : cellEnd;
      if (next >= end) break;
      const byte = bytes[next];
      if (byte !== delimiter && byte !== LINE_FEED && byte !== RETURN) {
        this.#refuseLine("has text after a closing quote");
      }
      this.#takeCell(start, cellEnd, quoted);
      this.#atRowStart = byte !== delimiter;
      index = next + 1;
      if (this.#atRowStart) {
        this.#endRow();
        this.#afterReturn = byte === RETURN;
        this.#line++;
      }
    }
    this.#rowLength += index - rowStart;
    return index;
  }

  /** Takes plain numbers, each with its delimiter; returns where it stopped. */
  #takeNumbers(start: number): number {
    if (this.#header !== null || this.#column >= this.#width) return start;
    const target = this.sink.numbersFrom?.(this.#column);
    if (target === undefined) return start;
    const { delimiter } = this;
    const bytes = this.#buffer;
    const decimals = this.#decimals;
    let index = start;
    let count = 0;
    for (; count < target.length; count++) {
      const value = decimals.scan(bytes, index);
      if (bytes[decimals.end] !== delimiter || !isAccepted(value)) break;
      target[count] = value;
      index = decimals.end + 1;
    }
    this.#column += count;
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
    const column = this.#column++;
    try {
      if (this.#header !== null) {
        if (column >= COLUMN_LIMIT) {
          throw unreadable(
            this.path,
            "its header has more than 1,000,000 columns",
          );
        }
        this.#header.push(cell.text());
      } else if (column < this.#width) {
        this.sink.cell(column, cell);
      }
    } catch (error) {
      if (error instanceof TypeError) refuseBinary(this.path, this.#line);
      throw error;
    }
  }

  #endRow(): void {
    const { sink } = this;
    const cells = this.#column;
    this.#column = 0;
    if (this.#header !== null) {
      this.#width = cells;
      sink.header(this.#header);
      this.#header = null;
      return;
    }
    this.#rows++;
    if (cells !== this.#width) {
      const name = sink.rowName === undefined ? "" : ` (${sink.rowName()})`;
      throw unreadable(
        this.path,
        `line ${this.#rowLine}${name} has ${cells} cell${
          cells === 1 ? "" : "s"
        } where the header has ${this.#width}`,
        cells === this.#width + 1 && this.#rows === 1
          ? "If R wrote the file, give write.table col.names = NA, so that " +
            "the column of row names has a header, too"
          : undefined,
      );
    }
    sink.endRow(this.#rowLine);
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
