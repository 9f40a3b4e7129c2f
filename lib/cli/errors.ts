/** The two ways in which a command fails, each with its exit status. */

import type { ParameterValue } from "./parameters.ts";
import { formatCommand } from "./shell.ts";

/** A command that fixes a problem; it is completed for the user's run. */
export interface Rerun {
  readonly stage: string;
  readonly flags: Readonly<Record<string, ParameterValue>>;
}

/** What fixes a problem: a command, or a short instruction. */
export type Remedy = Rerun | string;

/**
 * The remedy that is to run a stage again.
 *
 * @param flags What to change: the stage's own flags, without dashes, or
 * `force`.
 */
export function rerun(stage: string, flags: Rerun["flags"] = {}): Rerun {
  return { stage, flags };
}

/** An error that is printed in one line, with a remedy in a second. */
class ExplainedError extends Error {
  /** The command that fixes it, if a command does. */
  readonly rerun?: Rerun;
  /** What fixes it, in words or as a command that names no run. */
  readonly remedy?: string;

  /** @param message The failed action, a colon, what is and what should be. */
  constructor(message: string, remedy?: Remedy) {
    super(message);
    if (typeof remedy === "object") {
      this.rerun = remedy;
      this.remedy = formatCommand(remedy.stage, Object.entries(remedy.flags));
    } else {
      this.remedy = remedy;
    }
  }
}

/**
 * Bad usage or bad input: the user can fix it. The command exits with 2 and
 * has written nothing.
 */
export class InputError extends ExplainedError {
  override name = "InputError";
}

/**
 * A stage failed while it ran (device lost, disk full, divergence). The
 * command exits with 1; what earlier stages made is untouched.
 */
export class RunError extends ExplainedError {
  override name = "RunError";
}
