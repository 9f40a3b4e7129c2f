/** Where a batch of training spends the device's time. */

import * as tf from "@tensorflow/tfjs-core";
import { Activation } from "../../lib/cnn/layers/activation.ts";
import type { LayerPass, LayerSettings } from "../../lib/cnn/layers/layer.ts";
import type { Network } from "../../lib/cnn/network.ts";
import { trainedVariables } from "../../lib/cnn/network.ts";
import { Rmsprop, type RmspropSettings } from "../../lib/cnn/optimizer.ts";
import { drawMasks } from "../../lib/cnn/training_pass.ts";
import { RandomStream } from "../../lib/random.ts";

/** Milliseconds by kernel or by layer, the longest first. */
export interface Profile {
  readonly parts: Readonly<Record<string, number>>;
  /** How they were measured. */
  readonly by: string;
}

/** Milliseconds by kernel, by the device's own clock. */
export async function timeKernels(
  run: () => Promise<unknown>,
): Promise<Profile> {
  const info = await tf.profile(async () => {
    await run();
    return [];
  });
  const kernels: Record<string, number> = {};
  for (const { name, kernelTimeMs } of info.kernels) {
    kernels[name] = (kernels[name] ?? 0) + Number(await kernelTimeMs);
  }
  return {
    parts: longestFirst(kernels),
    by: "on the device by kernel, in two batches of training",
  };
}

/**
 * Milliseconds by layer, for devices without a clock: from handing a layer's
 * work over until the queue is empty, less what waiting for nothing takes.
 *
 * @param images `[B, side, side, 1]`; freed.
 */
export async function timeLayers(
  network: Network,
  images: tf.Tensor4D,
  settings: RmspropSettings & Pick<LayerSettings, "dropout">,
): Promise<Profile> {
  const { architecture: { layers, tissues }, variables } = network;
  const optimizer = new Rmsprop(settings, trainedVariables(network));
  const batch = images.shape[0];
  const masks = drawMasks(
    network.architecture,
    batch,
    settings,
    new RandomStream(1),
  );
  let times: Record<string, number> = {};
  const time = async <Result>(name: string, work: () => Result) => {
    const start = performance.now();
    const result = work();
    await emptyQueue();
    times[name] = performance.now() - start;
    return result;
  };
  // The first round compiles the kernels.
  for (let round = 0; round < 2; round++) {
    times = {};
    await emptyQueue();
    await time("nothing", () => {});
    let value = new Activation(tf.clone(images));
    const passes: LayerPass[] = [];
    for (const [index, layer] of layers.entries()) {
      const pass = await time(
        `${layer.name}, forward`,
        () => layer.forward(value, variables[index], masks[index]),
      );
      passes.push(pass);
      value = pass.output;
    }
    let gradient: tf.Tensor | undefined = tf.fill([batch, tissues], 1 / batch);
    value.release();
    for (let index = layers.length - 1; index >= 0; index--) {
      gradient = await time(
        `${layers[index].name}, backward`,
        () => passes[index].backward(gradient!, optimizer, index > 0),
      );
    }
    optimizer.updates++;
  }
  images.dispose();
  const { nothing, ...own } = times;
  for (const name of Object.keys(own)) {
    own[name] = Math.max(0, own[name] - nothing);
  }
  return {
    parts: longestFirst(own),
    by: "until the queue is empty, by layer, in a batch of training",
  };
}

async function emptyQueue(): Promise<void> {
  const backend = tf.backend() as unknown as {
    readonly device: GPUDevice;
    ensureCommandEncoderReady(): void;
    endComputePassEncoder(): void;
    submitQueue(): void;
  };
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
  await backend.device.queue.onSubmittedWorkDone();
}

function longestFirst(times: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(times).sort(([, a], [, b]) => b - a),
  );
}
