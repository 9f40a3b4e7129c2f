/** What is printed when a user interrupts a command. */

import { processTerminal } from "../cli/process_output.ts";
import { formatCommand } from "../cli/shell.ts";
import { RECORD_FILE } from "../store/record.ts";
import { stagePaths } from "../store/run_paths.ts";
import { type Begun, COLUMNS, wrap } from "../cli/terminal.ts";

/**
 * Says on stderr what is kept and how to go on.
 *
 * @param begun The stage that was running; undefined if none was yet.
 */
export function reportInterrupted(command: string, begun?: Begun): void {
  // The progress bar's line stays, and this begins on one of its own.
  const newLine = Deno.stderr.isTerminal() ? "\n" : "";
  const lines = [
    ...wrap(describeInterruption(begun), COLUMNS),
    `  to go on: ${command}`,
  ];
  if (begun?.isScratch) {
    const clean = formatCommand("clean", [["run", begun.runFolder]]);
    lines.push(`  to clear what it made: ${clean}`);
  }
  processTerminal.err(newLine + lines.join("\n"));
}

/** What was interrupted, and what is kept of it. */
function describeInterruption(begun?: Begun): string {
  if (begun === undefined) return "Stopped before a stage had started.";
  const { stage, runFolder, stages, isScratch } = begun;
  if (isScratch) {
    return `Stopped while ${stage} was made again. The run is untouched.`;
  }
  const whole = stages.filter((name) =>
    name !== stage && isThere(`${runFolder}/${name}/${RECORD_FILE}`)
  );
  const checkpoints = isThere(stagePaths(runFolder, stage).kept)
    ? `, and the checkpoints of ${stage} that were finished`
    : "";
  const earlier = isThere(`${runFolder}/${stage}/${RECORD_FILE}`)
    ? `; the earlier ${stage} is untouched`
    : "";
  return `Stopped while ${stage} was running. Kept in ${runFolder}: ` +
    `${whole.join(", ") || "no stage yet"}${checkpoints}${earlier}.`;
}

function isThere(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
