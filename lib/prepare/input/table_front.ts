/** What stands in front of a table's header: comments and other lines. */

import { BLANKS } from "./delimiter.ts";

const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const HASH = 0x23;

const NUMBER = /^"?\s*[+-]?(\d|\.\d)/;
/** A sentence in a comment may have so many commas. */
const FEW_CELLS = 3;
/** More lines are no title above a table. */
const TITLE_LINES = 10;
/** Some spreadsheets are told the delimiter by such a first line. */
const HINT = /^"?sep=(.)"?\s*$/;
const LONGEST_HINT = 10;

const latin1 = new TextDecoder("latin1");

/**
 * The index behind a line's end.
 *
 * @returns -1 if the line may go on.
 */
export function endOfLine(bytes: Uint8Array, start: number): number {
  for (let index = start; index < bytes.length; index++) {
    if (bytes[index] === LINE_FEED) return index + 1;
    if (bytes[index] !== RETURN) continue;
    if (index + 1 === bytes.length) return -1;
    return bytes[index + 1] === LINE_FEED ? index + 2 : index + 1;
  }
  return -1;
}

/** Skips lines, while the first bytes of a file come in. */
export class FrontSkipper {
  /** The line of the file that is next. */
  line = 1;
  /** Comment lines that were skipped. */
  comments = 0;
  /** Lines of a title that were skipped. */
  titles = 0;
  /** The last of the comments. */
  #comment = new Uint8Array();

  /** @param lines Lines to skip that are neither comments nor empty. */
  constructor(private lines: number) {}

  /**
   * The index of the first line that is not to be skipped, or is not there as a
   * whole. A last comment is left, because it may be the header.
   */
  skip(bytes: Uint8Array): number {
    let start = 0;
    while (true) {
      const end = endOfLine(bytes, start);
      if (end < 0) return start;
      const first = bytes[start];
      if (this.line === 1 && isHint(bytes.subarray(start, end))) {
        // Skipped; the cells themselves tell the delimiter.
      } else if (first === HASH) {
        if (this.lines === 0 && firstByteOfText(bytes, end) !== HASH) {
          return start;
        }
        this.comments++;
        this.#comment = bytes.slice(start, end);
      } else if (first !== LINE_FEED && first !== RETURN) {
        if (this.lines === 0) return start;
        this.lines--;
      }
      this.line++;
      start = end;
    }
  }

  /**
   * Skips a comment in front of the header, or the `#` of the header.
   *
   * @param bytes The first rows, of which `skip` has left a comment.
   * @param delimiter The byte between the cells of the rows.
   * @returns The index where the header begins.
   */
  skipComment(bytes: Uint8Array, delimiter: number): number {
    if (bytes[0] !== HASH) return 0;
    const end = endOfLine(bytes, 0);
    if (
      end >= 0 && (!isHeader(bytes, end, delimiter) ||
        isDescription(bytes, end, delimiter, this.#comment))
    ) {
      this.comments++;
      this.line++;
      return end;
    }
    let start = 1;
    while (bytes[start] === SPACE) start++;
    return start;
  }

  /**
   * Skips a title: lines of one cell above a header of several.
   *
   * @param bytes The first rows, from `start` on.
   * @returns The index where the header begins.
   */
  skipTitle(bytes: Uint8Array, start: number, delimiter: number): number {
    if (delimiter === BLANKS) return start;
    let [index, line, titles] = [start, this.line, 0];
    while (line - this.line <= TITLE_LINES) {
      const end = endOfLine(bytes, index);
      if (end < 0) return start;
      const cells = filledCells(bytes.subarray(index, end), delimiter);
      if (cells.length > 1) {
        // A header without a corner may have one cell where rows have two.
        if (cells.length < FEW_CELLS) return start;
        // What follows a header of one cell are rows.
        if (cells.slice(1).every((cell) => NUMBER.test(cell))) return start;
        this.titles = titles;
        this.line = line;
        return index;
      }
      titles += cells.length;
      index = end;
      line++;
    }
    return start;
  }
}

/** Whether a line tells spreadsheets the delimiter. */
function isHint(line: Uint8Array): boolean {
  return line.length <= LONGEST_HINT && HINT.test(latin1.decode(line));
}

/** The cells of a line that are not empty; no cell has quotes within. */
function filledCells(line: Uint8Array, delimiter: number): string[] {
  const text = latin1.decode(line).replace(/"[^"]*"/g, '"');
  return text.split(String.fromCharCode(delimiter))
    .filter((cell) => cell.trim() !== "");
}

/** The first byte that ends no line. */
function firstByteOfText(bytes: Uint8Array, start: number): number {
  let index = start;
  while (bytes[index] === LINE_FEED || bytes[index] === RETURN) index++;
  return bytes[index];
}

/** Whether a comment has as many cells as the row that follows it. */
function isHeader(bytes: Uint8Array, end: number, delimiter: number): boolean {
  const isApart = bytes[1] === SPACE || bytes[1] === TAB;
  if (isApart && delimiter === BLANKS) return false;
  const header = cellsOf(bytes.subarray(0, end), delimiter);
  const row = cellsOf(lineBehind(bytes, end), delimiter);
  if (header.length < 2 || header.length !== row.length) return false;
  return !isApart || header.length > FEW_CELLS &&
      row.slice(1).some((cell) => NUMBER.test(cell));
}

/**
 * Whether a comment with as many cells as the line behind it describes the
 * columns that this line names, as in files of cBioPortal: other comments have
 * as many cells, too, or all of its cells are numbers.
 *
 * @param before The comment in front of it, if there is one.
 */
function isDescription(
  bytes: Uint8Array,
  end: number,
  delimiter: number,
  before: Uint8Array,
): boolean {
  const next = cellsOf(lineBehind(bytes, end), delimiter);
  if (next.slice(1).some((cell) => NUMBER.test(cell))) return false;
  const cells = cellsOf(bytes.subarray(1, end), delimiter);
  return cellsOf(before, delimiter).length === cells.length ||
    cells.every((cell) => NUMBER.test(cell));
}

/** The next line that is not empty, or what is there of it. */
function lineBehind(bytes: Uint8Array, end: number): Uint8Array {
  let start = end;
  while (bytes[start] === LINE_FEED || bytes[start] === RETURN) start++;
  const next = endOfLine(bytes, start);
  return bytes.subarray(start, next < 0 ? bytes.length : next);
}

function cellsOf(line: Uint8Array, delimiter: number): string[] {
  const text = latin1.decode(line).trimEnd();
  return delimiter === BLANKS
    ? text.trim().split(/[ \t]+/)
    : text.split(String.fromCharCode(delimiter));
}
