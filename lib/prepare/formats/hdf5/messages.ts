/** What the worker that reads HDF5 is asked, and what it answers. */

import type { Remedy } from "../../../cli/errors.ts";
import type { Annotation, RawMatrix } from "../../input/raw_matrix.ts";
import type { ReadOptions } from "../format.ts";

export interface ToReader {
  readonly path: string;
  readonly options: ReadOptions;
}

/** One side of the matrix; the host adds the function that locates an id. */
export interface SideFacts {
  readonly title: string;
  readonly ids: readonly string[];
  readonly annotations: readonly Annotation[];
  /** Where the ids are in the file, such as `obs`. */
  readonly place: string;
}

/** All of a matrix but its values. */
export interface MatrixFacts
  extends Pick<RawMatrix, "format" | "faults" | "genesIn" | "notes"> {
  readonly rows: SideFacts;
  readonly columns: SideFacts;
}

/** A rectangle of values, row after row. */
export interface Block {
  readonly row: number;
  readonly column: number;
  /** Values in a row of the block. */
  readonly width: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/** Single values; those of one cell add up. */
export interface Entries {
  readonly rows: Int32Array<ArrayBuffer>;
  readonly columns: Int32Array<ArrayBuffer>;
  readonly values: Float32Array<ArrayBuffer>;
}

/** `size` comes before the values, `done` or `failed` is the last. */
export type FromReader =
  | { readonly size: readonly [rows: number, columns: number] }
  | { readonly block: Block }
  | { readonly entries: Entries }
  | { readonly read: number }
  | { readonly done: MatrixFacts }
  | { readonly failed: { readonly message: string; readonly remedy?: Remedy } };

/** Takes the values of a matrix as they are read. */
export interface ValueSink {
  size(rows: number, columns: number): void;
  block(block: Block): void;
  entries(entries: Entries): void;
}
