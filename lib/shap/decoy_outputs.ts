/** Writes what decoys or knockoffs score. */

import type { Dataset } from "../prepare/dataset.ts";
import type { Decoy } from "../prepare/decoys.ts";
import type { TissueKnockoffs } from "../selection/knockoffs.ts";
import type {
  ExplainedScores,
  RankedSelection,
} from "../selection/select_gene_set.ts";
import type { ShapContext } from "./inputs.ts";
import * as files from "./outputs.ts";
import { decoyRows, knockoffRows } from "./rows.ts";
import { writeValues } from "./value_outputs.ts";

/** The scores of the decoys, and the genes that they are compared with. */
interface DecoyScores
  extends Required<Pick<ExplainedScores, "knockoffOf" | "tissueOf">> {
  readonly decoys: Float32Array;
  readonly geneSet: RankedSelection;
  readonly besideKnockoffs: readonly TissueKnockoffs[];
}

/** Writes the decoys' values and ranks, if there are decoys. */
export async function writeDecoys(
  context: ShapContext,
  scores: DecoyScores,
  { genes }: Pick<Dataset, "genes">,
  decoys: readonly Decoy[],
): Promise<void> {
  if (decoys.length === 0) return;
  const { tissueOf, knockoffOf, geneSet, besideKnockoffs } = scores;
  await writeValues(
    context,
    files.decoyShapValues,
    scores.decoys,
    tissueOf.length,
  );
  if (knockoffOf === null) {
    await context.write(files.decoys, decoyRows(genes, decoys, geneSet));
  } else {
    await context.write(files.knockoffs, knockoffRows(genes, besideKnockoffs));
  }
}
