/** Commands beside the pipeline, such as `verify`, with flags of their own. */

import { DONE } from "../cli/exit_status.ts";
import { type GivenValues, readFlags } from "../cli/flags.ts";
import type { Parameters } from "../cli/parameters.ts";
import { LAUNCHER } from "../cli/shell.ts";
import type { Terminal } from "../cli/terminal.ts";
import { escapeControls } from "../cli/text.ts";
import { describeFlags } from "./help.ts";
import type { Pipeline } from "./pipeline.ts";
import { reportError } from "./report_error.ts";
import { refuseLateSafe } from "./safe_mode.ts";

/**
 * Makes such a command, which never throws.
 *
 * @param about What it does, in lines.
 * @param statuses What its exit statuses mean.
 */
export function sideCommand(
  name: string,
  flags: Parameters,
  about: readonly string[],
  statuses: string,
  run: (p: Pipeline, given: GivenValues, terminal: Terminal) => Promise<number>,
) {
  return async (
    pipeline: Pipeline,
    args: readonly string[],
    terminal: Terminal,
  ): Promise<number> => {
    let given: GivenValues = new Map();
    try {
      given = readFlags(args, flags, name);
      if (given.get("help") !== true) {
        refuseLateSafe(name, given);
        return await run(pipeline, given, terminal);
      }
      terminal.out([
        `${LAUNCHER} ${name} [flags]`,
        "",
        ...about,
        "",
        ...describeFlags(flags),
        "",
        `Exit status: ${statuses}.`,
      ].join("\n"));
      return DONE;
    } catch (error) {
      const run = given.get("run");
      const request = run === undefined
        ? undefined
        : { runFolder: String(run), given };
      const status = reportError(
        error,
        { command: name, args, request },
        terminal,
      );
      if (given.get("debug") === true) describeCause(error, terminal);
      return status;
    }
  };
}

/** Says what an error was made from; no line of it begins as this program's. */
function describeCause(error: unknown, terminal: Terminal): void {
  if (!(error instanceof Error) || error.cause === undefined) return;
  const { cause } = error;
  const text = cause instanceof Error && cause.stack || String(cause);
  const lines = text.split("\n").map((line) => `  ${escapeControls(line)}`);
  terminal.err(["It was made from:", ...lines].join("\n"));
}
