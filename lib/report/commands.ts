/** Commands as a user types them. */

import { quoteForShell } from "../cli/shell.ts";

/**
 * The command that runs one task on a run.
 *
 * @param task The task's name, such as `clusters`.
 * @param folder The run's folder; the default one is left out.
 */
export function taskCommand(task: string, folder: string): string {
  return folder === "reports/demo"
    ? `deno task ${task}`
    : `deno task ${task} --run ${quoteForShell(folder)}`;
}
