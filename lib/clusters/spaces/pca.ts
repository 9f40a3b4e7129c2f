/** Principal components as a space to cluster samples in. */

import { SMALL_MATRIX } from "../../ml/pca/lanczos.ts";
import { principalComponents } from "../../ml/pca/principal_components.ts";
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
  embed({ rows, samples, genes, components, rotated }) {
    // All components take far longer than the first of them.
    if (Math.min(samples, genes) > SMALL_MATRIX) {
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
