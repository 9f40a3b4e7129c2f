/** A space that the suite does not have, in a list of its own. */

import type { Space } from "../../lib/clusters/spaces/space.ts";
import {
  type SpaceList,
  spaces as known,
} from "../../lib/clusters/spaces/spaces.ts";

/** The sums of the even and of the odd genes. */
const sumsSpace: Space = {
  name: "sums",
  title: "Sums of genes",
  phrase: "sum space",
  help: "the sums of the even and of the odd genes",
  plotTitle: "Sums of genes",
  random: false,
  nonlinear: false,
  highDimensional: false,
  embed({ rows, samples, genes }) {
    const points = new Float64Array(samples * 2);
    rows.forEach((value, index) => {
      const gene = index % genes;
      points[2 * Math.floor(index / genes) + gene % 2] += value;
    });
    return { points, dimensions: 2 };
  },
};

/** Workers import it from here. */
export const spaces: readonly Space[] = [...known, sumsSpace];

export const spaceList: SpaceList = { spaces, module: import.meta.url };
