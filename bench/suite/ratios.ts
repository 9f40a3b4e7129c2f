/** The numbers of the page: medians, ratios and growth exponents. */

/**
 * The median.
 *
 * @param values At least one.
 */
export function median(values: readonly number[]): number {
  if (values.length === 0) {
    throw new RangeError("Cannot take a median: there is no value");
  }
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How ours compares with a peer. */
export interface Ratio {
  /** Median of ours divided by the median of the peer. */
  readonly median: number;
  /** Smallest ratio of a round: ours divided by the peer right after it. */
  readonly least: number;
  readonly most: number;
}

/**
 * Ours divided by the peer. The machine may be slower in one round than in
 * the next, so the range is that of the ratios of the rounds.
 *
 * @param ours Seconds, one per round.
 * @param peer Likewise.
 */
export function ratioOf(
  ours: readonly number[],
  peer: readonly number[],
): Ratio {
  if (ours.length !== peer.length) {
    throw new RangeError(
      `Cannot compare ${ours.length} runs with ${peer.length}: the numbers ` +
        "must be equal",
    );
  }
  const rounds = ours.map((seconds, round) => seconds / peer[round]);
  return {
    median: median(ours) / median(peer),
    least: Math.min(...rounds),
    most: Math.max(...rounds),
  };
}

/**
 * The exponent by which something grows with its size: 1 if twice the size
 * takes twice as much. It is the slope between the smallest and the largest
 * size on logarithmic axes.
 *
 * @param sizes At least two, ascending.
 * @param values One per size, all above 0.
 */
export function exponentOf(
  sizes: readonly number[],
  values: readonly number[],
): number {
  return Math.log2(values.at(-1)! / values[0]) /
    Math.log2(sizes.at(-1)! / sizes[0]);
}
