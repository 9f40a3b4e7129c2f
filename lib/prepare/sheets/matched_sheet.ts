/** A sample sheet whose rows are matched to the samples of a matrix. */

import { quote } from "../../cli/text.ts";
import type { Annotation } from "../input/raw_matrix.ts";
import { unreadable } from "../input/unreadable.ts";
import { refuseColumn } from "./sheet_refusals.ts";

/** What a sheet says of the samples of a matrix. */
export interface MatchedSheet {
  readonly path: string;
  /** The sheet's column of sample ids; `column 1` if it has no header. */
  readonly idColumn: string;
  /** Which side of the matrix has the samples. */
  readonly samplesIn: "rows" | "columns";
  /** For each id of that side, whether the sheet has it. */
  readonly matched: readonly boolean[];
  /**
   * Whether what stands above the ids of the rows is itself an id of the sheet,
   * as that of a sample is where the ids are missing.
   */
  readonly hasRowTitle?: boolean;
  /** The sheet's other columns: a text per id of that side, "" for none. */
  readonly facts: readonly Annotation[];
  /** Other columns of the sheet that cannot be used, with the reason. */
  readonly unusable: readonly UnusableColumn[];
  /** What the user should know about how the sheet was read. */
  readonly notes: readonly string[];
}

/** A column that does not say one thing of each sample. */
export interface UnusableColumn {
  readonly name: string;
  /** Why, without a full stop: `2 samples ('a', 'b') have several rows ...`. */
  readonly why: string;
}

/**
 * The texts of a sheet's column that a flag names.
 *
 * @param flag For messages: `--group`.
 * @returns A text per id of the side that has the samples, "" for none.
 * @throws {InputError} If there is no such column, or it cannot be used.
 */
export function textsOf(
  { path, facts, unusable, idColumn }: MatchedSheet,
  column: string,
  flag: string,
): readonly string[] {
  const found = facts.find(({ name }) => name === column);
  if (found !== undefined) return found.texts;
  const fault = unusable.find(({ name }) => name === column);
  if (fault !== undefined) {
    throw unreadable(
      path,
      `column ${quote(column)} cannot be used: ${fault.why}`,
      `Correct the sheet, or name another column with ${flag}`,
    );
  }
  if (column === idColumn) {
    throw unreadable(
      path,
      `column ${quote(column)} has the sample ids and cannot be used`,
      `Name another column with ${flag}`,
    );
  }
  throw refuseColumn(path, column, facts.map(({ name }) => name), flag);
}
