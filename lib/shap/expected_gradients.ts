/** Expected gradients: how much each gene moved one sample's prediction. */

import * as tf from "@tensorflow/tfjs-core";
import { assertBackendHealthy } from "../backend/health.ts";
import {
  forwardInInference,
  type FrozenNetwork,
  imageGradient,
} from "../cnn/inference_pass.ts";
import { softmax } from "../cnn/softmax.ts";
import type { RandomStream } from "../run/random.ts";

/** The samples that explanations are measured against. */
export interface Background {
  /** samples x genes (and decoys) transformed values. */
  readonly expression: Float32Array;
  /** Number of samples, at least 1. */
  readonly samples: number;
}

/** One draw: a background sample, and a place on the way from it. */
export interface Draw {
  /** Row of the background. */
  readonly row: number;
  /** In [0, 1): 0 is the background sample, 1 the explained one. */
  readonly alpha: number;
}

/**
 * How the places on the way are drawn: one in each of as many equal parts of
 * the way as there are draws, or each anywhere on it.
 */
export type AlphaDraws = "stratified" | "random";

/**
 * Draws `count` times: an even row of the background and an even alpha.
 *
 * A trained network's probability rises on a short part of the way, which
 * independent alphas often miss or meet twice. One alpha in each of `count`
 * equal parts is as even over the way, and the scores are as unbiased, at a
 * fraction of the error.
 *
 * @param stream Gives every draw.
 * @param backgroundSamples Rows of the background, at least 1.
 * @param count Number of draws.
 * @param alphas How to draw the places; `random` is what shap does.
 *
 * @example
 * ```ts
 * import { RandomStream } from "../run/random.ts";
 * import { drawPlaces } from "./expected_gradients.ts";
 * const draws = drawPlaces(new RandomStream(1), 5, 4, "stratified");
 * console.assert(draws[3].alpha >= 0.75 && draws[3].alpha < 1);
 * ```
 */
export function drawPlaces(
  stream: RandomStream,
  backgroundSamples: number,
  count: number,
  alphas: AlphaDraws,
): Draw[] {
  return Array.from({ length: count }, (_, draw) => {
    const row = stream.integer(backgroundSamples);
    const even = stream.uniform();
    const alpha = alphas === "random" ? even : (draw + even) / count;
    return { row, alpha };
  });
}

/**
 * d probability of one class / d logits, for rows of logits:
 * `p_c (1[k = c] - p_k)`.
 */
function probabilityGradient(
  logits: ArrayLike<number>,
  tissues: number,
  explainedClass: number,
): Float32Array {
  const probabilities = softmax(logits, tissues);
  const gradient = new Float32Array(probabilities.length);
  for (let start = 0; start < gradient.length; start += tissues) {
    const explained = probabilities[start + explainedClass];
    for (let k = 0; k < tissues; k++) {
      const one = k === explainedClass ? 1 : 0;
      gradient[start + k] = explained * (one - probabilities[start + k]);
    }
  }
  return gradient;
}

/**
 * Expected gradients of one class's probability for one sample (Erion et al.
 * 2021; Lundberg's GradientExplainer):
 * `phi_g = mean over draws j of (x_g - b_jg) * d f_c / d x_g` at
 * `b_j + alpha_j (x - b_j)`, the network in inference mode.
 *
 * @param frozen The network.
 * @param sample The sample's transformed values, one a pixel in use: genes,
 * and decoys if there are any.
 * @param explainedClass The class c, usually the predicted one.
 * @param background What the b_j are rows of.
 * @param draws The rows and alphas.
 * @param batch Draws at a time. It changes the speed alone: the sum over
 * draws is kept in float64 and runs in the order of the draws.
 * @returns One score a gene. Their sum estimates f_c(x) minus the mean of f_c
 * over the background.
 *
 * @example
 * ```ts
 * import { openBackend } from "../backend/open.ts";
 * import { describeNetwork } from "../cnn/architecture.ts";
 * import { freeze } from "../cnn/inference_pass.ts";
 * import { buildNetwork, initialWeights } from "../cnn/network.ts";
 * import { RandomStream } from "../run/random.ts";
 * import { drawPlaces, explainSample } from "./expected_gradients.ts";
 * await openBackend("cpu");
 * const architecture = describeNetwork(9, 2, 0.1);
 * const network = buildNetwork(architecture, initialWeights(architecture, 1));
 * const background = { expression: new Float32Array(9), samples: 1 };
 * const scores = await explainSample(
 *   freeze(network),
 *   new Float32Array(9).fill(1),
 *   0,
 *   background,
 *   drawPlaces(new RandomStream(1), 1, 4, "stratified"),
 *   2,
 * );
 * console.assert(scores.length === 9);
 * ```
 */
export async function explainSample(
  frozen: FrozenNetwork,
  sample: Float32Array,
  explainedClass: number,
  background: Background,
  draws: readonly Draw[],
  batch: number,
): Promise<Float64Array> {
  const all = { of: new Uint8Array(draws.length), count: 1 };
  const sums = await explainInBlocks(
    frozen,
    sample,
    explainedClass,
    background,
    draws,
    all,
    batch,
  );
  return sums.map((sum) => sum / draws.length);
}

/** Which block each draw belongs to. */
export interface BlocksOfDraws {
  /** Each draw's block, from 0. */
  readonly of: Uint8Array;
  /** Number of blocks. */
  readonly count: number;
}

/**
 * As `explainSample`, but the sums over each block's draws, not the mean.
 *
 * @returns blocks x genes sums, block after block.
 */
export async function explainInBlocks(
  frozen: FrozenNetwork,
  sample: Float32Array,
  explainedClass: number,
  background: Background,
  draws: readonly Draw[],
  blocks: BlocksOfDraws,
  batch: number,
): Promise<Float64Array> {
  const { genes, side, tissues } = frozen.network.architecture;
  const pixels = side * side;
  const sums = new Float64Array(blocks.count * genes);
  for (let start = 0; start < draws.length; start += batch) {
    const some = draws.slice(start, start + batch);
    const pictures = new Float32Array(some.length * pixels);
    some.forEach(({ row, alpha }, place) => {
      const from = row * genes;
      const to = place * pixels;
      for (let gene = 0; gene < genes; gene++) {
        const base = background.expression[from + gene];
        pictures[to + gene] = base + alpha * (sample[gene] - base);
      }
    });
    const images = tf.tensor4d(pictures, [some.length, side, side, 1]);
    const pass = forwardInInference(frozen, images, true);
    images.dispose();
    const logitsGradient = tf.tensor2d(
      probabilityGradient(
        await pass.logits.data<"float32">(),
        tissues,
        explainedClass,
      ),
      [some.length, tissues],
    );
    const gradient = imageGradient(frozen, pass, logitsGradient);
    const slopes = await gradient.data<"float32">();
    some.forEach(({ row }, place) => {
      const from = row * genes;
      const at = place * pixels;
      const to = blocks.of[start + place] * genes;
      for (let gene = 0; gene < genes; gene++) {
        sums[to + gene] += (sample[gene] - background.expression[from + gene]) *
          slopes[at + gene];
      }
    });
    tf.dispose([logitsGradient, gradient]);
    assertBackendHealthy();
  }
  return sums;
}
