/** The worker that a command's work is done in. */

import "../sandbox.ts";
import { DOCTOR } from "../doctor/command_name.ts";
import { doctorCommand } from "../doctor/doctor_command.ts";
import { CLEAN, cleanCommand } from "./clean_command.ts";
import { VERIFY } from "./verify/command_name.ts";
import { runCommand } from "./run_command.ts";
import { pipeline } from "./stages.ts";
import { processTerminal, statusWith } from "../cli/process_output.ts";
import type { Begun, Terminal } from "../cli/terminal.ts";
import { importLate } from "../import_late.ts";

/** What the worker is asked to do. */
export interface ToCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/** What it answers: each stage as it begins, and the exit status. */
export type FromCommand =
  | { readonly begun: Begun }
  | { readonly status: number };

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<ToCommand>) => void;
  postMessage(message: FromCommand): void;
  close(): void;
};

// If the worker ended without an answer, the command would wait forever.
const refuse = (): never => {
  throw new Error("a stage tried to end the command");
};
scope.close = refuse;
Deno.exit = refuse;

scope.onmessage = async ({ data: { command, args } }) => {
  const terminal: Terminal = {
    out: processTerminal.out,
    err: processTerminal.err,
    begins: (begun) => scope.postMessage({ begun }),
  };
  const status = command === VERIFY
    ? await verify(args, terminal)
    : command === CLEAN
    ? await cleanCommand(pipeline, args, terminal)
    : command === DOCTOR
    ? await doctorCommand(pipeline, args, terminal)
    : await runCommand(pipeline, command, args, terminal);
  scope.postMessage({ status: statusWith(processTerminal, status) });
};

/** Loads what `verify` needs only where it is run. */
async function verify(
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const { verifyCommand } = await importLate<
    typeof import("./verify/verify_command.ts")
  >(new URL("./verify/verify_command.ts", import.meta.url));
  return await verifyCommand(pipeline, args, terminal);
}
