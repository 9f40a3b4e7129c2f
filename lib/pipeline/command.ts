/**
 * The commands of this pipeline. The work is done in a worker, so that this
 * thread can react to Ctrl-C during long computations.
 */

import { LAUNCHER, quoteForShell } from "../cli/shell.ts";
import type { FromCommand, ToCommand } from "./command_worker.ts";
import { FAILED } from "../cli/exit_status.ts";
import { processTerminal } from "../cli/process_output.ts";
import { ALL } from "./flag_names.ts";
import { reportInterrupted } from "./interrupted.ts";
import type { Begun } from "../cli/terminal.ts";

/** Exit statuses of what a signal has ended: 128 and its number. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/** Runs one stage as `deno task <stage>` does. */
export async function runStageCommand(
  stage: string,
  args: readonly string[],
): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  let begun: Begun | undefined;
  let isStopped = false;
  for (const [signal, status] of Object.entries(SIGNALS)) {
    // Windows knows no SIGTERM.
    if (Deno.build.os === "windows" && signal !== "SIGINT") continue;
    Deno.addSignalListener(signal as keyof typeof SIGNALS, () => {
      // Task runners pass on a signal that the process has got already.
      if (isStopped) return;
      isStopped = true;
      reportInterrupted(commandOf(stage, args), begun);
      resolve(status);
    });
  }
  const worker = new Worker(new URL("./command_worker.ts", import.meta.url), {
    type: "module",
  });
  worker.onmessage = ({ data }: MessageEvent<FromCommand>) => {
    if ("begun" in data) begun = data.begun;
    else resolve(data.status);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    processTerminal.err(`Cannot finish ${stage}: ${event.message}`);
    resolve(FAILED);
  };
  const message: ToCommand = { command: stage, args: [...args] };
  worker.postMessage(message);
  return await promise;
}

/** Runs every stage that is not up to date, as `deno task all` does. */
export function runAllCommand(args: readonly string[]): Promise<number> {
  return runStageCommand(ALL, args);
}

/** What to type to go on: the same, but --force would start over. */
function commandOf(command: string, args: readonly string[]): string {
  return [
    `${LAUNCHER} ${command}`,
    ...args.filter((arg) => arg !== "--force").map(quoteForShell),
  ].join(" ");
}
