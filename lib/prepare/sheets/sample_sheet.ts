/** Reads the user's sample sheet, and finds the matrix's samples in it. */

import type { RawMatrix } from "../input/raw_matrix.ts";
import type { MatchedSheet } from "./matched_sheet.ts";

/** How a sample sheet is to be read. */
export interface SheetOptions {
  /** The column of sample ids, if the user named it. */
  readonly sampleColumn?: string;
  /** The side of the matrix that has the samples, if it is known. */
  readonly sampleSide?: "rows" | "columns";
}

/**
 * Reads a sample sheet and matches its rows to the samples of a matrix.
 *
 * @throws {InputError} If the file is no such table, or its samples are not
 * those of the matrix.
 */
export function matchSampleSheet(
  _path: string,
  _raw: Pick<RawMatrix, "rows" | "columns">,
  _options: SheetOptions = {},
): Promise<MatchedSheet> {
  return Promise.reject(new Error("not there yet"));
}
