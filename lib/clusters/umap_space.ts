/** UMAP as a space to cluster samples in. */

import type { Space } from "./space.ts";
import { embedUmap } from "./umap.ts";

/** Two dimensions of UMAP. */
export const umapSpace: Space = {
  name: "umap",
  embed: ({ rows, samples, genes, neighbours, minDist, seed }) => ({
    points: embedUmap(rows, samples, genes, { neighbours, minDist, seed }),
    dimensions: 2,
  }),
};
