/** Expected gradients: how much each gene moved one of a sample's outputs. */

import * as tf from "@tensorflow/tfjs-core";
import { assertBackendHealthy } from "../backend/health.ts";
import { readsStopDevice } from "../backend/late_reads.ts";
import {
  forwardInInference,
  type FrozenNetwork,
  imageGradient,
} from "../cnn/inference_pass.ts";
import { takeColumns } from "../prepare/image.ts";
import { BackgroundControl } from "./background_control.ts";
import { sumOnDevice } from "./device_gradient_sums.ts";
import type { Draw } from "./draws.ts";
import { type ExplainedOutput, outputGradient } from "./explained_output.ts";

/**
 * Expected gradients of one class's output for one sample (Erion et al.
 * 2021; Lundberg's GradientExplainer):
 * `phi_g = mean over draws j of w_j (x_g - b_jg) * d f_c / d x_g` at
 * `b_j + alpha_j (x - b_j)`, the network in inference mode; `w_j` is 1 unless
 * alphas were drawn more densely in some parts. Here the sums over each block's
 * draws, whose means are estimates of phi.
 *
 * @param frozen The network.
 * @param sample The sample's transformed values, one a pixel in use: genes,
 * and decoys if there are any.
 * @param explainedClass The class c whose output is explained.
 * @param background Training samples x genes (and decoys), whose rows are b.
 * @param draws The rows, alphas and weights, in that many `blocks`.
 * @param batch Draws at a time. It changes the speed alone: the sum over
 * draws is kept in float64 and taken in the order of the draws (on WebGPU in
 * float32, on the device).
 * @param output The output f_c; default the probability, as in shap.
 * @param means Each column's mean over the background, if the sums are to be
 * corrected by it; default they are not. See `BackgroundControl`.
 * @returns blocks x genes sums, block after block. The sum over genes of phi
 * estimates f_c(x) minus the mean of f_c over the background.
 */
export async function blockGradientSums(
  frozen: FrozenNetwork,
  sample: Float32Array,
  explainedClass: number,
  background: Float32Array,
  draws: readonly Draw[],
  blocks: number,
  batch: number,
  output: ExplainedOutput = "probability",
  means?: Float64Array,
): Promise<Float64Array> {
  const { genes, side, tissues, pixelOf } = frozen.network.architecture;
  const pixels = side * side;
  const sums = new Float64Array(blocks * genes);
  const control = means && new BackgroundControl(blocks, genes);
  if (readsStopDevice()) {
    const device = await sumOnDevice({
      frozen,
      sample,
      explainedClass,
      background,
      draws,
      blocks,
      batch,
      output,
    });
    sums.set(device.scores);
    for (let block = 0; block < blocks; block++) {
      const [backgrounds, slopes] = [device.backgrounds, device.slopes]
        .map((all) => all.subarray(block * genes, (block + 1) * genes));
      control?.add(block, backgrounds, slopes, 1);
    }
    if (means) control?.correct(sums, means, draws.length);
    return sums;
  }
  for (let start = 0; start < draws.length; start += batch) {
    const some = draws.slice(start, start + batch);
    const values = new Float32Array(some.length * pixels);
    some.forEach(({ row, alpha }, index) => {
      const from = row * genes;
      const to = index * pixels;
      for (let gene = 0; gene < genes; gene++) {
        const base = background[from + gene];
        values[to + (pixelOf?.[gene] ?? gene)] = base +
          alpha * (sample[gene] - base);
      }
    });
    const images = tf.tensor4d(values, [some.length, side, side, 1]);
    const pass = forwardInInference(frozen, images, true);
    images.dispose();
    const logitsGradient = tf.tensor2d(
      outputGradient(
        await pass.logits.data<"float32">(),
        tissues,
        explainedClass,
        output,
      ),
      [some.length, tissues],
    );
    const gradient = imageGradient(pass, logitsGradient);
    const slopes = await gradient.data<"float32">();
    some.forEach(({ row, weight, block }, index) => {
      const image = slopes.subarray(index * pixels, (index + 1) * pixels);
      const own = takeColumns(image, genes, pixelOf);
      const base = background.subarray(row * genes, (row + 1) * genes);
      const to = block * genes;
      for (let gene = 0; gene < genes; gene++) {
        sums[to + gene] += weight * (sample[gene] - base[gene]) * own[gene];
      }
      control?.add(block, base, own, weight);
    });
    tf.dispose([logitsGradient, gradient]);
    assertBackendHealthy();
  }
  if (means) control?.correct(sums, means, draws.length);
  return sums;
}
