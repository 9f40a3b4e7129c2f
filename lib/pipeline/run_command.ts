/** A command from its arguments to its exit status. */

import { DONE } from "../cli/exit_status.ts";
import { processTerminal } from "../cli/process_output.ts";
import type { Terminal } from "../cli/terminal.ts";
import { ALL } from "./flag_names.ts";
import { formatHelp } from "./help.ts";
import type { Pipeline } from "./pipeline.ts";
import { reportError } from "./report_error.ts";
import { type CommandRequest, readRequest } from "./request.ts";
import { runAllStages, runOneStage } from "./run_stages.ts";
import { checkWritable } from "./writable.ts";

/**
 * Runs a command. Never throws: what goes wrong is one or two lines on
 * `terminal.err` and an exit status.
 *
 * @returns 0 done, 1 failed while running, 2 bad usage or bad input.
 */
export async function runCommand(
  pipeline: Pipeline,
  command: string,
  args: readonly string[],
  terminal: Terminal = processTerminal,
): Promise<number> {
  let request: CommandRequest | undefined;
  try {
    request = await readRequest(pipeline, command, args);
    if (request === undefined) {
      terminal.out(formatHelp(pipeline, command));
      return DONE;
    }
    await checkWritable(request.runFolder, command, request.given);
    if (!request.quiet) request.notes.forEach((note) => terminal.err(note));
    await (command === ALL ? runAllStages : runOneStage)(request, terminal);
    return DONE;
  } catch (error) {
    return reportError(error, { command, args, request }, terminal);
  }
}
