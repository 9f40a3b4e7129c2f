/**
 * The methods that select gene sets. A new one is a file of its own and one
 * line here.
 */

import { allGenesMethod } from "./all_genes.ts";
import type {
  GeneSetContext,
  GeneSetMethod,
  SelectedGeneSet,
} from "./gene_set_method.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { randomMethod } from "./random.ts";
import { shapMethod } from "./shap.ts";
import { userFilesMethod } from "./user_files.ts";

/** All methods, in the order of their sets in tables and figures. */
export const geneSetMethods: readonly GeneSetMethod[] = [
  shapMethod,
  allGenesMethod,
  randomMethod,
  userFilesMethod,
];

/** The gene sets of all methods, in the order of the list. */
export async function selectGeneSets(
  methods: readonly GeneSetMethod[],
  dataset: Dataset,
  context: Omit<GeneSetContext, "earlier">,
): Promise<SelectedGeneSet[]> {
  const sets: SelectedGeneSet[] = [];
  for (const { kind, title, select } of methods) {
    const own = await select(dataset, { ...context, earlier: [...sets] });
    sets.push(...own.map((set) => ({ ...set, kind, title })));
  }
  return sets;
}
