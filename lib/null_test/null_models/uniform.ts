/** Random gene sets in which every gene is as likely as any other. */

import { drawGeneSet } from "../../clusters/gene_sets.ts";
import type { NullModel } from "./null_model.ts";

/** Drawn without replacement from all genes. */
export const uniformNull: NullModel = {
  name: "uniform",
  title: "Random sets of any genes",
  sameSize: false,
  streamOf: (set) => `ttest/set/${set}`,
  draw: ({ genes, size }, seed) =>
    drawGeneSet("uniform", genes, size, seed).columns,
};
