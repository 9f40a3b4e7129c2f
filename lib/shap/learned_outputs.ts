/** What the networks say of the samples that trained them, for later stages. */

import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { integer, text } from "../store/fields.ts";
import { writeNpy } from "../store/npy.ts";
import { defineFile } from "../store/output.ts";
import { defineTable } from "../store/table.ts";

export const learnedSamples = defineTable(
  "shap/learned_samples.csv",
  "One row per fold and sample that trained its networks, for " +
    "learned_outputs.npy",
  {
    fold: integer("the fold, from 1"),
    sample_id: text("sample id"),
  },
);

export const learnedOutputs = defineFile(
  "shap/learned_outputs.npy",
  "Each tissue's logit less the mean of all tissues' logits, mean over the " +
    "fold's networks, float32: a row for each row of learned_samples.csv, a " +
    "column for each tissue, sorted by name",
);

/**
 * Adds a network's logits, each less the mean of its sample's, to the mean over
 * networks: only differences of logits decide what is predicted.
 *
 * @param sums Samples x tissues; changed in place.
 * @param networks Networks that the mean is over.
 */
export function addCentered(
  sums: Float64Array,
  logits: ArrayLike<number>,
  tissues: number,
  networks: number,
): void {
  for (let from = 0; from < sums.length; from += tissues) {
    let mean = 0;
    for (let at = from; at < from + tissues; at++) mean += logits[at] / tissues;
    for (let at = from; at < from + tissues; at++) {
      sums[at] += (logits[at] - mean) / networks;
    }
  }
}

/** The samples that trained a fold's networks, with the networks' outputs. */
export interface LearnedFold {
  readonly fold: number;
  readonly backgroundRows: Int32Array;
  /** Centered logits, rows x tissues. */
  readonly backgroundOutputs: Float64Array;
}

/** Writes the outputs of all folds. */
export async function writeLearnedOutputs(
  context: Pick<StageContext, "write" | "pathOf">,
  folds: readonly LearnedFold[],
  { sampleIds, tissueNames }: Pick<Dataset, "sampleIds" | "tissueNames">,
): Promise<void> {
  const rows = folds.flatMap(({ fold, backgroundRows }) =>
    Array.from(
      backgroundRows,
      (row) => ({ fold, sample_id: sampleIds[row] }),
    )
  );
  const values = new Float32Array(rows.length * tissueNames.length);
  let from = 0;
  for (const { backgroundOutputs } of folds) {
    values.set(backgroundOutputs, from);
    from += backgroundOutputs.length;
  }
  await context.write(learnedSamples, rows);
  await writeNpy(
    context.pathOf(learnedOutputs),
    values,
    [rows.length, tissueNames.length],
  );
}
