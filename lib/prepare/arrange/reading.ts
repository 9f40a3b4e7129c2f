/** How a matrix was understood: for the console and the records of the run. */

import type { Values } from "../../cli/parameters.ts";
import type { prepareParameters } from "../parameters.ts";

/** How a matrix was understood, and what was left out of it. */
export interface Reading {
  /** The format in words: `GCT 1.2`. */
  readonly format: string;
  readonly genesIn: "rows" | "columns";
  /** Why, as the end of a sentence: `because its ids match sheet.csv`. */
  readonly orientationReason: string;
  /** The column or row that names the tissues. */
  readonly label: string;
  /** Which file that is in. */
  readonly labelFrom: "matrix" | "sheet";
  /** What the user should know: of the reader, of the sheet, and from here. */
  readonly notes: readonly string[];
}

/** The flags that say how a matrix is to be understood. */
export type ArrangeChoices = Pick<
  Values<typeof prepareParameters>,
  | "input"
  | "label"
  | "group"
  | "batch"
  | "orient"
  | "ignore"
  | "duplicates"
  | "strip-versions"
  | "missing"
  | "missing-labels"
>;
