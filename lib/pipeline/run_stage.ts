/** Runs one stage of a run and puts its folder into its place. */

import { InputError } from "../cli/errors.ts";
import { stageProgress } from "../cli/progress.ts";
import { besideName, type Terminal } from "../cli/terminal.ts";
import { escapeControls } from "../cli/text.ts";
import { clearCheckpoints } from "../store/checkpoint_store.ts";
import { TIMINGS_FILE } from "../store/run_paths.ts";
import { checkStageFolder } from "../store/check_stage_folder.ts";
import { StageFolder } from "../store/stage_folder.ts";
import type { CommandRequest, StageRequest } from "./request.ts";
import { runStage } from "./stage_context.ts";
import { StageFailure } from "./stage_failure.ts";
import { formatTimings, readTimings } from "./timings.ts";

/**
 * Runs a stage and says its verdict. If it fails, what was there before is
 * untouched.
 *
 * @throws {StageFailure} Whatever went wrong.
 */
export async function executeStage(
  command: CommandRequest,
  request: StageRequest,
  terminal: Terminal,
): Promise<void> {
  const { stage, runFolder } = request;
  try {
    await checkStageFolder(runFolder, stage);
    const verdict = await runInFolder(command, request, terminal);
    command.config.keep(stage);
    if (!command.quiet) terminal.out(besideName(stage.name, verdict));
  } catch (error) {
    throw new StageFailure(stage.name, error);
  }
}

async function runInFolder(
  command: CommandRequest,
  request: StageRequest,
  terminal: Terminal,
): Promise<string> {
  const start = performance.now();
  const { stage, runFolder, pipeline } = request;
  const { quiet, config } = command;
  const folder = await StageFolder.open(runFolder, stage);
  const stages = pipeline.stages.map(({ name }) => name);
  terminal.begins?.({ stage: stage.name, runFolder, stages });
  const note = (text: string) => {
    if (!quiet) terminal.err(besideName(stage.name, text));
  };
  try {
    await readTimings(runFolder);
    await config.write();
    if (command.force) await clearCheckpoints(runFolder, stage.name);
    const { outcome } = await orFirstStrayError(
      runStage(request, folder, {
        progress: stageProgress(stage.name, quiet),
        onLine: note,
        onWarning: (message) => note(`note: ${message}`),
        onResume: () => note("goes on from where it was interrupted"),
      }),
    );
    const seconds = Math.round(performance.now() - start) / 1000;
    // Into its place with the stage, and in no record: times differ.
    await folder.writeBeside(
      TIMINGS_FILE,
      await formatTimings(runFolder, stages, stage.name, seconds),
    );
    for (const path of await folder.commit()) {
      note(
        `note: ${escapeControls(path)} was put there meanwhile and is kept`,
      );
    }
    return `${outcome.verdict} (${seconds.toFixed(1)} s)`;
  } catch (error) {
    // What was refused is not remembered.
    if (error instanceof InputError) await config.takeBack();
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
