/** Which samples are explained: test samples, or some of the others. */

import { byCodeUnit } from "../cli/text.ts";
import { type Dataset, type Fold, rowsById } from "../prepare/dataset.ts";
import { partition } from "../prepare/order.ts";
import { learningRows } from "../prepare/tissue_contrasts.ts";
import type { RandomStream } from "../random.ts";

export const explainedParts = ["training", "test"] as const;

/**
 * `test`: every test sample, by networks that have not seen it. `training`:
 * some of the samples that its networks learned from, so that the test samples
 * can judge the genes that are found.
 */
export type ExplainedPart = typeof explainedParts[number];

/** A fold's test samples, in the order of their ids. */
export function testRows(dataset: Dataset, fold: Fold): Int32Array {
  return rowsById(dataset, fold, "test");
}

/**
 * Draws training and validation samples of a fold, as many of each tissue if
 * it has them. Of a tissue with several groups (studies, donors) the samples
 * are spread over the groups as evenly as they can be.
 *
 * @param perTissue Samples of a tissue, at most.
 * @returns In the order of their ids.
 */
export function trainingRows(
  dataset: Dataset,
  fold: Fold,
  perTissue: number,
  stream: RandomStream,
): Int32Array {
  const { sampleIds, tissues, groups } = dataset;
  const chosen = [...partition(learningRows(dataset, fold), tissues).values()]
    .flatMap((rows) => {
      const shuffled = stream.shuffle(rows);
      // Each sample's number among those of its group: the first of each group
      // come first.
      const counts = new Map<string, number>();
      const turns = shuffled.map((row) => {
        const turn = counts.get(groups[row]) ?? 0;
        counts.set(groups[row], turn + 1);
        return { row, turn };
      });
      return turns.sort((a, b) => a.turn - b.turn).slice(0, perTissue)
        .map(({ row }) => row);
    });
  return Int32Array.from(chosen)
    .sort((a, b) => byCodeUnit(sampleIds[a], sampleIds[b]));
}
