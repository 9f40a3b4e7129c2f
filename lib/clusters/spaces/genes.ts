/** The genes themselves as a space to cluster samples in. */

import { SMALL_MATRIX } from "../../ml/pca/lanczos.ts";
import { MOST_PAIRED } from "../../ml/kmeans/pairwise_lloyd.ts";
import type { Space } from "./space.ts";

/**
 * A dimension a gene. Where there are at least as many genes as samples, the
 * samples are rotated onto all their principal components: k-means sees
 * nothing but distances, which stay as they are, so it is the same clustering
 * in fewer numbers. Only where k-means measures every distance once is it left
 * out for many samples, as it would take longer than all that follows.
 */
export const genesSpace: Space = {
  name: "genes",
  title: "The genes themselves",
  random: false,
  drawn: false,
  wide: true,
  embed: ({ rows, samples, genes, rotated }) =>
    genes < samples || (samples > SMALL_MATRIX && samples <= MOST_PAIRED)
      ? { points: Float64Array.from(rows), dimensions: genes }
      : rotated(),
};
