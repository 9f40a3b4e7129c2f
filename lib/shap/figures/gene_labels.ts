/** How the figures of the stage write genes' labels in little room. */

import { shortenApart, textWidth } from "../../report/figures/words.ts";

/** Stands behind a gene that is lower in its tissue than elsewhere. */
export const DOWN_MARK = "↓";

const END = ` ${DOWN_MARK}`;

/**
 * Labels cut to their room; different genes stay different, and the mark is
 * never cut.
 *
 * @param limitOf The room of each label in pixels, by its index.
 */
export function shortenLabels(
  labels: readonly string[],
  limitOf: (index: number) => number,
  size: number,
): string[] {
  const ends = labels.map((label) => label.endsWith(END) ? END : "");
  return shortenApart(
    labels.map((label, index) =>
      label.slice(0, label.length - ends[index].length)
    ),
    (index) => limitOf(index) - textWidth(ends[index], size),
    size,
  ).map((label, index) => label + ends[index]);
}
