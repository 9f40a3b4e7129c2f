/** Random matrices in four groups, for tests of UMAP. */

import { openStream } from "../../../lib/random.ts";

/** Samples x dimensions, row-major. */
export function scatteredRows(
  samples: number,
  dimensions: number,
): Float32Array {
  const { uniform } = openStream(samples, "layout");
  return Float32Array.from(
    { length: samples * dimensions },
    (_, index) => uniform() + Math.floor(index / dimensions) % 4,
  );
}
