/** The stage that asks whether the scores depend on what the network learnt. */

import { openBackend } from "../backend/open.ts";
import { withThreads } from "../backend/threads.ts";
import { inferenceBatch, trainingBatch } from "../cnn/batch_limits.ts";
import { Checkpoints } from "../cnn/checkpoints.ts";
import { readModel } from "../cnn/keras_model.ts";
import type { WeightValues } from "../cnn/network.ts";
import { readNetworks } from "../cnn/ensemble.ts";
import { readCached, writeCached } from "../store/cached_tasks.ts";
import { integer } from "../cli/parameters.ts";
import { deriveSeed, openStream } from "../random.ts";
import { defineStage, type StageContext } from "../pipeline/stage.ts";
import type { TissueMedians } from "../selection/tissue_medians.ts";
import { topCount } from "../statistics/rank_agreement.ts";
import { compareMedians } from "./agreement.ts";
import { type CheckResult, formatVerdict, writeChecks } from "./outputs.ts";
import { CASCADE, reinitializeLayers } from "./cascading_randomization.ts";
import { openExplainer } from "./explainer.ts";
import { loadInputs } from "./inputs.ts";
import { trainOnShuffledLabels } from "./label_randomization.ts";

/** What can be chosen about the checks. */
export const checksParameters = {
  samples: integer(
    5,
    { minimum: 1, maximum: 100_000 },
    "test samples a tissue that are explained, at most",
  ),
  draws: integer(
    50,
    { minimum: 1, maximum: 1_000_000 },
    "background draws a sample",
  ),
  epochs: integer(
    0,
    { minimum: 0, maximum: 100_000 },
    "epochs on shuffled labels; 0 for as many as the cnn stage's",
  ),
};

/** Explains the same samples by networks that know less, and compares. */
export const checksStage = defineStage({
  name: "checks",
  summary: "check that the scores depend on what the network learnt",
  needs: ["prepare", "cnn", "shap"],
  parameters: checksParameters,
  async run(context) {
    const { parameters } = context;
    const [first, second] = await readNetworks(context);
    const { architecture, weights } = await readModel(
      first.modelPath,
      first.weightsPath,
    );
    const materials = await loadInputs(context);
    const { train, test, samples, cnnParameters, genes } = materials;
    const backend = await openBackend(context.settings.backend);
    const batch = trainingBatch(backend, architecture, cnnParameters.batch);

    const checkpoints = await context.checkpoints(backend.description);

    /** Explains by each network in turn, its draws those of a stream. */
    const explainAll = async (networks: readonly ExplainedNetwork[]) => {
      const explainer = await openExplainer({
        backend: backend.name,
        architecture,
        materials,
        draws: parameters.draws,
        threads: context.settings.threads,
      });
      const progress = context.progress(
        "explaining",
        networks.length * samples.length,
        "samples",
      );
      try {
        const medians: TissueMedians[][] = [];
        for (const { words, stream, weights } of networks) {
          const piece = `medians-${words.replaceAll(" ", "_")}`;
          const kept = readCached<TissueMedians[]>(checkpoints, piece);
          if (kept !== undefined) {
            medians.push(kept.value);
            progress.advance(samples.length, words);
            continue;
          }
          progress.advance(0, words);
          // By the samples' names, as in the shap stage.
          const seeds = samples.map(({ sampleId }) =>
            deriveSeed(context.settings.seed, `checks/${stream}/${sampleId}`)
          );
          const explained = await explainer.explain(
            await weights(),
            seeds,
            () => progress.advance(1, words),
          );
          writeCached(checkpoints, piece, explained);
          medians.push(explained);
        }
        return medians;
      } finally {
        progress.close();
        await explainer.close();
      }
    };

    const seed = context.seedOf("new_weights");
    const settling = context.seedOf("statistics");
    const trained = () => weights;
    const compared: (ExplainedNetwork & Pick<CheckResult, "check">)[] = [
      {
        check: "rerun",
        words: "other draws",
        stream: "rerun",
        weights: trained,
      },
      ...(second?.fold !== first.fold ? [] : [{
        check: "replicate" as const,
        words: "second replicate",
        stream: "draws" as const,
        weights: async () =>
          (await readModel(second.modelPath, second.weightsPath)).weights,
      }]),
      ...CASCADE.map((step) => ({
        check: step,
        words: `${step.replaceAll("_", " ")} drawn anew`,
        stream: "draws" as const,
        weights: () =>
          reinitializeLayers(architecture, weights, step, seed, {
            samples: train,
            batch,
            stream: openStream(settling, step),
          }),
      })),
    ];
    const [reference, ...others] = await explainAll([
      { words: "the network", stream: "draws", weights: trained },
      ...compared,
    ]);

    const epochs = parameters.epochs || cnnParameters.epochs;
    const progress = context.progress(
      "training on shuffled labels",
      epochs * train.classes.length,
      "samples",
    );
    const { threads } = context.settings;
    const shuffled = await withThreads(threads, () =>
      trainOnShuffledLabels(
        {
          architecture,
          train,
          test,
          parameters: { ...cnnParameters, epochs },
          batch,
          inferenceBatch: inferenceBatch(backend, architecture),
          stream: openStream(context.seedOf("labels"), "permutation"),
          seeds: {
            weights: context.seedOf("weights"),
            shuffle: context.seedOf("shuffle"),
            dropout: context.seedOf("dropout"),
          },
        },
        (samples, note) => progress.advance(samples, note),
        new Checkpoints(checkpoints, "shuffled_network"),
      )).finally(() => progress.close());
    const [ofShuffled] = await explainAll([{
      words: "shuffled labels",
      stream: "draws",
      weights: () => shuffled.weights,
    }]);

    const top = topCount(genes);
    const results: CheckResult[] = [
      ...compared.map(({ check }, place) => ({
        check,
        tissues: compareMedians(reference, others[place], top),
      })),
      {
        check: "shuffled_labels",
        tissues: compareMedians(reference, ofShuffled, top),
      },
    ];
    await writeChecks(context.folder, results, {
      top,
      genes,
      samples: samples.length,
      draws: parameters.draws,
      shuffledNetwork: shuffled.scores,
    });
    warnOfUnlearntLabels(context, shuffled.scores.train_accuracy);
    return { verdict: formatVerdict(results), backend: backend.description };
  },
});

/** A network whose explanations are compared, made when its turn comes. */
interface ExplainedNetwork {
  /** What the progress bar calls it. */
  readonly words: string;
  /** Networks explained with the same draws differ by themselves alone. */
  readonly stream: "draws" | "rerun";
  readonly weights: () =>
    | readonly WeightValues[]
    | Promise<readonly WeightValues[]>;
}

/** Below this share of the labels learnt, the last check says little. */
const ENOUGH_LEARNT = 0.5;

/** A network that has not learnt the shuffled labels has learnt nothing. */
function warnOfUnlearntLabels(
  context: Pick<StageContext, "warn">,
  accuracy: number,
): void {
  if (accuracy >= ENOUGH_LEARNT) return;
  context.warn(
    `The network learnt only ${Math.round(100 * accuracy)} % of the ` +
      "shuffled training labels, so that check compares with a network that " +
      "has learnt little: more --checks.epochs would make it sharper.",
  );
}
