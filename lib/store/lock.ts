/**
 * Locks between processes, as files that the system watches over. A lock's
 * file says who holds it; that line is for people, the lock is the system's.
 */

import { InputError, RunError } from "../cli/errors.ts";
import { escapeControls } from "../cli/text.ts";
import { kindOf, removeTree } from "./files.ts";
import { readOwnFile } from "./own_file.ts";
import { isUnsupported } from "./unsupported.ts";

/** What a lock's file says. */
const SIGNATURE = /^(process \d+(?: \([ -~]{1,200}\))?)\n/;

/** A lock that is held; without a file where the file system has no locks. */
export interface Lock {
  readonly path: string;
  readonly file?: Deno.FsFile;
}

/**
 * Takes a lock. The system frees it when its holder dies, however it dies.
 *
 * @param path The lock's file. It is made, and removed by `releaseLock`.
 * @param command What the holder is doing, for whoever comes second.
 * @returns `undefined` if another process, or another part of this one,
 * holds it.
 * @throws {InputError} If the path is a link, a pipe, a device or a folder, or
 * a file that is somebody's.
 */
export async function takeLock(
  path: string,
  command = "",
): Promise<Lock | undefined> {
  const kind = await kindOf(path);
  if (kind !== undefined && kind !== "file") {
    throw new InputError(
      `Cannot lock ${
        escapeControls(path)
      }: it is a ${kind} and should be a file`,
      "remove it",
    );
  }
  const text = await readOwnFile(path).catch((error) => {
    if (error instanceof InputError) throw error;
    return undefined; // Windows lets nobody read a locked file.
  });
  if (!/^(process \d+( \([^\n]*\))?\n|[\s\0]*)$/.test(text ?? "")) {
    throw new InputError(
      `Cannot lock ${escapeControls(path)}: it is no lock of this program`,
      "move it away",
    );
  }
  for (;;) {
    const file = await Deno.open(path, { create: true, write: true });
    let isMine: boolean;
    try {
      isMine = await file.tryLock(true);
    } catch (error) {
      file.close();
      if (!isUnsupported(error)) throw error;
      await removeTree(path);
      return { path };
    }
    if (!isMine) {
      file.close();
      return undefined;
    }
    // Its last holder may have removed the file between open and lock; then
    // this lock is on a file that nobody else will see.
    const mine = await file.stat();
    const theirs = await Deno.stat(path).catch(() => undefined);
    if (theirs !== undefined && mine.ino === theirs.ino) {
      await sign(file, command);
      return { path, file };
    }
    file.close();
  }
}

/**
 * Who holds a lock.
 *
 * @returns Such as `process 1234 (deno task all)`; undefined if the file does
 * not say.
 */
export async function lockHolder(path: string): Promise<string | undefined> {
  // Windows lets nobody read a locked file.
  const text = await readOwnFile(path).catch(() => undefined);
  return SIGNATURE.exec(text ?? "")?.[1];
}

/** The error of a command that comes second. */
export async function heldError(
  path: string,
  message: string,
): Promise<RunError> {
  let holder = await lockHolder(path);
  // It signs as soon as it has the lock.
  for (let tries = 0; holder === undefined && tries < 5; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    holder = await lockHolder(path);
  }
  return new RunError(
    message + (holder === undefined ? "" : `, ${holder}`),
    "wait until that command has ended, or give another --run",
  );
}

/** Whether another process, or another part of this one, holds a lock. */
export async function isLocked(path: string): Promise<boolean> {
  if (await kindOf(path) !== "file") return false;
  using file = await Deno.open(path);
  try {
    return !await file.tryLock(true);
  } catch (error) {
    if (isUnsupported(error)) return false; // Nobody can hold it.
    throw error;
  }
}

/** Gives a lock back and removes its file. */
export async function releaseLock(lock: Lock): Promise<void> {
  if (lock.file === undefined) return;
  await removeTree(lock.path);
  lock.file.close();
}

/** Writes who holds a lock into its file, over whoever held it before. */
async function sign(file: Deno.FsFile, command: string): Promise<void> {
  const task = command === "" ? "" : ` (${command})`;
  try {
    await file.truncate();
    await file.write(
      new TextEncoder().encode(`process ${Deno.pid}${task}\n`),
    );
  } catch {
    // On a full disk the lock is held, but its file does not say by whom.
  }
}
