/** What is printed of an error, and the exit status that goes with it. */

import { commonParameters } from "../cli/common_flags.ts";
import { InputError, type Rerun, RunError } from "../cli/errors.ts";
import { BAD_INPUT, FAILED } from "../cli/exit_status.ts";
import { formatCommand } from "../cli/shell.ts";
import { explainSystemError } from "../cli/system_error.ts";
import { escapeControls } from "../cli/text.ts";
import type { Terminal } from "../cli/terminal.ts";
import { ALL, fullName } from "./flag_names.ts";
import type { CommandRequest } from "./request.ts";
import { StageFailure } from "./stage_failure.ts";

export interface FailedCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** The run's folder and the flags, if they could be read. */
  readonly request?:
    & Pick<CommandRequest, "runFolder">
    & Partial<Pick<CommandRequest, "pipeline" | "given">>;
}

/** Says an error in one line, and what fixes it in a second one. */
export function reportError(
  thrown: unknown,
  failed: FailedCommand,
  terminal: Terminal,
): number {
  const [error, where] = thrown instanceof StageFailure
    ? [thrown.cause, thrown.stage]
    : [thrown, failed.command];
  const { message, remedy, rerun } = describeFault(thrown, failed) ??
    describeError(error, where);
  terminal.err(message);
  if (remedy !== undefined) {
    terminal.err(
      `  try: ${rerun === undefined ? remedy : completeCommand(rerun, failed)}`,
    );
  }
  if (failed.args.includes("--debug") && error instanceof Error) {
    terminal.err(error.stack ?? "");
  }
  return error instanceof InputError ? BAD_INPUT : FAILED;
}

/** The command that fixes it, for this run and with the flags as given. */
function completeCommand(
  { stage, flags }: Rerun,
  { command, request }: FailedCommand,
): string {
  const { runFolder, pipeline, given } = request ?? {};
  const changes = Object.entries(flags);
  const isCommon = changes.some(([name]) =>
    Object.hasOwn(commonParameters, name)
  );
  const run = runFolder === undefined ? [] : [["run", runFolder] as const];
  if (pipeline && given && command === ALL && !isCommon) {
    const full = changes.map(([name, value]) =>
      [fullName(pipeline, stage, name), value] as const
    );
    return formatCommand(ALL, new Map([...run, ...given, ...full]));
  }
  const same = command === stage ? given ?? [] : [];
  return formatCommand(stage, new Map([...run, ...same, ...changes]));
}

/** Errors of the language itself, which no stage throws on purpose. */
const FAULTS = [TypeError, RangeError, ReferenceError, SyntaxError, EvalError];

/** Describes what a stage did not expect; undefined for any other error. */
function describeFault(
  thrown: unknown,
  { request }: FailedCommand,
): { message: string; remedy: string; rerun?: undefined } | undefined {
  if (!(thrown instanceof StageFailure) || request === undefined) return;
  const { stage, cause: error } = thrown;
  const isFault = FAULTS.some((fault) => error instanceof fault);
  if (!isFault || explainSystemError(error) !== undefined) return;
  const { name, message } = error as Error;
  return {
    message: `Cannot finish ${stage}: a fault of this program, or a file of ` +
      `${request.runFolder} that was changed by hand (${name}: ${
        escapeControls(firstLine(message))
      }; --debug shows where)`,
    remedy: formatCommand(ALL, [["run", request.runFolder], ["force", true]]),
  };
}

function describeError(
  error: unknown,
  where: string,
): { message: string; remedy?: string; rerun?: Rerun } {
  if (error instanceof InputError || error instanceof RunError) return error;
  const failed = `Cannot finish ${where}`;
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
