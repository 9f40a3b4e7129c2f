/** Sums of weighted gradients over draws, made on the backend. */

import * as tf from "@tensorflow/tfjs-core";
import { matMul } from "../backend/ops.ts";
import {
  forwardInInference,
  type FrozenNetwork,
  imageGradient,
} from "../cnn/inference_pass.ts";
import { imageTensor } from "../cnn/predict.ts";
import { takeColumns } from "../prepare/image.ts";
import { outputGradientTensor } from "./device_output_gradient.ts";
import type { Draw } from "./draws.ts";
import type { ExplainedOutput } from "./explained_output.ts";

/** What is explained, and by which draws; see `blockGradientSums`. */
export interface DeviceTask {
  readonly frozen: FrozenNetwork;
  readonly sample: Float32Array;
  readonly explainedClass: number;
  readonly background: Float32Array;
  readonly draws: readonly Draw[];
  readonly blocks: number;
  readonly batch: number;
  readonly output: ExplainedOutput;
}

/** Of each block the sums over its draws, blocks x genes, in float32. */
export interface DeviceSums {
  /** Of `w (x - b) s`, where s is the slope. */
  readonly scores: Float32Array;
  /** Of `w s`. */
  readonly slopes: Float32Array;
  /** Of b. */
  readonly backgrounds: Float32Array;
}

/**
 * The sums of a sample. The device adds them up and is read once, at the end.
 *
 * @throws {BackendFailure} After a device error.
 */
export async function sumOnDevice(
  { frozen, sample, explainedClass, background, draws, blocks, batch, output }:
    DeviceTask,
): Promise<DeviceSums> {
  const { architecture } = frozen.network;
  const { genes, side, pixelOf } = architecture;
  const pixels = side * side;
  const x = imageTensor(sample, 1, architecture);
  // [3, blocks, pixels] below each other.
  let sums = tf.zeros<tf.Rank.R2>([3 * blocks, pixels]);
  for (let start = 0; start < draws.length; start += batch) {
    const some = draws.slice(start, start + batch);
    const taken = takeRows(background, genes, some);
    const b = imageTensor(taken, some.length, architecture);
    const images = tf.tidy(() => {
      const alphas = tf.tensor4d(
        Float32Array.from(some, ({ alpha }) => alpha),
        [some.length, 1, 1, 1],
      );
      return tf.add(b, tf.mul(alphas, tf.sub(x, b))) as tf.Tensor4D;
    });
    const pass = forwardInInference(frozen, images, true);
    images.dispose();
    const logitsGradient = outputGradientTensor(
      pass.logits,
      explainedClass,
      output,
    );
    const gradient = imageGradient(pass, logitsGradient);
    const next = tf.tidy(() => {
      const slopes = tf.reshape(gradient, [some.length, pixels]);
      const rows = tf.reshape(b, [some.length, pixels]);
      const scores = tf.mul(tf.sub(tf.reshape(x, [1, pixels]), rows), slopes);
      const weights = blockMatrix(some, blocks, ({ weight }) => weight);
      const own = blockMatrix(some, blocks, () => 1);
      const added = tf.concat([
        matMul(weights, scores as tf.Tensor2D),
        matMul(weights, slopes as tf.Tensor2D),
        matMul(own, rows as tf.Tensor2D),
      ]);
      return tf.add(sums, added) as tf.Tensor2D;
    });
    tf.dispose([b, logitsGradient, gradient, sums]);
    sums = next;
  }
  const values = await sums.data<"float32">();
  tf.dispose([x, sums]);
  const [scores, slopes, backgrounds] = [0, 1, 2].map((part) =>
    cutPadding(values, part * blocks, blocks, { genes, pixels, pixelOf })
  );
  return { scores, slopes, backgrounds };
}

/** The background samples of some draws, draws x genes. */
function takeRows(
  background: Float32Array,
  genes: number,
  draws: readonly Draw[],
): Float32Array {
  const taken = new Float32Array(draws.length * genes);
  draws.forEach(({ row }, index) => {
    const own = background.subarray(row * genes, (row + 1) * genes);
    taken.set(own, index * genes);
  });
  return taken;
}

/** `[blocks, draws]`: a draw's factor in its block's row, 0 elsewhere. */
function blockMatrix(
  draws: readonly Draw[],
  blocks: number,
  factorOf: (draw: Draw) => number,
): tf.Tensor2D {
  const factors = new Float32Array(blocks * draws.length);
  draws.forEach((draw, index) => {
    factors[draw.block * draws.length + index] = factorOf(draw);
  });
  return tf.tensor2d(factors, [blocks, draws.length]);
}

/** Some rows of pixels as rows of genes. */
function cutPadding(
  values: Float32Array,
  first: number,
  rows: number,
  { genes, pixels, pixelOf }: {
    readonly genes: number;
    readonly pixels: number;
    readonly pixelOf?: Uint32Array;
  },
): Float32Array {
  const cut = new Float32Array(rows * genes);
  for (let row = 0; row < rows; row++) {
    const image = values.subarray((first + row) * pixels);
    cut.set(takeColumns(image, genes, pixelOf), row * genes);
  }
  return cut;
}
