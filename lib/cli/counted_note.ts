/** Counts in the note of a progress bar, for what has no bar of its own. */

import { withCommas } from "./counts.ts";

/**
 * Says how far a side job is, such as `predicting 128 of 1,617`.
 *
 * @param title What is done.
 * @param total Units in all.
 * @param show Takes the note, at once and after each step.
 * @returns To be told of the units of each step as it ends.
 */
export function countedNote(
  title: string,
  total: number,
  show: (note: string) => void,
): (units: number) => void {
  let done = 0;
  const advance = (units: number) => {
    done += units;
    show(`${title} ${withCommas(done)} of ${withCommas(total)}`);
  };
  advance(0);
  return advance;
}
