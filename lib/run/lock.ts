/** Locks between processes, as files that the system watches over. */

import { removeTree } from "./files.ts";

/** A lock that is held; without a file where the file system has no locks. */
export interface Lock {
  readonly path: string;
  readonly file?: Deno.FsFile;
}

/**
 * Takes a lock. The system frees it when its holder dies, however it dies.
 *
 * @param path The lock's file. It is made, and removed by `releaseLock`.
 * @returns `undefined` if another process, or another part of this one,
 * holds it.
 *
 * @example
 * ```ts
 * import { releaseLock, takeLock } from "./lock.ts";
 * const folder = await Deno.makeTempDir();
 * const lock = await takeLock(`${folder}/.lock`);
 * console.assert(await takeLock(`${folder}/.lock`) === undefined);
 * await releaseLock(lock!);
 * await Deno.remove(folder);
 * ```
 */
export async function takeLock(path: string): Promise<Lock | undefined> {
  for (;;) {
    const file = await Deno.open(path, { create: true, write: true });
    try {
      if (!await file.tryLock(true)) {
        file.close();
        return undefined;
      }
    } catch {
      // Some shared file systems have no locks: then nobody is kept out.
      file.close();
      await removeTree(path);
      return { path };
    }
    // Its last holder may have removed the file between open and lock; then
    // this lock is on a file that nobody else will see.
    const mine = await file.stat();
    const theirs = await Deno.stat(path).catch(() => undefined);
    if (theirs !== undefined && mine.ino === theirs.ino) return { path, file };
    file.close();
  }
}

/** Gives a lock back and removes its file. */
export async function releaseLock(lock: Lock): Promise<void> {
  if (lock.file === undefined) return;
  await removeTree(lock.path);
  lock.file.close();
}
