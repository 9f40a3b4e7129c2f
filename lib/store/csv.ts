/** Small CSV tables, as every stage writes and reads them. */

import { parse } from "csv-parse/sync";
import { InputError } from "../cli/errors.ts";
import { truncateText } from "../cli/text.ts";

/** What a cell may hold. `null` is written as an empty cell. */
export type Cell = string | number | boolean | null;

/** A table's rows, each keyed by column name. */
export type Row = Record<string, Cell>;

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
 *
 * @param columns The header.
 * @param rows A cell a column.
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
 * @param path For the message.
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

/**
 * Writes rows as CSV (RFC 4180 with `\n` line ends). Numbers are written with
 * all the digits that bring them back exactly.
 *
 * @param columns The columns in their order; a row's other keys are left out.
 * @param rows Each row keyed by column.
 *
 * @example
 * ```ts
 * import { writeTable } from "./csv.ts";
 * const csv = writeTable(["gene", "mean"], [{ gene: "a,b", mean: 0.5 }]);
 * console.assert(csv === 'gene,mean\n"a,b",0.5\n');
 * ```
 */
export function writeTable(
  columns: readonly string[],
  rows: Iterable<Row>,
): string {
  return formatCsv(
    columns,
    Iterator.from(rows).map((row) => columns.map((column) => row[column])),
  );
}

/**
 * Reads a CSV table that a stage wrote. Cells stay text.
 *
 * @returns A row a line, keyed by the header. Rows have no prototype, so a
 * column may bear any name.
 * @throws {InputError} If it is no such table, as after a change by hand.
 *
 * @example
 * ```ts
 * import { readTable } from "./csv.ts";
 * const [row] = readTable("gene,mean\nabc,0.5\n");
 * console.assert(row.gene === "abc" && Number(row.mean) === 0.5);
 * ```
 */
export function readTable(text: string): Record<string, string>[] {
  const [header = [], ...lines] = parseCsv(text);
  return lines.map((cells) => {
    const row: Record<string, string> = Object.create(null);
    header.forEach((column, index) => row[column] = cells[index]);
    return row;
  });
}
