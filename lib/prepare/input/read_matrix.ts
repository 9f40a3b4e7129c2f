/** Reads the user's expression matrix in any known format. */

import type { Format } from "../formats/format.ts";
import { formatOf, formats } from "../formats/formats.ts";
import { type ExpressionMatrix, MatrixSink } from "./matrix_sink.ts";

/** Where the matrix is and what holds its tissues. */
export interface MatrixOptions {
  /** A file in one of the known formats, plain or gzipped. */
  readonly path: string;
  /** The column that holds the tissue; default as the format has it. */
  readonly label?: string;
  /** Is called with the bytes of each chunk read from the file. */
  readonly onRead?: (bytes: number) => void;
}

/**
 * Reads an expression matrix.
 *
 * @param options The file and, if it is not the last, the tissue's column.
 * @param known The formats to choose from.
 * @throws {InputError} If the file is missing or is not such a matrix; the
 * message names the line, the sample, the gene and the text.
 */
export async function readMatrix(
  { path, label, onRead }: MatrixOptions,
  known: readonly Format[] = formats,
): Promise<ExpressionMatrix> {
  const sink = new MatrixSink(path);
  await formatOf(path, known).read({ path, onRead }, sink, { label });
  return sink.finish();
}
