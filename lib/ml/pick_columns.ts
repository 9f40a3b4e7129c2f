/** Some rows and columns of a matrix. */

/**
 * Copies some columns of some rows.
 *
 * @param values Rows of `width` numbers, row-major.
 * @param columns In the order that they are wanted in.
 * @param rows Likewise; all rows by default.
 * @returns Rows x columns, row-major.
 */
export function pickColumns(
  values: Float32Array,
  width: number,
  columns: ArrayLike<number>,
  rows?: ArrayLike<number>,
): Float32Array {
  const height = rows?.length ?? values.length / width;
  const count = columns.length;
  const picked = new Float32Array(height * count);
  let index = 0;
  for (let row = 0; row < height; row++) {
    const from = (rows === undefined ? row : rows[row]) * width;
    for (let column = 0; column < count; column++) {
      picked[index++] = values[from + columns[column]];
    }
  }
  return picked;
}
