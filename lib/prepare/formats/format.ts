/** What a reader of one file format is. */

import type { FileHead } from "../input/file_head.ts";
import type { FileSource } from "../input/file_stream.ts";
import type { RawMatrix } from "../input/raw_matrix.ts";

/** A file format of expression matrices. */
export interface Format {
  readonly name: string;
  /** What the help calls it. */
  readonly title: string;
  /** The ends of its files' names in lower case, without `.gz`. */
  readonly extensions: readonly string[];
  /**
   * Whether a file or folder is of this format, by its content. The first
   * format of the list that says so reads the file, whatever its name; if none
   * does, its name decides.
   */
  recognizes?(head: FileHead): boolean;
  /** The options that it uses; of others a note says that they do nothing. */
  readonly uses?: readonly ("layer" | "tx2gene")[];
  /**
   * Reads a file.
   *
   * @param source The file; `openBytes` gives its bytes.
   * @throws {InputError} If the file is not of that format.
   */
  read(source: FileSource, options: ReadOptions): Promise<RawMatrix>;
}

/** How to read a matrix. */
export interface ReadOptions {
  /**
   * The column or row of tissues, if the user named it: what it holds is kept
   * as text even if it looks like numbers.
   */
  readonly label?: string;
  /** Columns or rows that hold no gene and no sample, and are left out. */
  readonly ignore?: readonly string[];
  /** Which of several matrices in the file is meant. */
  readonly layer?: string;
  /** The file that says which gene a transcript belongs to. */
  readonly tx2gene?: string;
  /**
   * Takes each file below or beside the source that is to be read, before it
   * is opened.
   */
  readonly noteFile?: (path: string) => Promise<void>;
}
