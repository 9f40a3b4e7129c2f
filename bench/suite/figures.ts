/** The numbers of the page: medians, ratios and how fast something grows. */

/**
 * The median.
 *
 * @param values At least one.
 *
 * @example
 * ```ts
 * import { median } from "./figures.ts";
 * console.assert(median([3, 1, 2]) === 2 && median([4, 1, 2, 3]) === 2.5);
 * ```
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
  /** Median of ours over the median of the peer. */
  readonly median: number;
  /** Of the rounds: each is ours over the peer right after it. */
  readonly least: number;
  readonly most: number;
}

/**
 * Ours over the peer. The machine may be slower in one round than in the
 * next, so the spread is that of the rounds' own ratios.
 *
 * @param ours Seconds, one a round.
 * @param peer As many.
 *
 * @example
 * ```ts
 * import { ratioOf } from "./figures.ts";
 * const { median, least, most } = ratioOf([1, 2, 3], [2, 2, 2]);
 * console.assert(median === 1 && least === 0.5 && most === 1.5);
 * ```
 */
export function ratioOf(
  ours: readonly number[],
  peer: readonly number[],
): Ratio {
  if (ours.length !== peer.length) {
    throw new RangeError(
      `Cannot compare ${ours.length} runs with ${peer.length}: there must be ` +
        "as many",
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
 * The exponent by which something grows with its size: 1 where twice the size
 * takes twice as much. It is the slope between the smallest and the largest
 * size, both on a logarithmic scale.
 *
 * @param sizes At least two, ascending.
 * @param values One a size, all above 0.
 *
 * @example
 * ```ts
 * import { exponentOf } from "./figures.ts";
 * console.assert(exponentOf([1, 2, 4], [3, 12, 48]) === 2);
 * ```
 */
export function exponentOf(
  sizes: readonly number[],
  values: readonly number[],
): number {
  return Math.log2(values.at(-1)! / values[0]) /
    Math.log2(sizes.at(-1)! / sizes[0]);
}
