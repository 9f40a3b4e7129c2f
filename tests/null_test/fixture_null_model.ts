/** A null model that the suite does not have. */

import type { NullModel } from "../../lib/null_test/null_models/null_model.ts";

/** Genes that are columns beside each other. */
export const blockNull: NullModel = {
  name: "block",
  title: "Random blocks of genes",
  phrase: "blocks of genes",
  help: "genes beside each other in the matrix",
  keeps: "places in the matrix",
  sameSize: false,
  draw({ genes, size }, seed) {
    const first = seed % (genes - size + 1);
    return Uint32Array.from({ length: size }, (_, gene) => first + gene);
  },
};
