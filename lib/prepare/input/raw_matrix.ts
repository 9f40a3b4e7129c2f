/** A matrix as its file has it, before it is known which side has the genes. */

import type { Remedy } from "../../cli/errors.ts";
import type { GrowableMatrix } from "./growable_matrix.ts";

export interface RawMatrix {
  /** The format in words, for the user: `GCT 1.2`, `CSV`. */
  readonly format: string;
  readonly rows: RawAxis;
  readonly columns: RawAxis;
  /** rows x columns numbers of any sign; NaN where the file holds none. */
  readonly values: GrowableMatrix;
  /** What stands where numbers should, by column and kind. */
  readonly faults: readonly ColumnFault[];
  /** Which side the genes are on, if the format says so. */
  readonly genesIn?: "rows" | "columns";
  /** What the user should know about how the file was read. */
  readonly notes: readonly string[];
  /**
   * Notes on rows of words that nobody named, for where they are not known to
   * be about the samples.
   */
  readonly textRowNotes?: readonly string[];
  /**
   * What `--ignore` names and the reader left out; undefined if it does not
   * tell.
   */
  readonly ignored?: readonly string[];
  /** What to say if nothing names the tissues, where the format tells more. */
  readonly unlabeled?: { readonly what: string; readonly remedy: Remedy };
}

/** The names along one side of a matrix. */
export interface RawAxis {
  /** What the file calls the ids, such as the header above them; may be "". */
  readonly title: string;
  /** As the file has them: empty and equal ones may be among them. */
  readonly ids: readonly string[];
  /** Texts about each id: columns of words for rows, rows for columns. */
  readonly annotations: readonly Annotation[];
  /** Where an id stands, for a message: `line 3`, `column 5 of the header`. */
  locate(index: number): string;
}

/** A text about each sample or each gene, such as its tissue or its name. */
export interface Annotation {
  readonly name: string;
  /** One per id of the axis; empty where there is none. */
  readonly texts: readonly string[];
}

/** Why a cell holds no number. */
export type FaultKind =
  /** Empty, NA, NaN, null, or a spreadsheet's error such as #N/A. */
  | "missing"
  | "infinite"
  /** Larger than a float32 can be. */
  | "too large"
  /** `182,617`: the decimal point is written as a comma. */
  | "decimal comma"
  /** `1,234`, `1 234`: commas or other marks stand between thousands. */
  | "thousands"
  | "word";

/** The cells of one column that hold no number for one reason. */
export interface ColumnFault {
  readonly column: number;
  readonly kind: FaultKind;
  readonly cells: number;
  /** The first of them. */
  readonly row: number;
  readonly text: string;
}
