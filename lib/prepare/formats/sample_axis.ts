/** Names the samples along one side of a matrix. */

import type { RawAxis } from "../input/raw_matrix.ts";

/** The same axis with other ids. */
export function withIds(axis: RawAxis, ids: readonly string[]): RawAxis {
  return {
    title: axis.title,
    ids,
    annotations: axis.annotations,
    locate: (index) => axis.locate(index),
  };
}
