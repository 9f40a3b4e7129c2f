/** The header of a table, for recognizing its format. */

import type { FileHead } from "../input/file_head.ts";
import { withoutQuotes } from "./quantified/sample_kinds.ts";

/** The header in a file's first bytes. */
export interface HeaderLine {
  readonly cells: readonly string[];
  /** Whether the bytes hold the whole line. */
  readonly isWhole: boolean;
  /** The lines in front of it, which begin with `#`. */
  readonly comments: readonly string[];
}

/**
 * The first line that is neither empty nor a comment, split at tabs, or at
 * commas if it holds no tab. Quotes around a cell are left out.
 *
 * @returns `undefined` for a folder and for what is no text.
 */
export function headerOf(
  { entries, text }: FileHead,
): HeaderLine | undefined {
  if (entries !== undefined || text.includes("\0")) return undefined;
  const comments: string[] = [];
  for (const { line, isWhole } of linesOf(text)) {
    if (line === "") continue;
    if (line.startsWith("#")) {
      comments.push(line);
      continue;
    }
    const cells = line.split(line.includes("\t") ? "\t" : ",")
      .map((cell) => withoutQuotes(cell.trim()));
    return { cells, isWhole, comments };
  }
}

/** The lines of a text, without a byte-order mark and the ends of the lines. */
export function* linesOf(
  text: string,
): Generator<{ line: string; isWhole: boolean }> {
  let start = text.startsWith("\ufeff") ? 1 : 0;
  while (start < text.length) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    const line = text.slice(start, end);
    yield {
      line: line.endsWith("\r") ? line.slice(0, -1) : line,
      isWhole: end < text.length,
    };
    start = end + 1;
  }
}

/** Whether a header begins with these cells. */
export function beginsWith(
  header: HeaderLine | undefined,
  names: readonly string[],
): boolean {
  return header !== undefined &&
    names.every((name, column) => header.cells[column] === name);
}
