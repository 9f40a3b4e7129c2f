/** The mean sample, in which each tissue counts the same. */

import type { Background } from "../explain_worker.ts";

/**
 * The mean over the classes of each class's mean sample.
 *
 * @returns A value a column, rounded to float32 as samples are.
 */
export function balancedMean(
  { background, classes }: Background,
): Float32Array {
  const columns = background.length / classes.length;
  const counts = new Map<number, number>();
  for (const own of classes) counts.set(own, (counts.get(own) ?? 0) + 1);
  const mean = new Float64Array(columns);
  classes.forEach((own, row) => {
    const share = 1 / (counts.get(own)! * counts.size);
    for (let column = 0; column < columns; column++) {
      mean[column] += share * background[row * columns + column];
    }
  });
  return Float32Array.from(mean);
}
