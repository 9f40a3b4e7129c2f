/** UMAP as a space to cluster samples in. */

import {
  embedUmap,
  FEWEST_FOR_UMAP,
  neighborsFor,
} from "../../ml/umap/umap.ts";
import type { Space } from "./space.ts";

export const umapSpace: Space = {
  name: "umap",
  title: "UMAP",
  phrase: "UMAP space",
  help: "a layout in two dimensions that keeps neighbors together",
  plotTitle: "UMAP",
  random: true,
  nonlinear: true,
  highDimensional: false,
  citation: "UMAP: McInnes, Healy and Melville, arXiv 1802.03426 (2018)",
  embed({ rows, samples, genes, neighbors, minDist, seed }) {
    if (seed === null) throw new RangeError("Cannot embed: UMAP takes a seed");
    return {
      points: embedUmap(rows, samples, genes, { neighbors, minDist, seed }),
      dimensions: 2,
    };
  },
  warn({ samples, noun, neighbors }) {
    if (samples < FEWEST_FOR_UMAP) {
      return `${samples} ${noun} are too few for UMAP: classical scaling lays them out`;
    }
    const most = neighborsFor(samples, neighbors);
    return most < neighbors
      ? `UMAP takes ${most} neighbors instead of ${neighbors}: there are ${samples} ${noun}`
      : undefined;
  },
};
