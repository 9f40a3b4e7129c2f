/** The genes themselves as a space to cluster samples in. */

import { SMALL_MATRIX } from "../../ml/pca/small_matrix.ts";
import { MOST_PAIRED } from "../../ml/kmeans/most_paired.ts";
import type { Space } from "./space.ts";

/**
 * A dimension a gene. Where there are at least as many genes as samples, the
 * samples are rotated onto all their principal components: k-means depends on
 * distances only, which stay the same, so the clustering is the same in fewer
 * numbers. Where k-means computes every distance once, many samples are not
 * rotated: that would take longer than all that follows.
 */
export const genesSpace: Space = {
  name: "genes",
  title: "Genes",
  phrase: "gene space",
  help: "the values of the genes of the set",
  plotTitle: null,
  random: false,
  nonlinear: false,
  highDimensional: true,
  embed: ({ rows, samples, genes, rotated }) =>
    genes < samples || (samples > SMALL_MATRIX && samples <= MOST_PAIRED)
      ? { points: Float64Array.from(rows), dimensions: genes }
      : rotated(),
};
