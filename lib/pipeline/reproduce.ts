/** One of a stage's values recomputed, to be looked at. */

import { InputError, rerun, RunError } from "../cli/errors.ts";
import { silentProgress } from "../cli/progress.ts";
import { formatCommand } from "../cli/shell.ts";
import { besideName, type Terminal } from "../cli/terminal.ts";
import { readRecord } from "../store/record.ts";
import type { StageRequest } from "./request.ts";
import { readingContext } from "./stage_context.ts";

/**
 * Recomputes the value with the parameters and the seed that the stage's
 * record holds, and says what came out.
 *
 * @param request The stage; its values do not matter.
 * @throws {InputError} If the stage has not run.
 * @throws {RunError} If it did not come out as the stage wrote it.
 */
export async function reproduceValue(
  request: StageRequest,
  which: number,
  terminal: Terminal,
): Promise<void> {
  const { stage: { reproduce, name }, runFolder, settings } = request;
  const record = await readRecord(runFolder, name);
  if (record === undefined || reproduce === undefined) {
    throw new InputError(
      `Cannot recompute a value of ${name}: it has not run in ${runFolder}`,
      rerun(name),
    );
  }
  const recorded: StageRequest = {
    ...request,
    values: record.parameters,
    settings: { ...settings, seed: record.seeds.master },
  };
  const { lines, same } = await reproduce.run(
    readingContext(recorded, { progress: silentProgress }),
    which,
  );
  terminal.out(besideName(name, lines.join("\n")));
  if (same) return;
  throw new RunError(
    `${name} --${reproduce.flag} ${which} did not come out as recorded`,
    formatCommand("verify", [["run", runFolder]]),
  );
}
