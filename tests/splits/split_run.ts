/** Runs of the stage `splits` in a small study. */

import type { Values } from "../../lib/cli/parameters.ts";
import { prepareParameters } from "../../lib/prepare/parameters.ts";
import { shapParameters } from "../../lib/shap/parameters.ts";
import { splitsStage } from "../../lib/splits/stage.ts";
import { openCheckpointStore } from "../../lib/store/checkpoint_store.ts";
import { quickTraining, StudyFolder } from "../cnn/run_folder.ts";
import { formatRows } from "../tables.ts";

const TRAINING = { ...quickTraining, epochs: 4, ensemble: 2 };

function defaults(
  parameters: Readonly<Record<string, { readonly default: unknown }>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { default: value }]) => [
      name,
      value,
    ]),
  );
}

/** A study whose networks are trained, with the flags of the other stages. */
export async function makeStudy(
  groupOf?: (row: number) => string,
): Promise<StudyFolder> {
  const study = await StudyFolder.make();
  await study.train(TRAINING);
  if (groupOf !== undefined) {
    const samples = await study.table("prepare/samples.csv");
    samples.forEach((sample, row) => sample.group = groupOf(row));
    await Deno.writeTextFile(
      `${study.path}/prepare/samples.csv`,
      formatRows(Object.keys(samples[0]), samples),
    );
  }
  const flags = {
    prepare: defaults(prepareParameters),
    cnn: TRAINING,
    shap: { ...defaults(shapParameters), draws: 10, top: 4 },
    panels: { sizes: ["1", "3"], sets: 9, repeats: 2 },
  };
  for (const [stage, parameters] of Object.entries(flags)) {
    await Deno.mkdir(`${study.path}/${stage}`, { recursive: true });
    await Deno.writeTextFile(
      `${study.path}/${stage}/stage.json`,
      JSON.stringify({ parameters }),
    );
  }
  return study;
}

/** Runs the stage with checkpoints on the disk, which workers need. */
export async function repeat(
  study: StudyFolder,
  splits: number,
  { threads = 1, folder = "splits", say = (_line: string) => {} } = {},
) {
  const values: Values<typeof splitsStage.parameters> = { splits };
  const context = await study.context("splits", values, threads, folder);
  const streams = new Set<string>();
  const outcome = await splitsStage.run({
    ...context,
    seedOf: (name) => {
      streams.add(name);
      return context.seedOf(name);
    },
    say,
    checkpoints: () => openCheckpointStore(study.path, "splits", "key"),
  });
  return { ...outcome, streams };
}
