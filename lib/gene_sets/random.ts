/** Random gene sets, to see what any genes do. */

import { InputError, rerun } from "../cli/errors.ts";
import { drawGenes, type GeneSet } from "./gene_set.ts";
import type { GeneSetMethod } from "./gene_set_method.ts";

/** Sets drawn without replacement, as large as the first selected set. */
export const randomMethod: GeneSetMethod = {
  name: "random",
  title: "random genes",
  kind: "random",
  // deno-lint-ignore require-await
  async select({ genes }, { parameters, earlier, seedOf, warn }) {
    const count = parameters["random-sets"];
    const selected = earlier.find(({ kind }) => kind === "method");
    const size = parameters["random-genes"] || (selected?.columns.length ?? 0);
    if (size > genes.length) {
      throw new InputError(
        `Cannot draw random gene sets: random-genes is ${size} and should be at most ${genes.length}, the genes of the matrix`,
        rerun("clusters", { "random-genes": 0 }),
      );
    }
    if (size === genes.length && count > 0) {
      warn(
        `A random set holds all ${size} genes: it cannot differ from any other`,
      );
    }
    return Array.from({ length: count }, (_, index): GeneSet => {
      const name = `random_${index + 1}`;
      const geneSeed = seedOf(`${name}/genes`);
      return {
        name,
        columns: drawGenes(genes.length, size, geneSeed),
        notInMatrix: [],
        geneSeed,
      };
    });
  },
};
