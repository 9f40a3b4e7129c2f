/** A gene-set method that the suite does not have. */

import { locateGenes } from "../../lib/gene_sets/gene_set.ts";
import type { GeneSetMethod } from "../../lib/gene_sets/gene_set_method.ts";

/** The last genes of the matrix. */
export const lastGenesMethod: GeneSetMethod = {
  name: "last",
  title: "last genes",
  kind: "method",
  select: ({ genes }) =>
    Promise.resolve([locateGenes("last", genes.slice(-4), genes)]),
};
