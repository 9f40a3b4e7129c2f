/** Small CSV tables, as every stage writes and reads them. */

import { parse } from "csv-parse/sync";
import { InputError } from "../cli/errors.ts";
import { truncateText } from "../cli/text.ts";

/** What a cell may hold. `null` is written as an empty cell. */
export type Cell = string | number | boolean | null;

/** Quotes a cell where RFC 4180 asks for it. */
function formatCell(cell: Cell): string {
  const text = cell === null ? "" : String(cell);
  return /[",\r\n]/.test(text) || text !== text.trim()
    ? `"${text.replaceAll('"', '""')}"`
    : text;
}

/**
 * Formats rows as CSV (RFC 4180 with `\n` line ends). Numbers are written with
 * all the digits that bring them back exactly.
 */
export function formatCsv(
  columns: readonly string[],
  rows: Iterable<readonly Cell[]>,
): string {
  const lines = [columns.map(formatCell).join(",")];
  for (const row of rows) lines.push(row.map(formatCell).join(","));
  return lines.join("\n") + "\n";
}

/**
 * Parses CSV into rows of cells, the header among them.
 *
 * @throws {InputError} If it is no such table, as after a change by hand.
 */
export function parseCsv(text: string, path = "a table"): string[][] {
  try {
    return parse(text, { bom: true });
  } catch (error) {
    throw new InputError(
      `Cannot read ${path}: ${truncateText((error as Error).message, 200)}`,
    );
  }
}
