/** The stage that checks whether the scores depend on what was learned. */

import { type Backend, openBackend } from "../backend/open.ts";
import { withThreads } from "../backend/threads.ts";
import type { Architecture } from "../cnn/architecture.ts";
import { inferenceBatch, trainingBatch } from "../cnn/batch_limits.ts";
import { Checkpoints } from "../cnn/checkpoints.ts";
import { readNetworks } from "../cnn/ensemble.ts";
import { readModel } from "../cnn/keras_model.ts";
import { defineStage, type StageContext } from "../pipeline/stage.ts";
import { topCount } from "../statistics/rank_agreement.ts";
import type { CheckpointStore } from "../store/checkpoint_store.ts";
import { agreementRows, formatVerdict, meanAgreements } from "./agreement.ts";
import { CASCADE, reinitializeLayers } from "./cascading_randomization.ts";
import { type ComparedNetwork, explainNetworks } from "./explain_networks.ts";
import { type CheckInputs, loadInputs } from "./inputs.ts";
import {
  ENOUGH_LEARNED,
  trainOnShuffledLabels,
} from "./label_randomization.ts";
import {
  agreement,
  agreementFigure,
  type Check,
  checks,
  checksOutputs,
} from "./outputs.ts";
import { checksParameters } from "./parameters.ts";

type Context = StageContext<{ samples: number; draws: number; epochs: number }>;

/** Explains the same samples by networks that know less, and compares. */
export const checksStage = defineStage({
  module: import.meta.url,
  name: "checks",
  summary: "check that the scores depend on what the network learned",
  needs: ["prepare", "cnn", "shap"],
  parameters: checksParameters,
  outputs: checksOutputs,
  async run(context) {
    const { draws } = context.parameters;
    const [first, second] = await readNetworks(context);
    const { architecture, weights } = await readModel(
      first.modelPath,
      first.weightsPath,
    );
    const inputs = await loadInputs(context);
    const { train, samples, genes } = inputs;
    const backend = await openBackend(context.settings.backend, "checks");
    const batch = trainingBatch(
      backend,
      architecture,
      inputs.cnnParameters.batch,
    );
    const checkpoints = await context.checkpoints(backend.description);
    const explain = (networks: readonly ComparedNetwork[]) =>
      explainNetworks(
        context,
        { backend: backend.name, size: architecture, inputs, checkpoints },
        networks,
      );

    const trained = () => weights;
    const newWeights = context.seedOf("new_weights");
    const networks: (ComparedNetwork & { readonly name: Check })[] = [
      {
        name: "rerun",
        words: "other draws",
        stream: "rerun",
        weights: trained,
      },
      ...(second?.fold !== first.fold ? [] : [{
        name: "ensemble_member" as const,
        words: "another network of the ensemble",
        stream: "draws" as const,
        weights: async () =>
          (await readModel(second.modelPath, second.weightsPath)).weights,
      }]),
      ...CASCADE.map((step) => ({
        name: step,
        words: `${step.replaceAll("_", " ")} re-initialized`,
        stream: "draws" as const,
        weights: () =>
          reinitializeLayers(architecture, weights, step, newWeights, {
            samples: train,
            batch,
            stream: context.stream("statistics").child(step),
          }),
      })),
    ];
    const [reference, ...others] = await explain([
      { name: "network", words: "network", stream: "draws", weights: trained },
      ...networks,
    ]);
    const shuffled = await trainShuffled(
      context,
      { architecture, inputs, backend, batch, checkpoints },
    );
    const [ofShuffled] = await explain([{
      name: "shuffled_labels",
      words: "shuffled labels",
      stream: "draws",
      weights: () => shuffled.weights,
    }]);

    const top = topCount(genes);
    const rows = [
      ...networks.flatMap(({ name }, index) =>
        agreementRows(name, reference, others[index], top)
      ),
      ...agreementRows("shuffled_labels", reference, ofShuffled, top),
    ];
    const means = meanAgreements(rows);
    await context.write(agreement, rows);
    await context.write(checks, {
      top,
      chance_overlap: top / genes,
      samples: samples.length,
      draws,
      checks: means,
      shuffled_network: shuffled.scores,
    });
    await context.draw(agreementFigure, { rows, genes });
    warnOfUnlearnedLabels(context, shuffled.scores.train_accuracy);
    return { verdict: formatVerdict(means), backend: backend.description };
  },
});

/** Trains the network on shuffled labels behind a progress bar. */
async function trainShuffled(
  context: Context,
  { architecture, inputs, backend, batch, checkpoints }: {
    readonly architecture: Architecture;
    readonly inputs: CheckInputs;
    readonly backend: Backend;
    readonly batch: number;
    readonly checkpoints: CheckpointStore;
  },
) {
  const { train, test, cnnParameters } = inputs;
  const epochs = context.parameters.epochs || cnnParameters.epochs;
  using progress = context.progress(
    "training on shuffled labels",
    epochs * train.classes.length,
    "samples",
  );
  return await withThreads(
    context.settings.threads,
    () =>
      trainOnShuffledLabels(
        {
          architecture,
          train,
          test,
          parameters: { ...cnnParameters, epochs, batch },
          inferenceBatch: inferenceBatch(backend, architecture),
          stream: context.stream("labels").child("permutation"),
          seedOf: (stream) => context.seedOf(stream),
        },
        (samples, note) => progress.advance(samples, note),
        new Checkpoints(checkpoints, "shuffled_network"),
      ),
  );
}

/** A network that has not learned the shuffled labels has learned nothing. */
function warnOfUnlearnedLabels(
  context: Pick<StageContext, "warn">,
  accuracy: number,
): void {
  if (accuracy >= ENOUGH_LEARNED) return;
  context.warn(
    `The network learned only ${
      Math.round(100 * accuracy)
    } % of the shuffled ` +
      "training labels, so that check compares with a network that has " +
      "learned little: more --checks.epochs would make it stricter.",
  );
}
