/** Runs one stage of a run, from its temporary folder to its place. */

import { runStage } from "../run/context.ts";
import { StageFolder } from "../run/folder.ts";
import type { ParameterValue } from "../run/parameters.ts";
import { terminalProgress } from "../run/progress.ts";
import type { Stage } from "../run/stage.ts";
import { commandForStage } from "./commands_again.ts";
import type { Request } from "./request.ts";
import type { Study } from "./study.ts";
import { besideName, type Terminal } from "./terminal.ts";
import { recordSeconds } from "./timings.ts";

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
  study: Study,
  request: Request,
  stage: Stage,
  values: Readonly<Record<string, ParameterValue>>,
  terminal: Terminal,
): Promise<Executed> {
  const start = performance.now();
  const { runFolder, settings, quiet } = request;
  const folder = await StageFolder.open(runFolder, stage.name);
  let verdict: string;
  try {
    const { outcome } = await orFirstStrayError(runStage({
      stage,
      values,
      settings,
      folder,
      progress: terminalProgress(quiet),
      onWarning: (message) => {
        if (!quiet) terminal.err(besideName(stage.name, `note: ${message}`));
      },
      commandFor: (name) =>
        commandForStage(study, runFolder, name, settings.seed),
    }));
    verdict = outcome.verdict;
    await folder.commit();
  } catch (error) {
    await folder.discard();
    throw error;
  }
  const seconds = Math.round(performance.now() - start) / 1000;
  await recordSeconds(runFolder, stage.name, seconds);
  return { verdict, seconds };
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
