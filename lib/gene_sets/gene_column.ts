/** Takes the gene ids out of a table, or out of a list without a header. */

import { quote, truncateText } from "../cli/text.ts";
import type { SmallTable } from "../prepare/input/small_table.ts";
import { unreadable } from "../prepare/input/unreadable.ts";
import { geneColumns } from "../prepare/sheets/gene_columns.ts";

/** What stands above a list of genes besides what columns of genes are called. */
const HEADERS = /^(|x|v1|value|values|name|names|gene (list|set|id|name)s?)$/i;

/** The gene ids of a file. */
export interface FoundGenes {
  readonly ids: readonly string[];
  /** What the user should know of how they were found. */
  readonly note?: string;
}

/**
 * The gene ids of a table: of the column gene, gene_id, symbol or one called
 * alike, of several that with the most genes of the matrix. Without such a name,
 * the only column, the row names, or the column with genes of the matrix. What
 * stands first is an id, too, if it is a gene of the matrix or no header.
 *
 * @param genes The ids of the matrix, or its names.
 * @throws {InputError} If none of several columns has genes.
 */
export function findGenes(
  { header, rows }: SmallTable,
  path: string,
  genes: ReadonlySet<string>,
): FoundGenes {
  const count = (column: number) =>
    rows.reduce(
      (sum, { cells }) => sum + (genes.has(cells[column]) ? 1 : 0),
      genes.has(header[column]) ? 1 : 0,
    );
  const most = (columns: readonly number[]): number | undefined =>
    columns.map((column) => ({ column, found: count(column) }))
      .filter(({ found }) => found > 0)
      .reduce<{ column: number; found: number } | undefined>(
        (best, one) =>
          best === undefined || one.found > best.found ? one : best,
        undefined,
      )?.column;
  const isHeader = (column: number) => !genes.has(header[column]);
  const below = (column: number) => rows.map(({ cells }) => cells[column]);
  const list = (column: number, withFirst: boolean) =>
    [...withFirst ? [header[column]] : [], ...below(column)]
      .filter((id) => id !== "");

  if (header.length === 1) {
    const isNamed = geneColumns(header).length > 0 || HEADERS.test(header[0]);
    return { ids: list(0, !isNamed || !isHeader(0)) };
  }
  const named = geneColumns(header);
  const others = [...header.keys()].filter((column) => !isRowNumbers(column));
  const known = most(named);
  const other = known === undefined ? most(others) : undefined;
  const column = known ?? other ?? named[0] ??
    others.find((column) => header[column] === "" || others.length === 1);
  if (column === undefined) {
    throw unreadable(
      path,
      `it has several columns and none is named gene (${
        truncateText(header.join(", "), 100)
      })`,
      "Name the column of gene ids gene, or give a file with one gene a line",
    );
  }
  return {
    ids: list(column, !isHeader(column)),
    note:
      other === undefined || !isHeader(column) || HEADERS.test(header[column])
        ? undefined
        : `the genes are taken from column ${quote(header[column])}`,
  };

  /** Whether a column without a name has the numbers of the rows. */
  function isRowNumbers(column: number): boolean {
    return header[column] === "" &&
      below(column).every((text, row) =>
        text === String(row) || text === String(row + 1)
      );
  }
}
