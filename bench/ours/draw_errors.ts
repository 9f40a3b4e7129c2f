/**
 * How many of our draws give the tissue medians the standard error that plain
 * draws give them: trains a network, explains some samples again and again with
 * other draws, and compares the variances between the explanations.
 */

import { openBackend } from "../../lib/backend/open.ts";
import { withThreads } from "../../lib/backend/threads.ts";
import {
  describeNetwork,
  type LayerSizes,
} from "../../lib/cnn/architecture.ts";
import { inferenceBatch } from "../../lib/cnn/batch_limits.ts";
import { disposeFrozen, freeze } from "../../lib/cnn/inference_pass.ts";
import { disposeNetwork, readWeights } from "../../lib/cnn/network.ts";
import { cnnParameters } from "../../lib/cnn/parameters.ts";
import { predictLogits } from "../../lib/cnn/predict.ts";
import { trainNetwork } from "../../lib/cnn/train_network.ts";
import type { Values } from "../../lib/cli/parameters.ts";
import { deriveSeed, RandomStream } from "../../lib/random.ts";
import { tissueMedians } from "../../lib/selection/tissue_medians.ts";
import { alphaDensity } from "../../lib/shap/alpha_density.ts";
import { blockCount } from "../../lib/shap/draw_rounds.ts";
import type { DrawRules } from "../../lib/shap/draws.ts";
import { ExplainPool } from "../../lib/shap/explain_pool.ts";
import type { NetworkToExplain } from "../../lib/shap/explain_worker.ts";
import { readNpy } from "../../lib/store/npy.ts";
import { classificationScores } from "../../lib/statistics/classification_scores.ts";
import { largestOfRow } from "../../lib/cnn/softmax.ts";
import { equalErrorDraws, meanVariance } from "../suite/equal_error.ts";
import { ownRules } from "./draw_rules.ts";
import { reportMeasurement } from "./measured.ts";

/** What to train, to explain and to draw. */
export interface DrawErrorsTask extends LayerSizes {
  /** NumPy files made by `make_matrix.ts`. */
  readonly values: string;
  readonly classes: string;
  readonly tissues: number;
  /** The first rows are explained, the others train and are the background. */
  readonly explained: number;
  readonly batch: number;
  readonly epochs: number;
  /** Plain draws a sample. */
  readonly plain: number;
  /** Numbers of our draws that are measured, ascending; `plain` is the last. */
  readonly counts: readonly number[];
  /** Explanations of each method and number of draws. */
  readonly repeats: number;
  readonly threads: number;
}

const defaults = Object.fromEntries(
  Object.entries(cnnParameters).map(([name, flag]) => [name, flag.default]),
) as Values<typeof cnnParameters>;

/** As in `shap.GradientExplainer`. */
const PLAIN: DrawRules = { alphas: "uniform", backgrounds: "random" };

await reportMeasurement(async (task: DrawErrorsTask) => {
  const { tissues, explained, threads } = task;
  const { data, shape: [, genes] } = await readNpy(task.values);
  const classes = Int32Array.from((await readNpy(task.classes)).data);
  const background = {
    expression: data.slice(explained * genes),
    classes: classes.slice(explained),
  };
  const held = data.slice(0, explained * genes);
  const backend = await openBackend("wasm");
  const architecture = describeNetwork({ ...task, genes });
  const { network } = await withThreads(
    threads,
    () =>
      trainNetwork(architecture, {
        train: background,
        validation: {
          expression: new Float32Array(),
          classes: new Int32Array(),
        },
        parameters: { ...defaults, epochs: task.epochs, batch: task.batch },
        seedOf: (stream) => deriveSeed(1, stream),
      }),
  );
  const frozen = freeze(network);
  const batch = inferenceBatch(backend, architecture);
  const logits = await predictLogits(frozen, held, explained, batch);
  const density = await alphaDensity(
    frozen,
    { from: background.expression, to: held },
    new RandomStream(1),
    batch,
  );
  disposeFrozen(frozen);
  const weights = await readWeights(network);
  disposeNetwork(network);
  const { accuracy } = classificationScores(
    classes.subarray(0, explained),
    largestOfRow(logits, tissues),
    tissues,
  );

  const tissueNames = Array.from({ length: tissues }, (_, index) => `${index}`);
  const samples = Array.from({ length: explained }, (_, row) => ({
    sampleId: `${row}`,
    expression: held.slice(row * genes, (row + 1) * genes),
    explainedClass: classes[row],
  }));
  const tissueOf = samples.map(({ explainedClass }) =>
    tissueNames[explainedClass]
  );
  /** The variance of a tissue median over the explanations. */
  const varianceOf = async (rules: DrawRules, draws: number) => {
    const explanations: Float64Array[][] = [];
    const explainedNetwork: NetworkToExplain = {
      size: architecture,
      weights,
      alphaDensity: rules.alphas === "importance" ? density : undefined,
    };
    await using pool = await ExplainPool.open({
      backend: "wasm",
      background: background.expression,
      classes: background.classes,
      rules,
      output: "probability",
      threads,
      samples: explained,
    });
    for (let repeat = 1; repeat <= task.repeats; repeat++) {
      const name = `${rules.alphas}/${draws}/${repeat}`;
      const scores = new Float32Array(explained * genes);
      await pool.explain(
        explainedNetwork,
        samples.map((sample) => ({
          ...sample,
          seed: deriveSeed(2, `${name}/${sample.sampleId}`),
        })),
        { draws, blocks: blockCount(draws) },
        (sums, row) => {
          sums.forEach((sum, index) =>
            scores[row * genes + index % genes] += sum / draws
          );
        },
      );
      explanations.push(
        tissueMedians(scores, tissueOf, tissueNames)
          .map(({ medians }) => medians),
      );
    }
    return meanVariance(explanations);
  };
  const plain = await varianceOf(PLAIN, task.plain);
  const ours: number[] = [];
  for (const draws of task.counts) ours.push(await varianceOf(ownRules, draws));
  return {
    seconds: 0,
    facts: {
      "accuracy of the network": accuracy,
      draws: equalErrorDraws(task.counts, ours, plain),
      "variance / that of as many plain draws": ours.at(-1)! / plain,
    },
  };
});
