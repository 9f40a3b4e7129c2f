/** BatchNorm statistics of the finished network, over all training samples. */

import { LateReads } from "../backend/late_reads.ts";
import { writeValues } from "../backend/values.ts";
import type { RandomStream } from "../random.ts";
import { share } from "./layers/activation.ts";
import type { BatchStatistics } from "./layers/batch_norm.ts";
import type { Network } from "./network.ts";
import { type LabeledSamples, shuffledBatches } from "./training.ts";
import { disposePass, forwardInTraining } from "./training_pass.ts";

/**
 * Replaces the moving BatchNorm statistics by those of the training samples
 * under the final weights, without dropout.
 *
 * With Keras's momentum of 0.99 the moving statistics are still one third
 * their starting values after 110 updates, so a network trained on a few
 * dozen samples predicts at random in inference mode, however well it fits.
 * Batch by batch, mean and variance are pooled by the law of total variance
 * (Wu and Johnson 2021, "precise BatchNorm"). With one batch they are exact.
 * With several, a layer after the first sees each batch normalized by that
 * batch's own statistics, so the batches are drawn at random, as in training:
 * in many files the samples of one tissue or study stand together.
 *
 * @param network Its stored statistics are overwritten.
 * @param stream Draws which samples share a batch.
 * @param onBatch Called after each batch with its number of samples.
 */
export async function recomputeBatchNorm(
  network: Network,
  samples: LabeledSamples,
  batch: number,
  stream: RandomStream,
  onBatch: (samples: number) => void = () => {},
): Promise<void> {
  const { architecture } = network;
  const batches = shuffledBatches(samples, batch, stream, architecture);
  const layers: LayerStatistics[] = [];
  const reads = new LateReads();
  for (const { images, classes: { length: rows } } of batches) {
    const pass = forwardInTraining(network, images);
    images.dispose();
    for (
      const [layer, { mean, variance, ...moving }] of pass.statistics.entries()
    ) {
      layers[layer] ??= { ...moving, batches: [] };
      const read = {
        rows,
        mean: new Float32Array(mean.size),
        variance: new Float32Array(variance.size),
      };
      layers[layer].batches.push(read);
      await reads.add(share(mean), (values) => read.mean.set(values));
      await reads.add(share(variance), (values) => read.variance.set(values));
    }
    disposePass(pass);
    onBatch(rows);
  }
  await reads.finish();
  for (const layer of layers) storePooled(layer, samples.classes.length);
}

/** The stored statistics of a layer with a BatchNorm, and every batch's. */
interface LayerStatistics
  extends Pick<BatchStatistics, "movingMean" | "movingVariance"> {
  readonly batches: {
    readonly rows: number;
    readonly mean: Float32Array;
    readonly variance: Float32Array;
  }[];
}

/** Pools means and population variances of batches of different sizes. */
function storePooled(
  { movingMean, movingVariance, batches }: LayerStatistics,
  total: number,
): void {
  const means = new Float32Array(movingMean.size);
  const variances = new Float32Array(movingMean.size);
  for (let channel = 0; channel < means.length; channel++) {
    let pooledMean = 0;
    for (const { rows, mean } of batches) {
      pooledMean += mean[channel] * rows / total;
    }
    let pooledVariance = 0;
    for (const { rows, mean, variance } of batches) {
      const shift = mean[channel] - pooledMean;
      pooledVariance += (variance[channel] + shift * shift) * rows / total;
    }
    means[channel] = pooledMean;
    variances[channel] = pooledVariance;
  }
  writeValues(movingMean, means);
  writeValues(movingVariance, variances);
}
