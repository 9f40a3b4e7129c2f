/** UMAP as a space to cluster samples in. */

import { importLate } from "../../import_late.ts";
import { FEWEST_FOR_UMAP, neighborsFor } from "../../ml/umap/sample_counts.ts";
import type { Embedding, Space, SpaceInput } from "./space.ts";

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
  async embed(input) {
    const { seed } = input;
    if (seed === null) throw new RangeError("Cannot embed: UMAP takes a seed");
    return (await embedAll(input, [seed]))[0];
  },
  embedMany: embedAll,
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

async function embedAll(
  { rows, samples, genes, neighbors, minDist, epochs }: SpaceInput,
  seeds: readonly number[],
): Promise<Embedding[]> {
  const { embedUmaps } = await importLate<
    typeof import("../../ml/umap/umap.ts")
  >(new URL("../../ml/umap/umap.ts", import.meta.url));
  return embedUmaps(rows, samples, genes, {
    neighbors,
    minDist,
    seeds,
    epochs: epochs ?? undefined,
  }).map((points) => ({ points, dimensions: 2 }));
}
