/** UMAP as a space to cluster samples in. */

import type { Space } from "./space.ts";
import { embedUmap } from "../../ml/umap/umap.ts";

/** Two dimensions of UMAP. */
export const umapSpace: Space = {
  name: "umap",
  title: "UMAP",
  random: true,
  drawn: true,
  wide: false,
  embed({ rows, samples, genes, neighbors, minDist, seed }) {
    if (seed === null) throw new RangeError("Cannot embed: UMAP takes a seed");
    return {
      points: embedUmap(rows, samples, genes, { neighbors, minDist, seed }),
      dimensions: 2,
    };
  },
};
