/** Commands as a user types them. */

import { quoteForShell } from "../cli/shell.ts";
import { code } from "./markdown.ts";

export function taskCommand(task: string, folder: string): string {
  return `deno task ${task} --run ${quoteForShell(folder)}`;
}

/**
 * A flag that this run was made without, for the start of a sentence on what
 * it would do. No folder is named, so that the report of the same run made
 * again is the same.
 *
 * @param flags With their values, in the form of `deno task all`.
 */
export function withFlag(flags: string): string {
  return `${code(flags)}, added to [the command at the ` +
    `end](#the-command-that-makes-it-again),`;
}
