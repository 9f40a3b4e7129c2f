/** Principal components as a space to cluster samples in. */

import type { Space } from "./space.ts";

/** The first principal components, neither scaled nor whitened. */
export const pcaSpace: Space = {
  name: "pca",
  title: "Principal components",
  random: false,
  drawn: true,
  wide: true,
  embed({ samples, components, rotated }) {
    const { points, dimensions } = rotated();
    const kept = Math.min(components, dimensions);
    const first = new Float64Array(samples * kept);
    for (let sample = 0; sample < samples; sample++) {
      const start = sample * dimensions;
      first.set(points.subarray(start, start + kept), sample * kept);
    }
    return { points: first, dimensions: kept };
  },
};
