/** The folder beside a run in which it is made again. */

import { basename, resolve } from "node:path";
import { InputError, RunError } from "../../cli/errors.ts";
import { escapeControls, quote } from "../../cli/text.ts";
import {
  kindOf,
  makeFolder,
  removeEmpty,
  removeTree,
} from "../../store/files.ts";
import {
  findForeignInScratch,
  SCRATCH_RUN,
  scratchFolder,
  scratchLock,
} from "../../store/leftovers.ts";
import { type Lock, releaseLock, takeLock } from "../../store/lock.ts";
import { readOwnFile } from "../../store/own_file.ts";

/** Characters of the longest name that a run may say it has. */
const LONGEST_NAME = 100;

/**
 * Does work in a folder of a run's name that is removed afterwards, with
 * nothing but what this process has made.
 *
 * @param name The name that the folder is to have.
 * @throws {InputError} If something of somebody else's is in the way.
 * @throws {RunError} If another command is verifying the run.
 */
export async function withScratch<Result>(
  runFolder: string,
  name: string,
  work: (scratch: string) => Promise<Result>,
): Promise<Result> {
  const around = scratchFolder(runFolder);
  await checkUnused(around, runFolder);
  const lock = await takeScratchLock(runFolder);
  if (lock === undefined) {
    throw new RunError(
      `Cannot verify ${escapeControls(runFolder)}: another command is ` +
        "verifying it",
      "wait until that command has ended",
    );
  }
  const made = `${around}/${SCRATCH_RUN}`;
  try {
    // An interrupted command has left it.
    await removeTree(made);
    await makeFolder(made);
    return await work(`${made}/${name}`);
  } finally {
    await removeTree(made);
    await releaseLock(lock);
    await removeEmpty([around]);
  }
}

/** Makes the scratch folder and takes its lock. */
async function takeScratchLock(runFolder: string): Promise<Lock | undefined> {
  for (let tries = 10;; tries--) {
    await makeFolder(scratchFolder(runFolder));
    try {
      return await takeLock(scratchLock(runFolder));
    } catch (error) {
      // A command that ends removes the folder after its lock.
      if (!(error instanceof Deno.errors.NotFound) || tries === 0) throw error;
    }
  }
}

/** @throws {InputError} If the place is taken by anything but a leftover. */
async function checkUnused(around: string, runFolder: string): Promise<void> {
  const refuse = (problem: string): never => {
    const shown = escapeControls(around);
    throw new InputError(
      `Cannot verify ${escapeControls(runFolder)}: ${shown} ${problem}`,
      "move it away",
    );
  };
  const kind = await kindOf(around);
  if (kind === undefined) return;
  if (kind !== "folder") {
    refuse(`is a ${kind} where a folder of this command's should be`);
  }
  const foreign = await findForeignInScratch(around);
  if (foreign !== undefined) {
    refuse(`holds ${quote(foreign)}, which this command did not make`);
  }
}

/**
 * The name that a run had when its report was written, which the report holds;
 * else that of its folder.
 *
 * @param summary The report's JSON, from the run's folder.
 */
export async function nameOfRun(
  runFolder: string,
  summary: string,
): Promise<string> {
  const own = basename(resolve(runFolder));
  try {
    const text = await readOwnFile(`${runFolder}/${summary}`);
    const { run } = JSON.parse(text ?? "{}");
    return isFolderName(run) ? run : own;
  } catch {
    // That the file is not the report's is found when it is compared.
    return own;
  }
}

function isFolderName(name: unknown): name is string {
  return typeof name === "string" && name.length <= LONGEST_NAME &&
    /^[^/\\\p{C}\p{Zl}\p{Zp}]+$/u.test(name) && !/^\.{1,2}$/.test(name);
}
