/** Samples as square, one-channel images. */

/** The side of the smallest square image that holds every gene as one pixel. */
export function imageSide(genes: number): number {
  return Math.ceil(Math.sqrt(genes));
}

/**
 * Makes an image of each sample: the genes in column order, row after row, or
 * each where it is told to be; the remaining pixels zero.
 *
 * @param values rows x genes numbers, row after row.
 * @param pixelOf Each gene's pixel, a different one each; by default gene g's
 * is pixel g.
 * @returns `[rows, side, side, 1]` numbers, row after row.
 * @throws {RangeError} If the numbers do not fit the shapes.
 */
export function toImages(
  values: Float32Array,
  rows: number,
  genes: number,
  side = imageSide(genes),
  pixelOf?: Uint32Array,
): Float32Array<ArrayBuffer> {
  if (
    values.length !== rows * genes || genes > side * side ||
    (pixelOf && pixelOf.length !== genes)
  ) {
    throw new RangeError(
      `Cannot make images: ${values.length} numbers as ${rows} samples x ` +
        `${genes} genes do not fit ${side} x ${side} pixels a sample`,
    );
  }
  const pixels = side * side;
  const images = new Float32Array(rows * pixels);
  for (let row = 0; row < rows; row++) {
    const first = row * genes;
    const own = values.subarray(first, first + genes);
    if (pixelOf === undefined) images.set(own, row * pixels);
    else placeColumns(own, images.subarray(row * pixels), pixelOf);
  }
  return images;
}

/** Puts each column's value on its pixel. */
export function placeColumns(
  values: Float32Array,
  image: Float32Array,
  pixelOf: Uint32Array,
): void {
  for (let column = 0; column < values.length; column++) {
    image[pixelOf[column]] = values[column];
  }
}

/**
 * The inverse: each column's value, taken from its pixel.
 *
 * @param image One image, or what belongs to its pixels, such as a gradient.
 * @param pixelOf By default column c's pixel is c, and nothing is copied.
 * @returns A number a column.
 */
export function takeColumns(
  image: Float32Array,
  columns: number,
  pixelOf?: Uint32Array,
): Float32Array {
  if (pixelOf === undefined) return image.subarray(0, columns);
  const values = new Float32Array(columns);
  for (let column = 0; column < columns; column++) {
    values[column] = image[pixelOf[column]];
  }
  return values;
}
