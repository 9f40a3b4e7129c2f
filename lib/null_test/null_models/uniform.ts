/** Random gene sets in which every gene is as likely as any other. */

import { drawGenes } from "../../gene_sets/gene_set.ts";
import type { NullModel } from "./null_model.ts";

/** Drawn without replacement from all genes. */
export const uniformNull: NullModel = {
  name: "uniform",
  title: "Random sets of any genes",
  phrase: "random genes",
  help: "any genes",
  keeps: null,
  sameSize: false,
  draw: ({ genes, size }, seed) => drawGenes(genes, size, seed),
};
