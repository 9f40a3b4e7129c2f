/** What a reader of one file format is. */

import type { FileSource } from "../input/file_stream.ts";
import type { MatrixSink } from "../input/matrix_sink.ts";

/** A file format of expression matrices. */
export interface Format {
  readonly name: string;
  /** What the help calls it. */
  readonly title: string;
  /** The ends of its files' names in lower case, without `.gz`. */
  readonly extensions: readonly string[];
  /**
   * Reads a file and feeds the sink, which checks names and values.
   *
   * @param source The file; `openBytes` gives its bytes.
   * @throws {InputError} If the file is not of that format.
   */
  read(
    source: FileSource,
    sink: MatrixSink,
    options: ReadOptions,
  ): Promise<void>;
}

/** How to read a matrix. */
export interface ReadOptions {
  /** What the file calls the tissues; by default as the format has it. */
  readonly label?: string;
}
