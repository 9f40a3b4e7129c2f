/** The value that a test turns at. */

/**
 * The null value that a gene set must exceed to be significant.
 *
 * @param nullValues At least one, all finite.
 * @param isSignificantAt Whether a gene set of that value would be; if one is,
 * every higher one must be, too, and it turns at null values only.
 * @returns Null where no value is significant, as with too few null values.
 */
export function criticalValue(
  nullValues: readonly number[],
  isSignificantAt: (value: number) => boolean,
): number | null {
  const sorted = [...new Set(nullValues)].sort((a, b) => a - b);
  const above = (index: number) =>
    index === sorted.length - 1
      ? sorted[index] + Math.max(1, Math.abs(sorted[index]))
      : (sorted[index] + sorted[index + 1]) / 2;
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSignificantAt(above(middle))) high = middle;
    else low = middle + 1;
  }
  return low === sorted.length ? null : sorted[low];
}
