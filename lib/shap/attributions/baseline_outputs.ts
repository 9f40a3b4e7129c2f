/** What the networks say of the point that a path begins at. */

import { disposeFrozen } from "../../cnn/inference_pass.ts";
import { disposeNetwork } from "../../cnn/network.ts";
import { predictLogits } from "../../cnn/predict.ts";
import { outputValues } from "../explained_output.ts";
import type { FoldSamples, PredictionInputs } from "../fold_samples.ts";
import { openNetwork } from "../predict_fold.ts";

/**
 * The outputs of each fold's baseline, means over its networks.
 *
 * @returns By the fold's number, an output a tissue.
 */
export async function baselineOutputs(
  baselines: ReadonlyMap<FoldSamples, Float32Array>,
  { dataset, matrix, output }: Pick<
    PredictionInputs,
    "dataset" | "matrix" | "output"
  >,
): Promise<Map<FoldSamples["fold"], Float64Array>> {
  const tissues = dataset.tissueNames.length;
  const outputs = new Map<FoldSamples["fold"], Float64Array>();
  for (const [{ fold, networks }, baseline] of baselines) {
    const means = new Float64Array(tissues);
    for (const file of networks) {
      const frozen = await openNetwork(file, dataset, matrix);
      const logits = await predictLogits(frozen, baseline, 1, 1);
      outputValues(logits, tissues, output).forEach((value, index) =>
        means[index] += value / networks.length
      );
      disposeFrozen(frozen);
      disposeNetwork(frozen.network);
    }
    outputs.set(fold, means);
  }
  return outputs;
}
