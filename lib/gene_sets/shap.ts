/** The genes that SHAP values select. */

import { InputError, rerun } from "../cli/errors.ts";
import { shapGenes } from "../shap/outputs.ts";
import { type GeneSet, locateGenes } from "./gene_set.ts";
import type { GeneSetMethod } from "./gene_set_method.ts";

/** The genes of `shap/shap_genes.csv`. */
export const shapMethod: GeneSetMethod = {
  name: "shap",
  title: "SHAP genes",
  kind: "method",
  select: async (
    { genes },
    { read },
  ) => [shapSet(await read(shapGenes), genes)],
};

/**
 * The SHAP set.
 *
 * @param genes The ids of the matrix's columns.
 * @throws {InputError} If the set is empty or holds a gene that is not in the
 * matrix.
 */
export function shapSet(
  rows: readonly { readonly gene: string }[],
  genes: readonly string[],
): GeneSet {
  const set = locateGenes(shapMethod.name, rows.map(({ gene }) => gene), genes);
  const { notInMatrix: [unknown] } = set;
  if (unknown !== undefined || set.columns.length === 0) {
    throw new InputError(
      unknown === undefined
        ? "Cannot use the SHAP genes: shap/shap_genes.csv lists none and should list at least one"
        : `Cannot use the SHAP genes: ${unknown} is not among the ${genes.length} genes of the matrix`,
      rerun("shap", { force: true }),
    );
  }
  return set;
}
