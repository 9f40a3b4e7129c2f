/**
 * Finished checkpoints of a stage's work, kept in `.cnn.kept/` beside the stage's
 * folder until the stage has finished. A command that was killed is given
 * again and goes on after them.
 */

import { createHash, type Hash } from "node:crypto";
import { kindOf, removeTree } from "./files.ts";
import { readOwnFile } from "./own_file.ts";
import { stagePaths } from "./run_paths.ts";
import { syncOpenFile } from "./sync.ts";

/** Bytes of the SHA-256 that each checkpoint begins with. */
const DIGEST_BYTES = 32;

/** The file that says what the checkpoints were made from. */
const KEY_FILE = "key";

/** How the names of complete checkpoints end. */
const SUFFIX = ".checkpoint";

/** Bytes read at a time. */
const CHUNK_BYTES = 2 ** 20;

/** A checkpoint that is read part by part. */
export interface CheckpointReader {
  /**
   * Fills `into` with the bytes that come next.
   *
   * @throws {RangeError} If there are not so many left.
   */
  read(into: Uint8Array): void;
  close(): void;
}

/** Where checkpoints are kept, for another thread to open them, too. */
export interface CheckpointPlace {
  readonly folder: string;
  readonly key: string;
  /** What the names of the files begin with; nothing by default. */
  readonly prefix?: string;
}

export interface CheckpointStore {
  /** Left out where no other thread can open them. */
  readonly place?: CheckpointPlace;
  /** Whether an interrupted command has left some. */
  readonly isResumed: boolean;
  /** The checkpoint of that name; undefined if there is no complete one. */
  read(name: string): Uint8Array<ArrayBuffer> | undefined;
  /** `read` for a checkpoint that is too large to be held twice. */
  open(name: string): CheckpointReader | undefined;
  /** Keeps a checkpoint; a crash leaves either the one before or this one. */
  write(name: string, bytes: Uint8Array): void;
  /** `write` for a checkpoint that is too large to be held twice. */
  writeParts(name: string, parts: AsyncIterable<Uint8Array>): Promise<void>;
  /** Forgets the checkpoints of these names, if they are there. */
  remove(...names: string[]): void;
}

/**
 * Opens the checkpoints that a stage has left; those that were made from something
 * else are removed. Whoever holds the run's lock may call it.
 *
 * @param key What the checkpoints are made from: the stage's parameters, seeds and
 * inputs, the versions of the code and whatever else the bytes depend on.
 */
export async function openCheckpointStore(
  runFolder: string,
  stage: string,
  key: string,
): Promise<CheckpointStore> {
  const folder = stagePaths(runFolder, stage).kept;
  const keyFile = `${folder}/${KEY_FILE}`;
  // No link is followed: a run may come from someone else.
  const earlier = await kindOf(folder) === "folder"
    ? await readOwnFile(keyFile).catch(() => undefined)
    : undefined;
  if (earlier !== key) {
    await removeTree(folder);
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(keyFile, key);
  }
  const isResumed = earlier === key && await hasCheckpoints(folder);
  return openPlace({ folder, key }, isResumed);
}

/**
 * Opens checkpoints that another thread of this command has opened before.
 *
 * @param isResumed As that one says.
 */
export function openPlace(
  place: CheckpointPlace,
  isResumed = false,
): CheckpointStore {
  const { folder, key, prefix = "" } = place;
  const pathOf = (name: string) => `${folder}/${prefix}${name}${SUFFIX}`;
  const digestOf = (name: string) =>
    createHash("sha256").update(`${key}\n${name}\n`);
  const openFile = (name: string) => openComplete(pathOf(name), digestOf(name));
  const create = (name: string) =>
    new CheckpointWriter(pathOf(name), digestOf(name));
  return {
    place,
    isResumed,
    open(name) {
      const file = openFile(name);
      return file && {
        read: (into) => readAll(file, into),
        close: () => file.close(),
      };
    },
    read(name) {
      using file = openFile(name);
      if (file === undefined) return undefined;
      const bytes = new Uint8Array(file.statSync().size - DIGEST_BYTES);
      readAll(file, bytes);
      return bytes;
    },
    write(name, bytes) {
      using writer = create(name);
      writer.write(bytes);
      writer.finish();
    },
    async writeParts(name, parts) {
      using writer = create(name);
      for await (const part of parts) writer.write(part);
      writer.finish();
    },
    remove(...names) {
      for (const name of names) {
        try {
          Deno.removeSync(pathOf(name));
        } catch (error) {
          if (!(error instanceof Deno.errors.NotFound)) throw error;
        }
      }
    },
  };
}

/**
 * The checkpoints of one of many like pieces of work that are done one after
 * another, such as a split of the samples. Those of the next one take the place
 * of the files of this one, so that the disk holds those of one at a time.
 *
 * @param kind Of the pieces: what the names of their files begin with.
 * @param part Which one it is.
 */
export function checkpointsOfPart(
  store: CheckpointStore,
  kind: string,
  part: string | number,
): CheckpointStore {
  const { place, isResumed } = store;
  if (place !== undefined) {
    const { folder, key, prefix = "" } = place;
    return openPlace({
      folder,
      key: `${key}\n${kind} ${part}`,
      prefix: `${prefix}${kind}-`,
    }, isResumed);
  }
  // What only this thread can open does not outlive the command.
  const nameOf = (name: string) => `${kind}-${part}-${name}`;
  return {
    isResumed,
    read: (name) => store.read(nameOf(name)),
    open: (name) => store.open(nameOf(name)),
    write: (name, bytes) => store.write(nameOf(name), bytes),
    writeParts: (name, parts) => store.writeParts(nameOf(name), parts),
    remove: (...names) => store.remove(...names.map(nameOf)),
  };
}

/** Removes all that a stage has kept. */
export async function clearCheckpoints(
  runFolder: string,
  stage: string,
): Promise<void> {
  await removeTree(stagePaths(runFolder, stage).kept);
}

async function hasCheckpoints(folder: string): Promise<boolean> {
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(SUFFIX)) return true;
  }
  return false;
}

/** A checkpoint on its way to the disk, under another name until it is complete. */
class CheckpointWriter implements Disposable {
  readonly #file: Deno.FsFile;
  readonly #temporary: string;
  #isComplete = false;

  constructor(readonly path: string, readonly digest: Hash) {
    this.#temporary = `${path}.partial`;
    this.#file = Deno.openSync(this.#temporary, {
      write: true,
      create: true,
      truncate: true,
    });
    this.#file.seekSync(DIGEST_BYTES, Deno.SeekMode.Start);
  }

  write(bytes: Uint8Array): void {
    this.digest.update(bytes);
    writeAll(this.#file, bytes);
  }

  finish(): void {
    this.#file.seekSync(0, Deno.SeekMode.Start);
    writeAll(this.#file, this.digest.digest());
    syncOpenFile(this.#file);
    Deno.renameSync(this.#temporary, this.path);
    this.#isComplete = true;
  }

  [Symbol.dispose](): void {
    this.#file.close();
    // On a full disk, what is not complete only takes room.
    if (!this.#isComplete) Deno.removeSync(this.#temporary);
  }
}

/** Opens a checkpoint behind its digest; undefined if it is not there or not complete. */
function openComplete(path: string, digest: Hash): Deno.FsFile | undefined {
  let file: Deno.FsFile;
  try {
    file = Deno.openSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const expected = new Uint8Array(DIGEST_BYTES);
  const chunk = new Uint8Array(CHUNK_BYTES);
  let isComplete = file.readSync(expected) === DIGEST_BYTES;
  for (let count: number | null; (count = file.readSync(chunk)) !== null;) {
    digest.update(chunk.subarray(0, count));
  }
  isComplete &&= digest.digest().equals(expected);
  if (!isComplete) {
    file.close();
    return undefined;
  }
  file.seekSync(DIGEST_BYTES, Deno.SeekMode.Start);
  return file;
}

function readAll(file: Deno.FsFile, into: Uint8Array): void {
  let read = 0;
  while (read < into.length) {
    const count = file.readSync(into.subarray(read));
    if (count === null) {
      throw new RangeError(
        `Cannot read a checkpoint: it ends ${into.length - read} bytes early`,
      );
    }
    read += count;
  }
}

function writeAll(file: Deno.FsFile, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    written += file.writeSync(bytes.subarray(written));
  }
}
