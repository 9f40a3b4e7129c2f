/** The expression matrix that the stage works with. */

import type { Annotation } from "./raw_matrix.ts";

export interface ExpressionMatrix {
  /** One per row, in the order of the file; all different, none empty. */
  readonly sampleIds: readonly string[];
  /** One per column of `values`; all different, none empty. */
  readonly genes: readonly string[];
  /** Each gene's name and description, where they are known. */
  readonly geneFacts: readonly GeneFacts[];
  /** Each sample's tissue; empty where it is missing. */
  readonly tissues: readonly string[];
  /** samples x genes finite numbers of any sign, row after row; no -0. */
  readonly values: Float32Array<ArrayBuffer>;
  /** What else is known about each sample, of the matrix and of the sheet. */
  readonly sampleFacts: readonly Annotation[];
}

/** What is known of a gene besides its id. */
export interface GeneFacts {
  readonly name: string | null;
  readonly description: string | null;
}
