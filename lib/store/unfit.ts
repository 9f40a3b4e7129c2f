/** Refuses a stage's file that does not fit what its stage writes. */

import { InputError, rerun } from "../cli/errors.ts";

/**
 * The error for a file that was changed by hand: its stage is to be run again.
 *
 * @param file From the run's folder: `cnn/metrics.json`.
 * @param problem What it must be, in words.
 */
export function unfit(file: string, problem: string): InputError {
  const stage = file.slice(0, file.indexOf("/"));
  return new InputError(
    `Cannot read ${file}: ${problem}`,
    rerun(stage, { force: true }),
  );
}
