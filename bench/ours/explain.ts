/** Explains samples with the worker pool of the stage `shap`. */

import { openBackend } from "../../lib/backend/open.ts";
import { inferenceBatch } from "../../lib/cnn/batch_limits.ts";
import { disposeFrozen, freeze } from "../../lib/cnn/inference_pass.ts";
import { readModel } from "../../lib/cnn/keras_model.ts";
import { buildNetwork, disposeNetwork } from "../../lib/cnn/network.ts";
import { predictLogits } from "../../lib/cnn/predict.ts";
import { largestOfRow, softmax } from "../../lib/cnn/softmax.ts";
import { readNpy } from "../../lib/store/npy.ts";
import { RandomStream } from "../../lib/random.ts";
import { alphaDensity } from "../../lib/shap/alpha_density.ts";
import { blockCount } from "../../lib/shap/draw_rounds.ts";
import { ExplainPool } from "../../lib/shap/explain_pool.ts";
import type { NetworkToExplain } from "../../lib/shap/explain_worker.ts";
import { ownRules } from "./draw_rules.ts";
import { reportMeasurement, secondsSince } from "./measured.ts";

/** What to explain. */
export interface ExplainingTask {
  /** A NumPy file made by `make_matrix.ts`. */
  readonly values: string;
  readonly classes: string;
  /** The first rows are explained; the others are the background. */
  readonly explained: number;
  /** How many of these are explained here. */
  readonly samples: number;
  readonly model: string;
  readonly weights: string;
  readonly draws: number;
  readonly threads: number;
}

/** Draws of the warm-up, in each worker. */
const WARM_UP = 10;

await reportMeasurement(async (task: ExplainingTask) => {
  const { samples, threads } = task;
  const { data, shape: [rows, genes] } = await readNpy(task.values);
  const { outputs, tissues, pilot } = await predict(task, data, rows, genes);
  const classes = largestOfRow(outputs, tissues);
  const network: NetworkToExplain = {
    modelPath: task.model,
    weightsPath: task.weights,
    alphaDensity: pilot?.density,
  };
  await using pool = await ExplainPool.open({
    backend: "wasm",
    background: data.subarray(task.explained * genes),
    classes: Int32Array.from(
      (await readNpy(task.classes)).data.subarray(task.explained),
    ),
    rules: ownRules,
    output: "probability",
    threads,
    samples: Math.max(threads, samples),
  });
  /** Explains the first samples; returns the SHAP sum of the first one. */
  const explain = async (count: number, draws: number) => {
    let shapSum = NaN;
    await pool.explain(
      network,
      Array.from({ length: count }, (_, row) => ({
        sampleId: String(row),
        expression: data.slice(row * genes, (row + 1) * genes),
        explainedClass: classes[row],
        seed: row,
      })),
      { draws, blocks: blockCount(draws) },
      (sums, index) => {
        if (index > 0) return;
        shapSum = sums.reduce((sum, score) => sum + score / draws, 0);
      },
    );
    return shapSum;
  };
  await explain(threads, WARM_UP);
  const start = performance.now();
  const shapSum = await explain(samples, task.draws);
  const explaining = secondsSince(start);
  // Measured once for all samples; a part of the samples counts in proportion.
  const pilotSeconds = (pilot?.seconds ?? 0) * samples / task.explained;

  const predicted = classes[0];
  let baseValue = 0;
  for (let row = task.explained; row < rows; row++) {
    baseValue += outputs[row * tissues + predicted] / (rows - task.explained);
  }
  return {
    seconds: explaining + pilotSeconds,
    facts: {
      samples,
      "seconds of the alpha density": pilot?.seconds ?? 0,
      "predicted class": predicted,
      "model output": outputs[predicted],
      "output minus base value": outputs[predicted] - baseValue,
      "SHAP sum": shapSum,
    },
  };
});

/** What the stage computes for a network before it explains. */
interface Prediction {
  /** Probabilities, rows x tissues. */
  readonly outputs: Float64Array;
  readonly tissues: number;
  /** The alpha density, if the draws need it. */
  readonly pilot?: { readonly density: Float64Array; readonly seconds: number };
}

/** Predicts all rows, as the stage does first. */
async function predict(
  task: ExplainingTask,
  values: Float32Array,
  rows: number,
  genes: number,
): Promise<Prediction> {
  const backend = await openBackend("wasm");
  const { architecture, weights } = await readModel(task.model, task.weights);
  const { tissues } = architecture;
  if (architecture.genes !== genes) {
    throw new RangeError(
      `Cannot explain: the network takes ${architecture.genes} genes and the ` +
        `matrix has ${genes}`,
    );
  }
  const network = buildNetwork(architecture, weights);
  const frozen = freeze(network);
  const batch = inferenceBatch(backend, architecture);
  const logits = await predictLogits(frozen, values, rows, batch);
  let pilot: Prediction["pilot"];
  if (ownRules.alphas === "importance") {
    const start = performance.now();
    const density = await alphaDensity(
      frozen,
      {
        from: values.subarray(task.explained * genes),
        to: values.subarray(0, task.explained * genes),
      },
      new RandomStream(1),
      batch,
    );
    pilot = { density, seconds: secondsSince(start) };
  }
  disposeFrozen(frozen);
  disposeNetwork(network);
  return { outputs: softmax(logits, tissues), tissues, pilot };
}
