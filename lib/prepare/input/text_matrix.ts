/** Reads a delimited text table of numbers into a matrix. */

import type { ReadOptions } from "../formats/matrix_format.ts";
import type { FileSource } from "./file_stream.ts";
import type { RawMatrix } from "./raw_matrix.ts";

/** What a format knows of its tables. */
export interface TableRules {
  /** What the format is called; by default by the delimiter: `CSV`. */
  readonly format?: string;
  /** The byte between cells; by default found from the content. */
  readonly delimiter?: number;
  /** Lines in front of the header to leave out, besides comment lines. */
  readonly skipLines?: number;
  /** Columns that are kept as texts about the rows, whatever they hold. */
  isText?(name: string, column: number): boolean;
  /** Columns that are not kept at all. */
  isLeftOut?(name: string, column: number): boolean;
  /** Makes the id of a column of numbers from its name in the header. */
  renameColumn?(name: string): string;
  /** So many of the first rows are texts about the columns. */
  readonly textRows?: number;
  readonly genesIn?: "rows" | "columns";
  /** The number that an empty cell stands for; by default it is missing. */
  readonly emptyValue?: number;
}

/**
 * Reads a table: a header, then rows that begin with their id. The first column
 * (column 0) is never asked for in the rules.
 *
 * @throws {InputError} If the file cannot be read or is no such table.
 */
export function readTextMatrix(
  _source: FileSource,
  _rules: TableRules,
  _options: ReadOptions,
): Promise<RawMatrix> {
  throw new Error("Not there yet");
}
