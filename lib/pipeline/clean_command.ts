/** The command that lists and removes what interrupted commands have left. */

import { commonParameters } from "../cli/common_flags.ts";
import { InputError } from "../cli/errors.ts";
import { DONE } from "../cli/exit_status.ts";
import type { GivenValues } from "../cli/flags.ts";
import { toggle } from "../cli/parameters.ts";
import { formatCommand } from "../cli/shell.ts";
import type { Terminal } from "../cli/terminal.ts";
import { escapeControls, formatBytes } from "../cli/text.ts";
import { checkRunFolder } from "../store/check_run_folder.ts";
import { exists } from "../store/files.ts";
import {
  type Leftover,
  listLeftovers,
  removeLeftovers,
} from "../store/leftovers.ts";
import type { Pipeline } from "./pipeline.ts";
import { plainFolder } from "./run_input.ts";
import { withRunLock } from "./run_lock.ts";
import { sideCommand } from "./side_command.ts";
import { checkWritable } from "./writable.ts";

export const CLEAN = "clean";

const flags = {
  run: commonParameters.run,
  yes: toggle("remove what is listed"),
  debug: commonParameters.debug,
  help: commonParameters.help,
};

/** Lists what a run has left, and removes it if that is asked for. */
export const cleanCommand = sideCommand(
  CLEAN,
  flags,
  [
    "Lists what interrupted commands have left in a run's folder: checkpoints,",
    "half-made folders, locks. Results are never removed.",
  ],
  "0 done, 1 failed, 2 bad usage",
  clean,
);

async function clean(
  pipeline: Pipeline,
  given: GivenValues,
  terminal: Terminal,
): Promise<number> {
  const runFolder = plainFolder(String(given.get("run") ?? flags.run.default));
  await checkRunFolder(runFolder, pipeline.stages);
  const stages = pipeline.stages.map(({ name }) => name);
  const found = await listLeftovers(runFolder, stages);
  if (found.length === 0 && !await exists(runFolder)) {
    throw new InputError(
      `Cannot clean ${escapeControls(runFolder)}: there is no such folder`,
      "give the folder of a run: --run DIR",
    );
  }
  terminal.out(formatList(runFolder, found));
  if (found.length > 0 && given.get("yes") === true) {
    await checkWritable(runFolder, CLEAN, given);
    await withRunLock(
      { runFolder, command: CLEAN, quiet: false },
      terminal,
      () => removeLeftovers(runFolder, pipeline.stages),
    );
    terminal.out("Removed, but for what is in use.");
  } else if (found.length > 0) {
    const command = formatCommand(CLEAN, [["run", runFolder], ["yes", true]]);
    terminal.out(`  to remove it: ${command}`);
  }
  return DONE;
}

function formatList(runFolder: string, found: readonly Leftover[]): string {
  if (found.length === 0) {
    return `No interrupted command has left anything in ${
      escapeControls(runFolder)
    }.`;
  }
  const total = found.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    `Interrupted commands have left ${formatBytes(total)} in ${
      escapeControls(runFolder)
    }:`,
    ...found.map(({ path, bytes, what, isInUse }) =>
      `  ${escapeControls(path)}  ${formatBytes(bytes)}, ${what}${
        isInUse ? " (in use)" : ""
      }`
    ),
  ].join("\n");
}
