/** The command that says what a run will take, before it is started. */

import { DONE } from "../cli/exit_status.ts";
import { readFlags } from "../cli/flags.ts";
import { LAUNCHER } from "../cli/shell.ts";
import type { Terminal } from "../cli/terminal.ts";
import { importLate } from "../import_late.ts";
import { checkValues } from "../pipeline/check_values.ts";
import { ALL, flagsOf } from "../pipeline/flag_names.ts";
import { describeFlags } from "../pipeline/help.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { reportError } from "../pipeline/report_error.ts";
import { type CommandRequest, readRequest } from "../pipeline/request.ts";
import { refuseLateSafe } from "../pipeline/safe_mode.ts";
import { DOCTOR } from "./command_name.ts";

/**
 * Says what the machine has and, with `--input`, what is in the input and what
 * a run on it will take. Writes nothing and never throws.
 *
 * @returns 0 done, 1 failed, 2 bad usage or bad input.
 */
export async function doctorCommand(
  pipeline: Pipeline,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  let request: CommandRequest | undefined;
  try {
    // In this command's own name, for what is no flag.
    const given = readFlags(args, flagsOf(pipeline, ALL), DOCTOR);
    if (given.get("help") === true) {
      terminal.out(formatHelp(pipeline));
      return DONE;
    }
    refuseLateSafe(DOCTOR, given);
    request = (await readRequest(pipeline, ALL, args))!;
    await checkValues(request.stages);
    // Its packages are loaded for what is measured, not for the help.
    const { examine } = await importLate<typeof import("./examine.ts")>(
      new URL("./examine.ts", import.meta.url),
    );
    await examine(request, terminal);
    return DONE;
  } catch (error) {
    return reportError(error, { command: ALL, args, request }, terminal);
  }
}

function formatHelp(pipeline: Pipeline): string {
  return [
    `${LAUNCHER} ${DOCTOR} [flags]`,
    "",
    "Shows what this machine has for a run: Deno, memory, disk, graphics. With",
    "--input it also reads the input as prepare does, says what is in it, and",
    "foretells time, memory and disk of each stage from a measurement of about",
    "half a minute. It writes nothing.",
    "",
    "Flags of the input",
    ...describeFlags(pipeline.inputs.parameters),
    "",
    `All other flags are those of ${LAUNCHER} ${ALL}: give those of the run.`,
    "",
    "Exit status: 0 done, 1 failed, 2 bad usage or bad input.",
  ].join("\n");
}
