/** A run's folder that the stage `checks` can run in. */

import { checksStage } from "../../lib/sanity_checks/stage.ts";
import type { StageOutcome } from "../../lib/pipeline/stage.ts";
import { writeTable } from "../../lib/store/csv.ts";
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

const drawRules = { alphas: "steep", backgrounds: "balanced" };

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
  await Deno.writeTextFile(
    `${study.path}/shap/explained.csv`,
    writeTable(
      ["sample_id", "tissue", "predicted"],
      (await study.table("cnn/predictions.csv"))
        .filter(({ split }) => split === "test"),
    ),
  );
  return study;
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
