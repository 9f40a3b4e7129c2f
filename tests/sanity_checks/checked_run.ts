/** A run's folder that the stage `checks` can run in. */

import { checksStage } from "../../lib/sanity_checks/stage.ts";
import type { StageOutcome } from "../../lib/pipeline/stage.ts";
import { metrics, predictions } from "../../lib/cnn/outputs.ts";
import {
  quickTraining,
  StudyFolder,
  type StudyOptions,
} from "../cnn/run_folder.ts";

/** What the test chooses. */
export interface CheckChoices {
  readonly samples?: number;
  readonly draws?: number;
  readonly epochs?: number;
  readonly threads?: number;
  /** Where the stage writes; default `checks`. */
  readonly folder?: string;
}

const drawRules = {
  alphas: "importance",
  backgrounds: "balanced",
  control: "background",
  output: "probability",
};

/** A study with a trained network, and what the checks read of stage shap. */
export async function makeCheckedStudy(
  options: StudyOptions = {},
  training: Partial<typeof quickTraining> = {},
): Promise<StudyFolder> {
  const study = await StudyFolder.make(options);
  const parameters = { ...quickTraining, ...training };
  await study.train(parameters);
  const write = (name: string, value: unknown) =>
    Deno.writeTextFile(`${study.path}/${name}`, JSON.stringify(value));
  await write("cnn/stage.json", { parameters });
  await Deno.mkdir(`${study.path}/shap`);
  await write("shap/stage.json", { parameters: drawRules });
  return study;
}

/** Writes `predictions.csv` with some samples only. */
export async function writePredictions(
  study: StudyFolder,
  rows: readonly Record<string, string>[],
): Promise<void> {
  await Deno.writeTextFile(
    `${study.path}/${predictions.file}`,
    predictions.format(
      rows.map(({ sample_id, tissue, predicted }) => ({
        sample_id,
        split: "test",
        tissue,
        predicted,
        probability: 1,
      })),
    ),
  );
}

/** Runs the stage. */
export async function check(
  study: StudyFolder,
  choices: CheckChoices = {},
): Promise<StageOutcome> {
  const { samples = 5, draws = 30, epochs = 0 } = choices;
  return await checksStage.run(
    await study.context(
      "checks",
      { samples, draws, epochs },
      choices.threads ?? 1,
      choices.folder ?? "checks",
    ),
  );
}

/** Writes a `metrics.json` of a network that was trained for some epochs. */
export async function writeMetrics(
  study: StudyFolder,
  epochs: number,
): Promise<void> {
  await Deno.writeTextFile(
    `${study.path}/${metrics.file}`,
    metrics.format({
      macro_f1: null,
      accuracy: null,
      balanced_accuracy: null,
      test_samples: 0,
      tissues: null,
      confusion: null,
      baselines: null,
      swaps: null,
      kept_epoch: epochs,
      epochs,
      updates: epochs,
      batches_an_epoch: 1,
      batch_norm_statistics: "recomputed",
      n_parameters: 1,
      image_side: 1,
      folds: 1,
      ensemble: 1,
      multiply_adds: 1,
      networks: [],
    }),
  );
}
