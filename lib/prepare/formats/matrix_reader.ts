/** The user's expression matrix, read from a CSV or TSV file. */

import { type ExpressionMatrix, MatrixBuilder } from "./matrix_builder.ts";
import { scanTable } from "./table_scanner.ts";

export type { ExpressionMatrix };

/** Where the matrix is and which of its columns holds the tissue. */
export interface MatrixOptions {
  /** A CSV or TSV file, plain or gzipped. */
  readonly path: string;
  /** The column that holds the tissue; default the last. */
  readonly label?: string;
  /** Told of the bytes read from the file, chunk by chunk. */
  readonly onRead?: (bytes: number) => void;
}

/**
 * Reads an expression matrix: a header, then a sample a row; the first column
 * holds the sample id, one column the tissue, every other one a gene's values.
 * Names lose the white space around them. A value is read as `Number` reads
 * it and then rounded to float32.
 *
 * @param options The file and, if it is not the last, the tissue's column.
 * @throws {InputError} If the file is missing or is not such a table; the
 * message names the line, the column and the text at fault.
 */
export async function readMatrix(
  options: MatrixOptions,
): Promise<ExpressionMatrix> {
  const builder = new MatrixBuilder(options.path, options.label);
  await scanTable(options.path, builder, options.onRead);
  return builder.finish();
}
