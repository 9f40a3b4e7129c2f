/** Samples as square, one-channel images. */

/** The side of the smallest square image that holds every gene as one pixel. */
export function imageSide(genes: number): number {
  return Math.ceil(Math.sqrt(genes));
}

/**
 * Makes an image of each sample: the genes in column order, row after row, the
 * remaining pixels zero.
 *
 * @param values rows x genes numbers, row after row.
 * @returns `[rows, side, side, 1]` numbers, row after row.
 * @throws {RangeError} If the numbers do not fit the shapes.
 */
export function toImages(
  values: Float32Array,
  rows: number,
  genes: number,
  side = imageSide(genes),
): Float32Array<ArrayBuffer> {
  if (values.length !== rows * genes || genes > side * side) {
    throw new RangeError(
      `Cannot make images: ${values.length} numbers as ${rows} samples x ` +
        `${genes} genes do not fit ${side} x ${side} pixels a sample`,
    );
  }
  const pixels = side * side;
  const images = new Float32Array(rows * pixels);
  for (let row = 0; row < rows; row++) {
    const first = row * genes;
    images.set(values.subarray(first, first + genes), row * pixels);
  }
  return images;
}
