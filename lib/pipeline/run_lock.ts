/** One command at a time works on a run's folder. */

import { LAUNCHER } from "../cli/shell.ts";
import type { Terminal } from "../cli/terminal.ts";
import { makeFolder, removeEmpty } from "../store/files.ts";
import { heldError, releaseLock, takeLock } from "../store/lock.ts";
import { RUN_LOCK } from "../store/run_paths.ts";
import { syncMade } from "../store/sync.ts";
import type { CommandRequest } from "./request.ts";

/**
 * Does a command's work while no other command works on the same run.
 *
 * @throws {RunError} If another one does.
 */
export async function withRunLock(
  { runFolder, command, quiet }: Pick<
    CommandRequest,
    "runFolder" | "command" | "quiet"
  >,
  terminal: Terminal,
  work: () => Promise<void>,
): Promise<void> {
  const made = await makeFolder(runFolder);
  const path = `${runFolder}/${RUN_LOCK}`;
  const lock = await takeLock(path, `${LAUNCHER} ${command}`);
  if (lock === undefined) {
    throw await heldError(
      path,
      `Cannot run ${command}: another command is running in ${runFolder}`,
    );
  }
  if (lock.file === undefined && !quiet) {
    terminal.err(
      "note: this file system has no locks, so nothing keeps a second " +
        `command out of ${runFolder}`,
    );
  }
  try {
    await syncMade(made);
    await work();
  } finally {
    await releaseLock(lock);
    await removeEmpty(made);
  }
}
