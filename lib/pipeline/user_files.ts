/**
 * The user's files that a stage reads. Their SHA-256 is taken before they are
 * read and again when the stage has finished, so that a record names the bytes
 * that were read and no others.
 */

import { resolve } from "node:path";
import { InputError, rerun, RunError } from "../cli/errors.ts";
import { explainUnreadable } from "../cli/text_file.ts";
import { escapeControls } from "../cli/text.ts";
import { hashFile, hashInput, stateOf } from "../store/hash.ts";
import { refusePipe } from "../store/pipes.ts";
import { listOthers, type OtherFile } from "./other_files.ts";

/** A file or folder as it was before it was read. */
interface NotedFile {
  readonly path: string;
  /** Undefined for a folder, and for what was not there. */
  readonly state?: string;
  /** Undefined if it cannot be read. */
  readonly hash?: string;
  /** Why it cannot be read. */
  readonly fault?: string;
}

/** Notes what a stage reads of the user's. */
export class UserFiles {
  readonly #noted = new Map<string, NotedFile>();
  /** The files that may be read with one, by that one's path. */
  readonly #others = new Map<string, ReadonlyMap<string, OtherFile>>();

  /** @param stage Whose files they are, for messages. */
  constructor(private readonly stage: string) {}

  /**
   * Notes a file or a folder that is about to be read. The files that are then
   * read in the folder are noted afterwards.
   *
   * @param beside Whether files beside it may be read, too, and are then noted.
   * @returns Its SHA-256; undefined if it cannot be read, of which its reader
   * says more.
   * @throws {InputError} If it is a pipe or a device, or a folder that holds
   * more files than any study has.
   */
  async note(path: string, beside = false): Promise<string | undefined> {
    const info = await orUndefined(Deno.stat(path));
    if (!this.#others.has(path) && (beside || info?.isDirectory)) {
      this.#others.set(path, await listOthers(path));
    }
    const earlier = this.#noted.get(path);
    if (earlier !== undefined) return earlier.hash;
    const noted = await look(path);
    this.#noted.set(path, noted);
    return noted.hash;
  }

  /**
   * Notes a file that was read in a folder, or beside a file, that was noted
   * before.
   *
   * @returns Its SHA-256; undefined if it can no longer be read.
   * @throws {TypeError} If `of` was not noted so.
   */
  async noteOther(path: string, of: string): Promise<string | undefined> {
    const others = this.#others.get(of);
    if (others === undefined) {
      throw new TypeError(`${of} was not noted with the files beside it`);
    }
    const earlier = this.#noted.get(path);
    if (earlier !== undefined) return earlier.hash;
    const { state, hash } = others.get(resolve(path)) ?? {};
    const noted = {
      path,
      state,
      hash: hash ?? await orUndefined(hashFile(path, { fresh: true })),
    };
    this.#noted.set(path, noted);
    return noted.hash;
  }

  /**
   * Refuses a file that is no longer what it was when it was noted.
   *
   * @throws {InputError} If it could not be read then.
   * @throws {RunError} If it was changed.
   */
  async refuseChanged(): Promise<void> {
    for (const { path, fault } of this.#noted.values()) {
      if (fault === undefined) continue;
      throw new InputError(`Cannot read ${escapeControls(path)}: ${fault}`);
    }
    await this.refuseOtherStates();
    for (const { path, hash } of this.#noted.values()) {
      const now = await orUndefined(hashInput(path, { fresh: true }));
      if (now === undefined || now !== hash) throw this.#changed(path);
    }
  }

  /**
   * The same by what the system says of the files, without reading them.
   *
   * @throws {RunError} If one was written to or replaced.
   */
  async refuseOtherStates(): Promise<void> {
    for (const { path, state, fault } of this.#noted.values()) {
      if (fault !== undefined) continue;
      const info = await orUndefined(Deno.stat(path));
      if (info?.isDirectory && state === undefined) continue;
      const now = info && stateOf(info);
      if (now === undefined || now !== state) throw this.#changed(path);
    }
  }

  #changed(path: string): RunError {
    return new RunError(
      `Cannot finish ${this.stage}: ${escapeControls(path)} was changed ` +
        "while it was read",
      rerun(this.stage),
    );
  }
}

/** Looks at a file or a folder, and hashes it. */
async function look(path: string): Promise<NotedFile> {
  try {
    const info = await Deno.stat(path);
    refusePipe(path, info);
    const state = info.isDirectory ? undefined : stateOf(info);
    return { path, state, hash: await hashInput(path, { fresh: true }) };
  } catch (error) {
    if (error instanceof InputError) throw error;
    return { path, fault: explainUnreadable(error) };
  }
}

function orUndefined<Result>(
  work: Promise<Result>,
): Promise<Result | undefined> {
  return work.catch(() => undefined);
}
