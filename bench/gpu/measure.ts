/** One measurement of the network on a backend; prints a line of JSON. */

import * as tf from "@tensorflow/tfjs-core";
import { type BackendChoice, openBackend } from "../../lib/backend/open.ts";
import { findAdapter } from "../../lib/backend/open_webgpu.ts";
import { withThreads } from "../../lib/backend/threads.ts";
import { countWeights, describeNetwork } from "../../lib/cnn/architecture.ts";
import { trainingBatch } from "../../lib/cnn/batch_limits.ts";
import { buildNetwork, initialWeights } from "../../lib/cnn/network.ts";
import { cnnParameters } from "../../lib/cnn/parameters.ts";
import { imageTensor } from "../../lib/cnn/predict.ts";
import { trainEpochs } from "../../lib/cnn/training.ts";
import type { Values } from "../../lib/cli/parameters.ts";
import { RandomStream } from "../../lib/random.ts";
import { ExplainPool } from "../../lib/shap/explain_pool.ts";
import { shapParameters } from "../../lib/shap/parameters.ts";
import { timeKernels, timeLayers } from "./profile.ts";

/** What to measure. */
interface Task {
  readonly what: "adapter" | "train" | "explain" | "profile";
  readonly backend: BackendChoice;
  /** Pixels along a side of the image. */
  readonly side: number;
  readonly width: number;
  readonly hidden: number;
  readonly batch: number;
  /** Samples trained on after a batch to warm up, or explained. */
  readonly samples: number;
  readonly draws: number;
}

const TISSUES = 12;
const BLOCKS = 4;
const BACKGROUND = 100;

const defaults = Object.fromEntries(
  Object.entries(cnnParameters).map(([name, flag]) => [name, flag.default]),
) as Values<typeof cnnParameters>;

const task: Task = JSON.parse(Deno.args[0]);
console.log(JSON.stringify(await measure(task)));
// A backend's threads may keep the process alive.
Deno.exit(0);

async function measure(task: Task): Promise<Record<string, unknown>> {
  if (task.what === "adapter") return await describeAdapter();
  const backend = await openBackend(task.backend);
  const facts = { adapter: backend.description };
  switch (task.what) {
    case "train": {
      const batch = trainingBatch(backend, architectureOf(task), task.batch);
      return { ...facts, batch, ...await train({ ...task, batch }) };
    }
    case "explain":
      return { ...facts, ...await explain(task) };
    case "profile": {
      const batch = trainingBatch(backend, architectureOf(task), task.batch);
      return { ...facts, batch, ...await profile({ ...task, batch }) };
    }
  }
}

async function describeAdapter() {
  const { adapter, software, reason } = await findAdapter();
  if (adapter === null) {
    throw new Error(`Cannot measure: no graphics adapter ${reason}`);
  }
  const { vendor, architecture, device, description } = adapter.info;
  return {
    software,
    vendor,
    architecture,
    device,
    description,
    timestamps: adapter.features.has("timestamp-query"),
    largest_buffer: adapter.limits.maxStorageBufferBindingSize,
    deno: Deno.version.deno,
    tfjs: tf.version_core,
  };
}

function made(
  samples: number,
  genes: number,
): Float32Array<ArrayBuffer> {
  const stream = new RandomStream(1);
  return Float32Array.from({ length: samples * genes }, () => stream.uniform());
}

function classesOf(samples: number): Int32Array {
  return Int32Array.from({ length: samples }, (_, row) => row % TISSUES);
}

function architectureOf({ side, width, hidden }: Task) {
  return describeNetwork({
    genes: side * side,
    tissues: TISSUES,
    blocks: BLOCKS,
    width,
    hidden,
  });
}

async function train(task: Task) {
  const { batch, samples, side } = task;
  const all = batch + samples;
  const architecture = architectureOf(task);
  const network = buildNetwork(architecture, initialWeights(architecture, 1));
  let start = 0;
  const { history } = await withThreads(
    navigator.hardwareConcurrency,
    () =>
      trainEpochs(network, {
        train: {
          expression: made(all, side * side),
          classes: classesOf(all),
        },
        validation: {
          expression: new Float32Array(),
          classes: new Int32Array(),
        },
        parameters: { ...defaults, epochs: 1, batch },
        seedOf: (stream) => stream === "shuffle" ? 1 : 2,
        onBatch() {
          // The clock starts after the first batch, the warm-up.
          start ||= performance.now();
        },
      }),
  );
  return {
    seconds: (performance.now() - start) / 1000,
    loss: history[0].loss,
    weights: countWeights(architecture),
  };
}

async function explain(task: Task) {
  const { samples, draws, side, backend } = task;
  const genes = side * side;
  const size = architectureOf(task);
  const network = { size, weights: [...initialWeights(size, 1)] };
  const { backgrounds, control } = shapParameters;
  await using pool = await ExplainPool.open({
    backend,
    background: made(BACKGROUND, genes),
    classes: classesOf(BACKGROUND),
    rules: {
      alphas: "stratified",
      backgrounds: backgrounds.default,
      control: control.default,
    },
    output: "probability",
    threads: navigator.hardwareConcurrency,
    samples,
  });
  const explained = made(samples, genes);
  const run = (count: number, draws: number) =>
    pool.explain(
      network,
      Array.from({ length: count }, (_, row) => ({
        sampleId: String(row),
        expression: explained.slice(row * genes, (row + 1) * genes),
        explainedClass: row % TISSUES,
        seed: row,
      })),
      { draws, blocks: 2 },
      () => {},
    );
  await run(1, draws);
  const start = performance.now();
  await run(samples, draws);
  return { seconds: (performance.now() - start) / 1000 };
}

async function profile(task: Task) {
  const { features } = (await findAdapter()).adapter!;
  if (features.has("timestamp-query")) {
    await train({ ...task, samples: 1 });
    return await timeKernels(() => train({ ...task, samples: task.batch }));
  }
  const architecture = architectureOf(task);
  const network = buildNetwork(architecture, initialWeights(architecture, 1));
  const pixels = task.side * task.side;
  const images = imageTensor(
    made(task.batch, pixels),
    task.batch,
    architecture,
  );
  return await timeLayers(network, images, defaults);
}
