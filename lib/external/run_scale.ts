/** What the run did to its own values, as its records say. */

import type { StageContext } from "../pipeline/stage.ts";
import { type Dataset, takeRows } from "../prepare/dataset.ts";
import { libraries, preprocessing } from "../prepare/outputs.ts";
import { unfit } from "../store/unfit.ts";
import type { ReferenceSample, RunScale } from "./scale.ts";

/**
 * Reads how the run's values were recognized, normalized and transformed.
 *
 * @throws {InputError} If `prepare` has not run, or its files do not fit.
 */
export async function readRunScale(
  context: Pick<StageContext, "read" | "parametersOf">,
  dataset: Dataset,
): Promise<RunScale> {
  const { values, normalization, reference_sample } = await context.read(
    preprocessing,
  );
  const { transform, pseudocount, shift } = await context.parametersOf(
    "prepare",
  );
  return {
    kind: values,
    method: normalization,
    transform: transform === "none" ? "none" : "log2",
    pseudocount: Number(pseudocount),
    shift: Number(shift),
    reference: normalization === "tmm"
      ? await readReference(context, dataset, reference_sample)
      : null,
  };
}

async function readReference(
  context: Pick<StageContext, "read">,
  dataset: Dataset,
  sample: string | null,
): Promise<ReferenceSample> {
  const row = dataset.sampleIds.indexOf(sample ?? "");
  const library = (await context.read(libraries))
    .find(({ sample_id }) => sample_id === sample);
  if (row < 0 || library === undefined) {
    throw unfit(
      preprocessing.file,
      "its reference_sample must be a sample of the matrix",
    );
  }
  return {
    values: takeRows(dataset, [row]),
    librarySize: library.library_size,
    factor: library.norm_factor,
  };
}
