/** A sample sheet whose rows are matched to the samples of a matrix. */

import type { Annotation } from "../input/raw_matrix.ts";

/** What a sheet says of the samples of a matrix. */
export interface MatchedSheet {
  readonly path: string;
  /** The sheet's column of sample ids; `column 1` if it has no header. */
  readonly idColumn: string;
  /** Which side of the matrix has the samples. */
  readonly samplesIn: "rows" | "columns";
  /** For each id of that side, whether the sheet has it. */
  readonly matched: readonly boolean[];
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
  /** Why, without a full stop: `it differs between equal rows of 'a'`. */
  readonly why: string;
}
