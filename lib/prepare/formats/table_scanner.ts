/**
 * A push parser of CSV and TSV (RFC 4180): bytes in, cells out. It holds no
 * more than one chunk and one unfinished cell, however long the file is.
 */

import { InputError } from "../../cli/errors.ts";
import { openBytes } from "./file_stream.ts";
import { findDelimiter } from "./delimiter.ts";
import { escapeControls } from "../text.ts";

/** A longer cell is refused: a quote is open, or the file is no table. */
const CELL_LIMIT = 1 << 20;
/** Bytes that are quicker turned into text one by one. */
const SHORT_CELL = 64;
/** A longer row is refused. */
const ROW_LIMIT = 1 << 28;
/** How much of the file is looked at to tell the delimiter. */
const SNIFFED = 1 << 16;

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;

/** What takes the cells of a table, in the order of the file. */
export interface CellSink {
  /**
   * One cell: the bytes from `start` up to `end`, quotes taken off. `escaped`
   * tells that they hold doubled quotes; `decodeCell` turns them into text.
   */
  cell(bytes: Uint8Array, start: number, end: number, escaped: boolean): void;
  /** The row is over; it began on `line` (1-based). */
  endRow(line: number): void;
  /**
   * A short cut past `cell`: takes as many plain cells, each with its
   * delimiter, as it likes from `at` on and returns where it stopped. A zero
   * byte stands behind the last byte there is.
   */
  takePlain?(bytes: Uint8Array, at: number, delimiter: number): number;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The text of a cell, without the white space around it.
 *
 * @throws {TypeError} If the bytes are no UTF-8 or hold a NUL.
 */
export function decodeCell(
  bytes: Uint8Array,
  start: number,
  end: number,
  escaped: boolean,
): string {
  const text = decodeAscii(bytes, start, end) ??
    utf8.decode(bytes.subarray(start, end));
  if (text.includes("\0")) throw new TypeError("a NUL byte");
  return (escaped ? text.replaceAll('""', '"') : text).trim();
}

/** The text of a short cell in ASCII: most are, and a decoder's call is dear. */
function decodeAscii(
  bytes: Uint8Array,
  start: number,
  end: number,
): string | undefined {
  if (end - start > SHORT_CELL) return undefined;
  for (let at = start; at < end; at++) if (bytes[at] > 0x7f) return undefined;
  return String.fromCharCode.apply(
    undefined,
    bytes.subarray(start, end) as unknown as number[],
  );
}

/**
 * Reads a table: the file at `path`, plain or gzipped, with or without a
 * byte-order mark, lines ended by LF, CRLF or CR, empty lines left out.
 *
 * @param path The file.
 * @param sink What takes the cells.
 * @param onRead Told of the bytes read from the file, chunk by chunk.
 * @throws {InputError} If the file cannot be read or is no CSV or TSV; and
 * whatever the sink throws.
 */
export async function scanTable(
  path: string,
  sink: CellSink,
  onRead?: (bytes: number) => void,
): Promise<void> {
  const action = `Cannot read ${escapeControls(path)}`;
  let start: Uint8Array | undefined = new Uint8Array(0);
  let scanner: TableScanner | undefined;
  const open = (bytes: Uint8Array) => {
    if (bytes.includes(0)) refuseBinary(action, 1);
    scanner = new TableScanner(action, sink, findDelimiter(path, bytes));
    const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    scanner.feed(bom ? bytes.subarray(3) : bytes);
  };
  for await (const chunk of openBytes(path, action, onRead)) {
    if (start === undefined) {
      scanner!.feed(chunk);
      continue;
    }
    // A gzip member may be shorter than the header line.
    start = join(start, chunk);
    if (start.length < SNIFFED) continue;
    open(start);
    start = undefined;
  }
  if (start !== undefined) open(start);
  scanner!.finish();
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

function refuseBinary(action: string, line: number): never {
  throw new InputError(
    `${action}: line ${line} holds bytes that are no UTF-8 text; the file ` +
      "must be a CSV or TSV table, plain or gzipped",
    "Export it as UTF-8 CSV",
  );
}

class TableScanner {
  #buffer = new Uint8Array(0);
  /** Bytes at the buffer's start that belong to an unfinished cell. */
  #held = 0;
  #line = 1;
  #rowLine = 1;
  #atRowStart = true;
  #afterReturn = false;
  #rowLength = 0;

  constructor(
    readonly action: string,
    readonly sink: CellSink,
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
    const consumed = this.#scan(length, false);
    this.#buffer.copyWithin(0, consumed, length);
    this.#held = length - consumed;
    if (this.#held > CELL_LIMIT) {
      this.#refuse("has a cell of more than 1 MiB (is a quote left open?)");
    }
    if (this.#rowLength > ROW_LIMIT) this.#refuse("is longer than 256 MiB");
  }

  /** The file is over. */
  finish(): void {
    this.#scan(this.#held, true);
  }

  #refuse(what: string): never {
    throw new InputError(`${this.action}: line ${this.#line} ${what}`);
  }

  /** Scans up to `end`; returns where the unfinished cell begins. */
  #scan(end: number, last: boolean): number {
    const { sink, delimiter } = this;
    const bytes = this.#buffer;
    let rowStart = 0;
    let at = 0;
    while (at < end || (last && !this.#atRowStart)) {
      if (this.#atRowStart) {
        const byte = bytes[at];
        if (byte === LINE_FEED || byte === RETURN) {
          if (byte === RETURN || !this.#afterReturn) this.#line++;
          this.#afterReturn = byte === RETURN;
          this.#rowLength = 0;
          rowStart = ++at;
          continue;
        }
        this.#afterReturn = false;
        this.#rowLine = this.#line;
        this.#rowLength = 0;
        rowStart = at;
      }
      if (sink.takePlain !== undefined) {
        const next = sink.takePlain(bytes, at, delimiter);
        if (next > at) {
          this.#atRowStart = false;
          at = next;
          continue;
        }
      }
      const quoted = at < end && bytes[at] === QUOTE;
      const start = quoted ? at + 1 : at;
      const cellEnd = quoted
        ? this.#findClosingQuote(start, end, last)
        : this.#findCellEnd(at, end);
      const next = quoted ? cellEnd + 1 : cellEnd;
      if (next >= end && !last) break;
      const byte = next < end ? bytes[next] : LINE_FEED;
      if (byte !== delimiter && byte !== LINE_FEED && byte !== RETURN) {
        this.#refuse("has text behind a closing quote");
      }
      this.#emit(start, cellEnd, quoted);
      this.#atRowStart = byte !== delimiter;
      at = next + 1;
      if (this.#atRowStart) {
        sink.endRow(this.#rowLine);
        this.#afterReturn = byte === RETURN;
        if (next < end) this.#line++;
      }
    }
    this.#rowLength += at - rowStart;
    return Math.min(at, end);
  }

  #emit(start: number, end: number, quoted: boolean): void {
    const bytes = this.#buffer;
    let escaped = false;
    if (quoted) {
      for (let at = start; at < end; at++) {
        const byte = bytes[at];
        if (byte === QUOTE) escaped = true;
        if (
          byte === LINE_FEED || (byte === RETURN && bytes[at + 1] !== LINE_FEED)
        ) this.#line++;
      }
    }
    if (end - start > CELL_LIMIT) this.#refuse("has a cell of more than 1 MiB");
    try {
      this.sink.cell(bytes, start, end, escaped);
    } catch (error) {
      if (error instanceof TypeError) refuseBinary(this.action, this.#line);
      throw error;
    }
  }

  #findCellEnd(start: number, end: number): number {
    const { delimiter } = this;
    const bytes = this.#buffer;
    let at = start;
    while (at < end) {
      const byte = bytes[at];
      if (byte === delimiter || byte === LINE_FEED || byte === RETURN) break;
      at++;
    }
    return at;
  }

  /** The place of the closing quote, or `end` if it is not there yet. */
  #findClosingQuote(start: number, end: number, last: boolean): number {
    const bytes = this.#buffer;
    let at = start;
    while (true) {
      at = bytes.indexOf(QUOTE, at);
      if (at < 0 || at >= end) {
        if (last) this.#refuse("opens a quote that is never closed");
        return end;
      }
      if (at + 1 < end && bytes[at + 1] === QUOTE) at += 2;
      else return at;
    }
  }
}
