/** Reads a small table as texts: of genes, of gene sets, of new names. */

import { InputError, type Remedy } from "../../cli/errors.ts";
import { escapeControls, withCommas } from "../../cli/text.ts";
import { checkTableFile } from "./table_file.ts";
import { scanLooseTable } from "./loose_table.ts";
import { unreadable } from "./unreadable.ts";

/** Characters of all cells together. */
const MOST_CHARACTERS = 1 << 26;
const MOST_ROWS = 1_000_000;
/** Cells of all rows together. */
const MOST_CELLS = 1 << 24;

/** A table whose rows have as many cells as its header. */
export interface SmallTable {
  /** The texts in its first line; whether they are names is not known. */
  readonly header: readonly string[];
  /** The rows below it, without those whose cells are all empty. */
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  /** Without white space around them. */
  readonly cells: readonly string[];
  /** Where the row begins in the file, 1-based. */
  readonly line: number;
}

/** What a table is for, in messages. */
export interface TablePurpose {
  /** What the file is: `the gene set`. */
  readonly what?: string;
  /** What to do where an error has no remedy of its own. */
  readonly remedy?: Remedy;
}

/**
 * Reads a table, plain or gzipped. What separates its cells is found from its
 * content, and comment lines in front are left out.
 *
 * @throws {InputError} If it cannot be read, is no such table, or has more than
 * 1,000,000 rows or 64 Mi characters.
 */
export function readSmallTable(
  path: string,
  purpose: TablePurpose = {},
): Promise<SmallTable> {
  return naming(path, purpose, async () => {
    await checkTableFile(path);
    let header: readonly string[] = [];
    const rows: TableRow[] = [];
    let cells: string[] = [];
    let [characters, count] = [0, 0];
    await scanLooseTable({ path }, {
      header(columns) {
        header = columns;
      },
      cell(column, cell) {
        const text = cell.text();
        cells[column] = text;
        characters += text.length;
        count++;
        if (characters > MOST_CHARACTERS || count > MOST_CELLS) {
          throw unreadable(path, "it is too large for such a table");
        }
      },
      endRow(line) {
        // A short row takes as much room as a whole one.
        count += header.length - Object.keys(cells).length;
        if (count > MOST_CELLS) {
          throw unreadable(path, "it is too large for such a table");
        }
        const row = Array.from(header, (_, column) => cells[column] ?? "");
        cells = [];
        if (row.every((text) => text === "")) return;
        if (rows.length >= MOST_ROWS) {
          throw unreadable(
            path,
            `it has more than ${withCommas(MOST_ROWS)} rows`,
          );
        }
        rows.push({ cells: row, line });
      },
    });
    return { header, rows };
  });
}

/** The error for a small table. */
export function refuseTable(
  path: string,
  { what, remedy }: TablePurpose,
  fault: string,
): InputError {
  return new InputError(
    `Cannot read ${what === undefined ? "" : `${what} `}${
      escapeControls(path)
    }: ${fault}`,
    remedy,
  );
}

/** Runs a reader, whose errors then say what the file is. */
export async function naming<Result>(
  path: string,
  purpose: TablePurpose,
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    const start = `Cannot read ${escapeControls(path)}: `;
    if (!(error instanceof InputError) || !error.message.startsWith(start)) {
      throw error;
    }
    throw refuseTable(
      path,
      { ...purpose, remedy: error.rerun ?? error.remedy ?? purpose.remedy },
      error.message.slice(start.length),
    );
  }
}
