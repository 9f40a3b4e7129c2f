/** Principal components as a space to cluster samples in. */

import { importLate } from "../../import_late.ts";
import { SMALL_MATRIX } from "../../ml/pca/small_matrix.ts";
import type { Space } from "./space.ts";

/** The first principal components, neither scaled nor whitened. */
export const pcaSpace: Space = {
  name: "pca",
  title: "Principal components",
  phrase: "principal component space",
  help: "the directions in which the genes of the set vary most",
  plotTitle: "First two principal components",
  random: false,
  nonlinear: false,
  highDimensional: true,
  async embed({ rows, samples, genes, components, rotated }) {
    // All components take far longer than the first of them.
    if (Math.min(samples, genes) > SMALL_MATRIX) {
      const { principalComponents } = await importLate<
        typeof import("../../ml/pca/principal_components.ts")
      >(new URL("../../ml/pca/principal_components.ts", import.meta.url));
      return principalComponents(rows, samples, genes, components);
    }
    const { points, dimensions } = rotated();
    const kept = Math.min(components, dimensions);
    return {
      points: points.filter((_, index) => index % dimensions < kept),
      dimensions: kept,
    };
  },
};
