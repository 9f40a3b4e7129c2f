/** Reads the user's expression matrix in any known format. */

import type { Format, ReadOptions } from "../formats/format.ts";
import { formatOf, formats } from "../formats/formats.ts";
import type { FileSource } from "./file_stream.ts";
import { type ExpressionMatrix, MatrixSink } from "./matrix_sink.ts";

/**
 * Reads an expression matrix.
 *
 * @throws {InputError} If the file is missing or is not such a matrix; the
 * message names the line, the sample, the gene and the text.
 */
export async function readMatrix(
  { path, onRead, label }: FileSource & ReadOptions,
  known: readonly Format[] = formats,
): Promise<ExpressionMatrix> {
  const sink = new MatrixSink(path);
  await formatOf(path, known).read({ path, onRead }, sink, { label });
  return sink.finish();
}
