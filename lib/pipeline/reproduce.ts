/** One of a stage's values made again, to be looked at. */

import { readingContext } from "./stage_context.ts";
import { InputError, RunError } from "../cli/errors.ts";
import { silentProgress } from "../cli/progress.ts";
import { readRecord } from "../store/record.ts";
import { quoteForShell } from "../cli/shell.ts";
import { commandForStage } from "./rerun_command.ts";
import type { StageRequest } from "./staleness.ts";
import type { Pipeline } from "./pipeline.ts";
import { besideName, type Terminal } from "../cli/terminal.ts";

/**
 * Makes the value again with the parameters and the seed that the stage's
 * record holds, and says what came out.
 *
 * @param study The study.
 * @param asked The stage; its values do not matter.
 * @param which Which value.
 * @param terminal Where to say it.
 * @throws {InputError} If the stage has not run.
 * @throws {RunError} If it did not come out as the stage wrote it.
 */
export async function reproduceValue(
  study: Pipeline,
  { stage, runFolder, settings }: StageRequest,
  which: number,
  terminal: Terminal,
): Promise<void> {
  const { reproduce, name } = stage;
  const record = await readRecord(runFolder, name);
  if (record === undefined || reproduce === undefined) {
    throw new InputError(
      `Cannot make a value of ${name} again: it has not run in ${runFolder}`,
      await commandForStage(study, runFolder, name, settings.seed),
    );
  }
  const { lines, same } = await reproduce.run(
    readingContext({
      pipeline: study,
      stage,
      runFolder,
      values: { ...record.parameters },
      settings: { ...settings, seed: record.seeds.master },
      progress: silentProgress,
      onWarning: () => {},
      onResume: () => {},
      commandFor: (other) =>
        commandForStage(study, runFolder, other, record.seeds.master),
    }),
    which,
  );
  terminal.out(besideName(name, lines.join("\n")));
  if (same) return;
  throw new RunError(
    `${name} --${reproduce.flag} ${which} did not come out as recorded`,
    `deno task verify --run ${quoteForShell(runFolder)}`,
  );
}
