/**
 * The user's files that a stage reads. Their SHA-256 is taken before they are
 * read and, unless their times tell that they are the same, again when the
 * stage has finished, so that a record names the bytes that were read and no
 * others.
 */

import { InputError, rerun, RunError } from "../cli/errors.ts";
import { explainUnreadable } from "../cli/text_file.ts";
import { escapeControls } from "../cli/text.ts";
import { hashInput, stateOf } from "../store/hash.ts";
import { refusePipe } from "../store/pipes.ts";

/**
 * Milliseconds after which every further change shows in a file's times, which
 * Deno tells in whole seconds and a network disk late.
 */
const TIMES_TELL_AFTER = 60_000;

/** A file or folder as it was before it was read. */
interface NotedFile {
  readonly path: string;
  /** Undefined for a folder, and for what was not there. */
  readonly state?: string;
  /**
   * When anything of it last changed. A new hard link or other permissions
   * count, so a later time does not tell that it was written to.
   */
  readonly changed?: number;
  /** Whether a later change shows in `changed`. */
  readonly isSettled?: boolean;
  /** Undefined if it cannot be read. */
  readonly hash?: string;
  /** Why it cannot be read. */
  readonly fault?: string;
}

/** Notes what a stage reads of the user's. */
export class UserFiles {
  readonly #noted = new Map<string, NotedFile>();

  /** @param stage Whose files they are, for messages. */
  constructor(private readonly stage: string) {}

  /**
   * Notes a file or a folder that is about to be read. Of a folder the names
   * of its files count; those that are read are noted, too.
   *
   * @returns Its SHA-256; undefined if it cannot be read, of which its reader
   * says more.
   * @throws {InputError} If it is a pipe or a device, or a folder that holds
   * more files than any study has.
   */
  async note(path: string): Promise<string | undefined> {
    const noted = this.#noted.get(path) ?? await look(path);
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
    for (const noted of this.#noted.values()) {
      const { path, hash } = noted;
      if (noted.isSettled && await isUntouched(noted)) continue;
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
    const hash = () => hashInput(path, { fresh: true });
    if (info.isDirectory) return { path, hash: await hash() };
    const changed = info.ctime?.getTime();
    return {
      path,
      state: stateOf(info),
      changed,
      isSettled: changed !== undefined &&
        Date.now() - changed > TIMES_TELL_AFTER,
      hash: await hash(),
    };
  } catch (error) {
    if (error instanceof InputError) throw error;
    return { path, fault: explainUnreadable(error) };
  }
}

/** Whether a file's times say that it is the same. */
async function isUntouched({ path, changed }: NotedFile): Promise<boolean> {
  // A network disk may tell old times of a file that was not opened.
  using file = await orUndefined(Deno.open(path));
  const info = await file?.stat();
  return info?.ctime?.getTime() === changed;
}

function orUndefined<Result>(
  work: Promise<Result>,
): Promise<Result | undefined> {
  return work.catch(() => undefined);
}
