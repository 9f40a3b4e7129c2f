/** One of a stage's values made again, to be looked at. */

import { readingContext } from "../run/context.ts";
import { InputError, RunError } from "../run/errors.ts";
import { silentProgress } from "../run/progress.ts";
import { readRecord } from "../run/record.ts";
import { quoteForShell } from "../run/shell.ts";
import { commandForStage } from "./commands_again.ts";
import type { AskedStage } from "./currency.ts";
import type { Study } from "./study.ts";
import { besideName, type Terminal } from "./terminal.ts";

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
export async function redoValue(
  study: Study,
  { stage, runFolder, settings }: AskedStage,
  which: number,
  terminal: Terminal,
): Promise<void> {
  const { redo, name } = stage;
  const record = await readRecord(runFolder, name);
  if (record === undefined || redo === undefined) {
    throw new InputError(
      `Cannot make a value of ${name} again: it has not run in ${runFolder}`,
      await commandForStage(study, runFolder, name, settings.seed),
    );
  }
  const { lines, same } = await redo.run(
    readingContext({
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
    `${name} --${redo.flag} ${which} did not come out as recorded`,
    `deno task verify --run ${quoteForShell(runFolder)}`,
  );
}
