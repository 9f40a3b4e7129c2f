/** How many starts and layouts are taken where that is left open. */

/** Starts of k-means for up to so many samples; fewer with more samples. */
const MOST_STARTS = 100;
const SAMPLES_AT_MOST = 500;
const FEWEST_STARTS = 10;

/**
 * Starts of each k-means in a space of many dimensions: 100 for up to 500
 * samples. A start takes a time that grows with the square of the samples, so
 * that from there on fewer are taken, and all take as long, until ten are left.
 * Tissues of many samples are found more easily, too.
 */
export function startsFor(samples: number): number {
  const affordable = MOST_STARTS * (SAMPLES_AT_MOST / samples) ** 2;
  return Math.round(
    Math.max(FEWEST_STARTS, Math.min(MOST_STARTS, affordable)),
  );
}

/** Layouts of each gene set: the more samples, the less they differ. */
export function layoutsFor(samples: number): number {
  return samples <= 1000 ? 8 : samples <= 2500 ? 4 : 2;
}
