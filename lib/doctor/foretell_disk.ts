/** How much disk space a run takes. */

import { explainedSamples, type RunPlan, testedSamples } from "./plan.ts";
import { networkBytes } from "./sizes.ts";

/** Bytes of a number or a name in a table. */
const CELL = 12;
/** Tables of genes x tissues in `shap` and `genesets`. */
const GENE_TABLES = 6;
/** Tables and figures whose size hardly depends on the data. */
const REST = 3e6;
/** Float32 numbers. */
const FLOAT = 4;

/** Bytes that a finished run takes, and bytes of checkpoints meanwhile. */
export function foretellDisk(
  plan: RunPlan,
): { readonly run: number; readonly checkpoints: number } {
  const { samples, genes, tissues, members, folds, architecture } = plan;
  const columns = architecture.genes;
  const tested = testedSamples(plan);
  const networks = folds.length * members;
  return {
    run: FLOAT * columns * (samples + tested) + networks * networkBytes(plan) +
      CELL * GENE_TABLES * genes * tissues + REST,
    // The scores of every explained sample, block by block.
    checkpoints: 8 * 10 * columns * explainedSamples(plan) * members,
  };
}
