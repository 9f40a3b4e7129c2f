/** How many shuffles the p-values of genes take. */

import type { RandomStream } from "../random.ts";

/** Shuffles that are made. */
export interface Shuffles {
  readonly count: number;
  readonly stream: RandomStream;
  /** Is called after each shuffle. */
  readonly onShuffle: () => void;
}

/** By default, so that the least adjusted p of a single gene is 0.02. */
const MOST = 50;
/** With fewer the adjusted p of a single gene could not be 0.05. */
const LEAST = 20;
/** Values that are shuffled in all, so that it takes a minute or so at most. */
const VALUES = 500_000_000;

/**
 * The number that is asked for; by `auto` 50, or where the matrix is large as
 * many as shuffle 500 million values, at least 20.
 */
export function shuffleCount(
  asked: number | "auto",
  samples: number,
  genes: number,
): number {
  if (asked !== "auto") return asked;
  const affordable = Math.floor(VALUES / Math.max(1, samples * genes));
  return Math.min(MOST, Math.max(LEAST, affordable));
}
