/** Runs one stage of a run, from its temporary folder to its place. */

import { runStage } from "./stage_context.ts";
import { StageFolder } from "../store/stage_folder.ts";
import { clearCheckpoints } from "../store/checkpoint_store.ts";
import type { ParameterValue } from "../cli/parameters.ts";
import { terminalProgress } from "../cli/progress.ts";
import type { Stage } from "./stage.ts";
import { commandForStage } from "./rerun_command.ts";
import type { Request } from "./request.ts";
import type { Pipeline } from "./pipeline.ts";
import { besideName, type Terminal } from "../cli/terminal.ts";
import { TIMINGS_FILE, writeTimings } from "./timings.ts";

/** A stage that has run. */
export interface Executed {
  readonly verdict: string;
  readonly seconds: number;
}

/**
 * Runs a stage and puts its folder into its place. If it fails, what was
 * there before is untouched.
 *
 * @param study The study.
 * @param request The command.
 * @param stage The stage, with every parameter that it takes.
 * @param values The stage's values.
 * @param terminal Told of warnings as they come.
 */
export async function executeStage(
  study: Pipeline,
  request: Request,
  stage: Stage,
  values: Readonly<Record<string, ParameterValue>>,
  terminal: Terminal,
): Promise<Executed> {
  const start = performance.now();
  const { runFolder, settings, quiet } = request;
  const folder = await StageFolder.open(
    runFolder,
    stage.name,
    `deno task ${request.command}`,
  );
  terminal.begins?.({
    stage: stage.name,
    runFolder,
    stages: study.stages.map(({ name }) => name),
  });
  try {
    if (request.force) await clearCheckpoints(runFolder, stage.name);
    const { outcome } = await orFirstStrayError(runStage({
      pipeline: study,
      stage,
      values,
      settings,
      folder,
      progress: terminalProgress(quiet),
      onWarning: (message) => {
        if (!quiet) terminal.err(besideName(stage.name, `note: ${message}`));
      },
      onResume: () => {
        if (!quiet) {
          terminal.err(besideName(
            stage.name,
            "goes on from where an earlier command was broken off",
          ));
        }
      },
      commandFor: (name) =>
        commandForStage(study, runFolder, name, settings.seed),
    }));
    const seconds = Math.round(performance.now() - start) / 1000;
    // Into its place with the stage, and in no record: times differ.
    await folder.writeBeside(
      TIMINGS_FILE,
      await writeTimings(runFolder, stage.name, seconds),
    );
    await folder.commit();
    return { verdict: outcome.verdict, seconds };
  } catch (error) {
    await folder.discard();
    throw error;
  }
}

/** Fails with an error that nobody awaits, too, such as that of a timer. */
async function orFirstStrayError<Result>(
  work: Promise<Result>,
): Promise<Result> {
  const stray = Promise.withResolvers<never>();
  const onError = (event: ErrorEvent) => {
    event.preventDefault();
    stray.reject(event.error);
  };
  const onRejection = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    stray.reject(event.reason);
  };
  addEventListener("error", onError);
  addEventListener("unhandledrejection", onRejection);
  try {
    return await Promise.race([work, stray.promise]);
  } finally {
    removeEventListener("error", onError);
    removeEventListener("unhandledrejection", onRejection);
  }
}
