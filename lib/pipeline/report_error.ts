/** What a user is told of an error, and the exit status that goes with it. */

import { InputError, RunError } from "../cli/errors.ts";
import { commandInRun } from "./rerun_command.ts";
import { BAD_INPUT, FAILED } from "../cli/exit_status.ts";
import { StageFailure } from "./stage_failure.ts";
import { explainSystemError } from "../cli/system_error.ts";
import type { Terminal } from "../cli/terminal.ts";

/**
 * Tells an error in one line, with what mends it in a second one.
 *
 * @param thrown Whatever was thrown.
 * @param command The command that failed.
 * @param args The command's arguments.
 * @param terminal Where to tell it.
 * @returns The exit status.
 */
export function reportError(
  thrown: unknown,
  command: string,
  args: readonly string[],
  terminal: Terminal,
): number {
  const error = thrown instanceof StageFailure ? thrown.cause : thrown;
  const place = thrown instanceof StageFailure ? thrown.stage : command;
  const { message, remedy } = describeError(error, place);
  terminal.err(message);
  if (remedy !== undefined) {
    terminal.err(
      `  try: ${
        thrown instanceof StageFailure
          ? commandInRun(remedy, thrown.runFolder)
          : remedy
      }`,
    );
  }
  if (args.includes("--debug") && error instanceof Error) {
    terminal.err(error.stack ?? "");
  }
  return error instanceof InputError ? BAD_INPUT : FAILED;
}

/** The error's line, and what mends it. */
function describeError(
  error: unknown,
  place: string,
): { message: string; remedy?: string } {
  if (error instanceof InputError || error instanceof RunError) return error;
  const failed = `Cannot finish ${place}`;
  const system = explainSystemError(error);
  if (system !== undefined) {
    return { message: `${failed}: ${system.what}`, remedy: system.remedy };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { message: `${failed}: ${firstLine(message)}` };
}

/** Deno's messages go on with hints about its own flags. */
function firstLine(message: string): string {
  return message.split("\n", 1)[0].trim() || "an error without a message";
}
