/** Opens a text table: skips what is in front of it and finds its delimiter. */

import { BlankCollapser } from "./collapse_blanks.ts";
import { BLANKS, findDelimiter } from "./delimiter.ts";
import type { FileSource } from "./file_stream.ts";
import { RowScanner, type RowSink } from "./row_scanner.ts";
import { endOfLine, FrontSkipper } from "./table_front.ts";
import { openText } from "./text_stream.ts";
import { unreadable } from "./unreadable.ts";

/** The header and so many rows are looked at before the table is read. */
const LINES = 65;
/** Of long rows fewer are enough. */
const FEW_LINES = 9;
const LONG = 1 << 20;
/** The first look is at so many bytes. */
const FIRST_LOOK = 1 << 16;
/** The header may not be longer, and the first rows are not looked at then. */
const MOST = 1 << 25;

const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;

/** What is known of a table before it is opened. */
export interface TableStart {
  /** The byte between cells; by default found from the content. */
  readonly delimiter?: number;
  /** Lines in front of the header to skip, besides comment lines. */
  readonly skipLines?: number;
}

/** A table whose first bytes are read. */
export interface OpenTable {
  /** The byte between cells, or `BLANKS`. */
  readonly delimiter: number;
  /** Comment lines that were skipped. */
  readonly comments: number;
  /** Lines of a title that were skipped. */
  readonly titles: number;
  /** Scans the header and the first rows; `scan` begins with them again. */
  scanStart(sink: RowSink): void;
  /** Scans the whole table; can be called once. */
  scan(sink: RowSink): Promise<void>;
  /** Closes the file, which `scan` does, too. */
  close(): Promise<void>;
}

/**
 * Opens a table, plain or gzipped, UTF-8 or UTF-16. Lines in front of it that
 * begin with `#` are comments; the last of them is the header if it has as many
 * cells as the line that follows.
 *
 * @throws {InputError} If the file cannot be read, is no text, holds nothing,
 * or does not come to its header.
 */
export async function openTable(
  source: FileSource,
  { delimiter, skipLines = 0 }: TableStart = {},
): Promise<OpenTable> {
  const { path } = source;
  const rest = openText(source);
  const skipper = new FrontSkipper(skipLines);
  const { bytes: start, isWhole } = await readStart(rest, skipper, path);
  const found = delimiter ?? findDelimiter(path, start);
  const header = skipper.skipComment(start, found);
  const first = start.subarray(
    skipLines > 0 ? header : skipper.skipTitle(start, header, found),
  );
  if (isWhole && first.every((b) => b === LINE_FEED || b === RETURN)) {
    throw unreadable(path, "it holds nothing but empty lines");
  }
  const isBlank = found === BLANKS;
  const open = (sink: RowSink) => {
    const scanner = new RowScanner(
      path,
      sink,
      isBlank ? TAB : found,
      skipper.line,
    );
    const blanks = new BlankCollapser();
    const feed = (chunk: Uint8Array) =>
      scanner.feed(isBlank ? blanks.convert(chunk) : chunk);
    feed(first);
    return { feed, finish: () => scanner.finish() };
  };
  return {
    delimiter: found,
    comments: skipper.comments,
    titles: skipper.titles,
    scanStart(sink) {
      const { finish } = open(sink);
      if (isWhole) finish();
    },
    async scan(sink) {
      try {
        const { feed, finish } = open(sink);
        for await (const chunk of rest) feed(chunk);
        finish();
      } finally {
        await rest.return(undefined);
      }
    },
    async close() {
      await rest.return(undefined);
    },
  };
}

/** Reads the header and the first rows, as many as are looked at. */
async function readStart(
  chunks: AsyncGenerator<Uint8Array>,
  skipper: FrontSkipper,
  path: string,
): Promise<{ bytes: Uint8Array; isWhole: boolean }> {
  let buffer = new Uint8Array(FIRST_LOOK);
  let length = 0;
  let look = FIRST_LOOK;
  while (true) {
    const { done, value } = await chunks.next();
    if (!done) {
      if (length + value.length > buffer.length) {
        const larger = new Uint8Array(2 * (length + value.length));
        larger.set(buffer.subarray(0, length));
        buffer = larger;
      }
      buffer.set(value, length);
      length += value.length;
      if (length < look) continue;
    }
    const skipped = skipper.skip(buffer.subarray(0, length));
    buffer.copyWithin(0, skipped, length);
    length -= skipped;
    const bytes = buffer.subarray(0, length);
    if (done || hasEnough(bytes)) return { bytes, isWhole: done === true };
    if (length >= MOST) {
      if (endOfLine(bytes, 0) >= 0) return { bytes, isWhole: false };
      await chunks.return(undefined);
      throw unreadable(path, `line ${skipper.line} is longer than 32 MiB`);
    }
    look = length + Math.max(FIRST_LOOK, length >> 1);
  }
}

function hasEnough(bytes: Uint8Array): boolean {
  const wanted = bytes.length < LONG ? LINES : FEW_LINES;
  let end = 0;
  for (let line = 0; line < wanted; line++) {
    end = endOfLine(bytes, end);
    if (end < 0) return false;
  }
  return true;
}
