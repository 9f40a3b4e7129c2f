/** All genes of the matrix as a gene set. */

import type { GeneSetMethod } from "./gene_set_method.ts";

/** Every gene, to see what a selection adds or loses. */
export const allGenesMethod: GeneSetMethod = {
  name: "all",
  title: "genes of the matrix",
  kind: "all",
  select: ({ genes }) =>
    Promise.resolve([{
      name: "all",
      columns: Uint32Array.from(genes, (_, column) => column),
      notInMatrix: [],
      geneSeed: null,
    }]),
};
