/** A command from its arguments to its exit status. */

import manifest from "../../deno.json" with { type: "json" };
import { InputError, RunError } from "../run/errors.ts";
import { quoteForShell } from "../run/shell.ts";
import { commandInRun } from "./commands_again.ts";
import { writeHelp } from "./help.ts";
import { ALL } from "./known_names.ts";
import { readRequest, type Request } from "./request.ts";
import { runAllStages, runOneStage, StageFailure } from "./run_stages.ts";
import type { Study } from "./study.ts";
import { explainSystemError } from "./system_error.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

/** Exit statuses. */
const DONE = 0, FAILED = 1, BAD_INPUT = 2;

/**
 * Runs a command. Never throws: what goes wrong is one or two lines on
 * `terminal.err` and an exit status.
 *
 * @param study The study.
 * @param command A stage's name, or `all`.
 * @param args The command's arguments.
 * @param terminal Where it speaks.
 * @returns 0 done, 1 failed while running, 2 bad usage or bad input.
 */
export async function runCommand(
  study: Study,
  command: string,
  args: readonly string[],
  terminal: Terminal = processTerminal,
): Promise<number> {
  try {
    const request = await readRequest(study, command, args);
    if (request === undefined) {
      terminal.out(writeHelp(study, command));
      return DONE;
    }
    await checkWritable(request, args);
    await (command === ALL ? runAllStages : runOneStage)(
      study,
      request,
      terminal,
    );
    return DONE;
  } catch (error) {
    return tellError(error, command, args, terminal);
  }
}

/** Tells an error in one line, with what mends it in a second one. */
function tellError(
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

/**
 * Sees to it, before any work is done, that the run's folder may be written.
 * At a terminal Deno asks the user.
 *
 * @throws {InputError} If it may not.
 */
async function checkWritable(
  request: Request,
  args: readonly string[],
): Promise<void> {
  if (request.dryRun) return;
  const wanted = { name: "write", path: request.runFolder } as const;
  let { state } = await Deno.permissions.query(wanted);
  if (state === "prompt" && Deno.stdin.isTerminal()) {
    ({ state } = await Deno.permissions.request(wanted));
  }
  if (state === "granted") return;
  const tasks: Record<string, { command: string }> = manifest.tasks;
  const allowed = tasks[request.command]?.command.replace(
    /--allow-write=\S+/,
    `--allow-write=${quoteForShell(request.runFolder)}`,
  );
  throw new InputError(
    `Cannot write to ${request.runFolder}: a task may write below reports/ only`,
    allowed && [allowed, ...args.map(quoteForShell)].join(" "),
  );
}

/** Deno's messages go on with hints about its own flags. */
function firstLine(message: string): string {
  return message.split("\n", 1)[0].trim() || "an error without a message";
}
