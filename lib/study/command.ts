/** The commands of this suite's study. */

import { ALL } from "./known_names.ts";
import { runCommand } from "./run_command.ts";
import { study } from "./stages.ts";

/**
 * Runs one stage as `deno task <stage>` does.
 *
 * @param stage The stage's name.
 * @param args The command's arguments.
 * @returns The exit status.
 */
export function runStageCommand(
  stage: string,
  args: readonly string[],
): Promise<number> {
  return runCommand(study, stage, args);
}

/** Runs every stage that is not up to date, as `deno task all` does. */
export function runAllCommand(args: readonly string[]): Promise<number> {
  return runCommand(study, ALL, args);
}
