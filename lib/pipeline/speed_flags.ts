/** V8's flags for speed in the command of a task. */

import { V8_FLAGS } from "../backend/v8_flags.ts";

/**
 * A task's command with V8's flags themselves where it asks a program for them:
 * not every shell would do so, and without a shell nobody does.
 *
 * @param command As in `deno.json`; one that asks for no flags stays as it is.
 * @param isOn Whether to give the flags.
 */
export function nameSpeedFlags(command: string, isOn: boolean): string {
  return command.replace(
    /\$\([^)]*\) /,
    isOn ? `--v8-flags=${V8_FLAGS} ` : "",
  );
}
