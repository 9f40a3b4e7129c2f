/** The flag `--safe`: without V8's flags for speed. */

import { hasWideVectors } from "../backend/v8_flags.ts";
import { InputError } from "../cli/errors.ts";
import type { GivenValues } from "../cli/flags.ts";
import { formatCommand } from "../cli/shell.ts";

/**
 * Refuses `--safe` where V8's flags are on, for they are chosen before the
 * program begins.
 *
 * @throws {InputError} With the command that does what was asked for.
 */
export function refuseLateSafe(command: string, given: GivenValues): void {
  if (given.get("safe") !== true || !hasWideVectors()) return;
  throw new InputError(
    `Cannot turn V8's flags for speed off by --safe: ${command} was started ` +
      "with them, and a task without them should have been",
    formatCommand(command, given),
  );
}
