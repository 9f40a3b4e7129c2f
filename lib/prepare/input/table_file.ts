/** Refuses what a user took for a table: a folder, a workbook, a web page. */

import { spreadsheetToCsv } from "../formats/rewrite.ts";
import type { FileHead } from "./file_head.ts";
import { readHead } from "./read_head.ts";
import { unreadable } from "./unreadable.ts";

/** What files that are no tables begin with. */
const OTHERS: readonly {
  readonly starts: readonly (readonly number[])[];
  readonly what: string;
  /** The package that pandas reads it with. */
  readonly engine?: string;
}[] = [
  {
    starts: [[0x50, 0x4b, 3, 4], [0x50, 0x4b, 5, 6]],
    what: "it is an Excel workbook or another zip file",
  },
  {
    starts: [[0xd0, 0xcf, 0x11, 0xe0]],
    what: "it is an Excel workbook",
    engine: "xlrd",
  },
];

/**
 * Checks that a file may be a table, by its first bytes.
 *
 * @returns Its beginning.
 * @throws {InputError} If it cannot be read, is empty, or is something else:
 * a folder, a pipe (which cannot be read twice), a workbook, a web page.
 */
export async function checkTableFile(path: string): Promise<FileHead> {
  const head = await readHead(path);
  const { entries, packed, bytes, text } = head;
  if (entries !== undefined) {
    throw unreadable(
      path,
      "it is a folder and must be a file",
      "Name a file in it",
    );
  }
  for (const { starts, what, engine } of OTHERS) {
    const isSo = starts.some((start) =>
      [packed, bytes].some((head) =>
        start.every((byte, index) => head[index] === byte)
      )
    );
    if (isSo) {
      throw unreadable(
        path,
        `${what} and must be a CSV or TSV table`,
        spreadsheetToCsv(path, engine),
      );
    }
  }
  if (/^\s*<(!doctype|html|\?xml)\b/i.test(text)) {
    throw unreadable(
      path,
      "it is a web page and must be a CSV or TSV table",
      "Download the file itself",
    );
  }
  return head;
}
