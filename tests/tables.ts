/** Tables of text, for tests that make up or look at any CSV. */

import { type Cell, formatCsv, parseCsv } from "../lib/store/csv.ts";

/** Rows by their column names, as CSV. */
export function formatRows(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, Cell>>[],
): string {
  return formatCsv(
    columns,
    rows.map((row) => columns.map((column) => row[column])),
  );
}

/** The rows of a CSV text by its header; cells stay text. */
export function parseRows(text: string): Record<string, string>[] {
  const [header = [], ...lines] = parseCsv(text);
  return lines.map((cells) => {
    const row: Record<string, string> = Object.create(null);
    header.forEach((column, index) => row[column] = cells[index]);
    return row;
  });
}
