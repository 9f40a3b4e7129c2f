/** Points and their distances as the kernels of k-means read them. */

import { mlKernels } from "../kernels/module.ts";
import { placeArrays } from "../kernels/place_arrays.ts";

/** Points of a panel. */
const PANEL = 8;

/**
 * Packs points into panels of eight.
 *
 * @param points Points x dimensions, row-major.
 * @returns Panels x dimensions x 8; missing points are zeros.
 */
export function toPanels(
  points: Float64Array,
  dimensions: number,
): Float64Array {
  const count = points.length / dimensions;
  const panels = new Float64Array(
    Math.ceil(count / PANEL) * PANEL * dimensions,
  );
  for (let point = 0; point < count; point++) {
    const inPanel = point % PANEL;
    const start = (point - inPanel) * dimensions + inPanel;
    for (let d = 0; d < dimensions; d++) {
      panels[start + d * PANEL] = points[point * dimensions + d];
    }
  }
  return panels;
}

/**
 * Squared distances between all points, each summed in the order of the
 * dimensions.
 *
 * @param panels The points, as `toPanels` packs them.
 * @returns Points x points, each row filled up with zeros to whole panels; and
 * the largest of them and of the points' squared lengths.
 */
export function distancesInPanels(
  panels: Float64Array,
  count: number,
  dimensions: number,
) {
  const placed = placeArrays({
    panels: ["f64", panels.length],
    distances: ["f64", count * Math.ceil(count / PANEL) * PANEL],
  });
  placed.panels.set(panels);
  const scale = mlKernels().squareDistances(
    placed.panels.byteOffset,
    count,
    dimensions,
    placed.distances.byteOffset,
  );
  return { distances: placed.distances.slice(), scale };
}
