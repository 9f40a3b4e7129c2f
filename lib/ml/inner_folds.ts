/** Parts of the training samples, left out in turn to choose a penalty. */

/** Parts of an inner cross-validation. */
export const INNER_FOLDS = 5;

/**
 * Draws the part of each sample, so that every class is spread evenly.
 *
 * @param shuffle Puts a list into random order.
 */
export function drawInnerFolds(
  classOf: ArrayLike<number>,
  shuffle: (rows: number[]) => number[],
): Int32Array {
  const rows = Array.from({ length: classOf.length }, (_, row) => row);
  const parts = new Int32Array(rows.length);
  // Counting on from class to class keeps the parts as large as each other.
  shuffle(rows).sort((a, b) => classOf[a] - classOf[b])
    .forEach((row, place) => parts[row] = place % INNER_FOLDS);
  return parts;
}
