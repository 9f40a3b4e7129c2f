/** Times the network's arithmetic on this machine, at the run's real sizes. */

import type { Backend } from "../backend/backend.ts";
import { reserveMemory } from "../backend/reserve_memory.ts";
import { withThreads } from "../backend/threads.ts";
import { inferenceBatch } from "../cnn/batch_limits.ts";
import { disposeFrozen, freeze } from "../cnn/inference_pass.ts";
import { labeledSamples } from "../cnn/labeled_samples.ts";
import { trainingHeapBytes } from "../cnn/memory_estimate.ts";
import {
  buildNetwork,
  disposeNetwork,
  initialWeights,
  type Network,
  readWeights,
  trainedVariables,
  type WeightValues,
} from "../cnn/network.ts";
import { Rmsprop } from "../cnn/optimizer.ts";
import { recomputeBatchNorm } from "../cnn/precise_batch_norm.ts";
import { predictLogits } from "../cnn/predict.ts";
import {
  type LabeledSamples,
  takeBatch,
  trainOnBatch,
} from "../cnn/training.ts";
import type { Dataset } from "../prepare/dataset.ts";
import type { ImageMatrix } from "../prepare/image_matrix.ts";
import { RandomStream } from "../random.ts";
import { blockCount } from "../shap/draw_rounds.ts";
import { ExplainPool } from "../shap/explain_pool.ts";
import type { NetworkCosts } from "./costs.ts";
import { type RunPlan, testedSamples } from "./plan.ts";
import { seconds, timeRepeatedly } from "./stopwatch.ts";

/** Seconds that training, and explaining, are timed for. */
const TIMED = 4;
/** An update that should take longer is timed with smaller batches. */
const LONGEST_UPDATE = 5;
/** Repetitions of a short piece of work that are enough. */
const MANY = 20;
/** Multiply-adds a second, to choose the batches by; it need not be exact. */
const RATE = 10e9;

/** What is timed. */
export interface NetworkToMeasure {
  readonly plan: RunPlan;
  readonly dataset: Dataset;
  readonly matrix: ImageMatrix;
  readonly backend: Backend;
}

/**
 * Trains a network for a few updates, predicts some samples and explains some,
 * each after a first time that does not count.
 */
export async function measureNetwork(
  { plan, dataset, matrix, backend }: NetworkToMeasure,
): Promise<NetworkCosts> {
  const { architecture } = plan;
  const samples = labeledSamples(dataset, matrix, dataset.folds[0], "train");
  const { weights, ...trained } = await withThreads(
    plan.settings.threads,
    async () => {
      const sizes = batchesToTime(plan, samples.classes.length);
      reserveMemory(trainingHeapBytes(architecture, plan.batch + 1));
      const [network, build] = await seconds(() =>
        buildNetwork(architecture, initialWeights(architecture, 1))
      );
      const train = await timeTraining(network, samples, plan, sizes);
      const costs = {
        build,
        train,
        recompute: await timeStatistics(network, samples, sizes[0]),
        predict: await timePredictions(network, samples, backend),
      };
      const weights = await readWeights(network);
      disposeNetwork(network);
      return { ...costs, weights };
    },
  );
  const trainAlone = plan.trainedAtATime > 1
    ? await timeAlone(plan, samples)
    : trained.train;
  const explained = await timeExplaining(plan, samples, weights, backend);
  return { ...trained, trainAlone, ...explained };
}

/** Seconds of an update in one thread, for each sample of a full batch. */
async function timeAlone(
  plan: RunPlan,
  samples: LabeledSamples,
): Promise<number> {
  const { architecture } = plan;
  const network = buildNetwork(architecture, initialWeights(architecture, 1));
  const sizes = batchesToTime(plan, samples.classes.length);
  const train = await timeTraining(network, samples, plan, sizes);
  disposeNetwork(network);
  return train;
}

/**
 * The batches to time: the real one, or two that are smaller if it takes long.
 */
function batchesToTime(
  { architecture, batch }: RunPlan,
  samples: number,
): number[] {
  const forward = architecture.layers.reduce(
    (sum, { multiplyAdds = 0 }) => sum + multiplyAdds,
    0,
  );
  const full = Math.min(batch, samples);
  const most = LONGEST_UPDATE * RATE / (3 * forward);
  if (full <= Math.max(4, most)) return [full];
  const half = Math.max(2, Math.floor(most / 2));
  return [2 * half, half];
}

/** Seconds of an update, for each sample of a full batch. */
async function timeTraining(
  network: Network,
  samples: LabeledSamples,
  { values: { cnn }, batch, updates }: RunPlan,
  sizes: readonly number[],
): Promise<number> {
  const { architecture } = network;
  const optimizer = new Rmsprop(cnn, trainedVariables(network));
  const stream = new RandomStream(1);
  const times: number[] = [];
  for (const size of sizes) {
    times.push(
      await timeRepeatedly(async () => {
        const rows = Int32Array.from(
          { length: size },
          () => stream.integer(samples.classes.length),
        );
        const { images, classes } = takeBatch(samples, rows, architecture);
        await trainOnBatch(network, optimizer, images, classes, cnn, stream);
        images.dispose();
      }, { least: TIMED / sizes.length, most: updates }),
    );
  }
  optimizer.dispose();
  return perSample(sizes, times, Math.min(batch, samples.classes.length));
}

/**
 * Seconds for each sample of a batch, from those of one or two batches: what
 * an update takes whatever its batch is shared by more samples in a larger one.
 */
export function perSample(
  sizes: readonly number[],
  times: readonly number[],
  batch: number,
): number {
  if (sizes.length === 1) return times[0] / sizes[0];
  const slope = Math.max(0, (times[0] - times[1]) / (sizes[0] - sizes[1]));
  const fixed = Math.max(0, times[1] - slope * sizes[1]);
  return fixed / batch + slope;
}

/** Seconds a sample of recomputing the BatchNorm statistics. */
async function timeStatistics(
  network: Network,
  samples: LabeledSamples,
  batch: number,
): Promise<number> {
  const { genes } = network.architecture;
  const some = Math.min(batch, samples.classes.length);
  const part = {
    expression: samples.expression.subarray(0, some * genes),
    classes: samples.classes.subarray(0, some),
  };
  const time = await timeRepeatedly(
    () => recomputeBatchNorm(network, part, batch, new RandomStream(1)),
    { least: TIMED / 8, most: MANY },
  );
  return time / some;
}

/** Seconds a predicted sample. */
async function timePredictions(
  network: Network,
  samples: LabeledSamples,
  backend: Backend,
): Promise<number> {
  const { genes } = network.architecture;
  const batch = inferenceBatch(backend, network.architecture);
  const some = Math.min(batch, samples.classes.length);
  const frozen = freeze(network);
  const time = await timeRepeatedly(
    () =>
      predictLogits(
        frozen,
        samples.expression.subarray(0, some * genes),
        some,
        batch,
      ),
    { least: TIMED / 8, most: MANY },
  );
  disposeFrozen(frozen);
  return time / some;
}

/** Times the workers that explain, by the run's own draws if that is short. */
async function timeExplaining(
  plan: RunPlan,
  samples: LabeledSamples,
  weights: readonly WeightValues[],
  backend: Backend,
): Promise<Pick<NetworkCosts, "openPool" | "load" | "draw">> {
  const { architecture, settings, values: { shap } } = plan;
  const { alphas, backgrounds, control, output } = shap;
  const workers = backend.name === "webgpu" ? 1 : settings.threads;
  const [pool, openPool] = await seconds(() =>
    ExplainPool.open({
      backend: backend.name,
      rules: {
        alphas: alphas === "importance" ? "stratified" : alphas,
        backgrounds,
        control,
      },
      output,
      background: samples.expression,
      classes: samples.classes,
      threads: settings.threads,
      samples: workers,
    })
  );
  await using _ = { [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose]() };
  const { genes } = architecture;
  const network = { size: architecture, weights };
  const explain = (draws: number) =>
    pool.explain(
      network,
      Array.from({ length: workers }, (_, index) => {
        const row = index % samples.classes.length;
        return {
          sampleId: `${index}`,
          expression: samples.expression.slice(row * genes, (row + 1) * genes),
          explainedClass: samples.classes[row],
          seed: index,
        };
      }),
      { draws, blocks: blockCount(draws) },
      () => {},
    );
  const asked = shap.draws === "auto" ? 50 : shap.draws;
  const few = Math.min(10, asked);
  const [, first] = await seconds(() => explain(few));
  const [, second] = await seconds(() => explain(few));
  const perDraw = second / few;
  const fitting = Math.floor(TIMED / 2 / perDraw / 10) * 10;
  const draws = Math.min(asked, Math.max(few, fitting));
  const time = await timeRepeatedly(() => explain(draws), {
    least: TIMED,
    warmUps: perDraw * draws > TIMED / 2 ? 0 : 1,
    most: Math.ceil(testedSamples(plan) * plan.members / workers),
  });
  return {
    openPool,
    load: Math.max(0, first - second),
    draw: time / draws / workers,
  };
}
