/**
 * What may be read of the user's files to make a run again. The run's records
 * may come from someone else and name any path: a file is opened only where
 * the user lets the run have it, and read only if its SHA-256 is the recorded
 * one.
 */

import { isAbsolute, relative, sep } from "node:path";
import { InputError, RunError } from "../../cli/errors.ts";
import { hashInput } from "../../store/hash.ts";
import { SCRATCH_PREFIX } from "../../store/leftovers.ts";
import type { StageRecord } from "../../store/record.ts";
import { showPath } from "./show.ts";

/** Where the user's files may be. */
export interface InputPlaces {
  /** The run that is verified; no input lies in it. */
  readonly runFolder: string;
  /** A folder with the user's files; empty for none. */
  readonly data: string;
  /** Paths that the run remembers, by their bare names. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
}

const REMEDY = "give the folder that holds what it read: --data DIR";

/** Checks the user's files before they are opened. */
export class AllowedInputs {
  readonly #folders: readonly string[];
  readonly #run: string | undefined;
  readonly #failed: string;

  /**
   * @param record Of the stage that is made again.
   * @param folders Real paths of the user's folders.
   * @param run The real path of the run's folder.
   */
  private constructor(
    private readonly record: StageRecord,
    folders: readonly string[],
    run: string | undefined,
  ) {
    this.#folders = folders;
    this.#run = run;
    this.#failed = `Cannot make ${record.stage} again`;
  }

  /** The files that a stage may read, in the working folder or in `data`. */
  static async of(
    record: StageRecord,
    { runFolder, data }: InputPlaces,
  ): Promise<AllowedInputs> {
    const roots = [Deno.cwd(), ...(data === "" ? [] : [data])];
    const folders = (await Promise.all(roots.map(realPathOf)))
      .filter((root) => root !== undefined);
    return new AllowedInputs(record, folders, await realPathOf(runFolder));
  }

  /**
   * Whether a real path is in a folder of the user's, not in the run, nor in a
   * folder in which a run is made again: that would read its own results.
   */
  holds(path: string): boolean {
    return !path.split(sep).some((part) => part.startsWith(SCRATCH_PREFIX)) &&
      this.#folders.some((folder) => isWithin(folder, path)) &&
      (this.#run === undefined ||
        !isWithin(this.#run, path) && !isWithin(path, this.#run));
  }

  /**
   * Checks a file that a stage is about to read.
   *
   * @param key The name under which the record would list it.
   * @throws {InputError} If it lies elsewhere, or is no file.
   * @throws {RunError} If the record does not list it, it is not there, or it
   * is not the file that was read.
   */
  async check(key: string, path: string): Promise<void> {
    const { inputs } = this.record;
    if (!Object.hasOwn(inputs, key)) {
      throw new RunError(
        `${this.#failed}: it would read ${showPath(path)}, which its record ` +
          "does not list",
        REMEDY,
      );
    }
    await this.checkFile(path, inputs[key]);
  }

  /** As {@linkcode check} does, of a file with a known SHA-256. */
  async checkFile(path: string, sha256: string): Promise<void> {
    const real = await realPathOf(path);
    const shown = showPath(path);
    if (real === undefined) {
      throw new RunError(
        `${this.#failed}: it read ${shown}, which is not there`,
        REMEDY,
      );
    }
    const isFolder = await this.#checkPlace(path, real);
    // Of a folder that the flag names, this is the hash of the names in it.
    if (await hashInput(real) === sha256) return;
    // The hash of a file that the record does not know is nobody's business.
    throw new RunError(
      isFolder
        ? `${this.#failed}: ${shown} does not hold the files that it held`
        : `${this.#failed}: ${shown} is not the file that it read`,
      REMEDY,
    );
  }

  /**
   * Checks that nothing in a folder leads out of the user's folders: to find
   * the samples in it, the first lines of other files are read, too.
   *
   * @throws {InputError} If it holds pipes, devices or links out of them.
   */
  async checkFolder(
    path: string,
    real: string,
    around: readonly string[] = [],
  ): Promise<void> {
    // A link to a folder around itself has no end.
    if (around.includes(real)) return;
    for await (const { name, isFile } of Deno.readDir(real)) {
      if (isFile) continue;
      const inner = `${path}/${name}`;
      const target = await realPathOf(`${real}/${name}`);
      if (target === undefined) this.#refuseOutside(inner);
      if (await this.#checkPlace(inner, target)) {
        await this.checkFolder(inner, target, [...around, real]);
      }
    }
  }

  /** @returns Whether it is a folder. */
  async #checkPlace(path: string, real: string): Promise<boolean> {
    if (!this.holds(real)) this.#refuseOutside(path);
    const { isFile, isDirectory } = await Deno.stat(real);
    if (isFile || isDirectory) return isDirectory;
    throw new InputError(
      `${this.#failed}: ${showPath(path)} is a pipe or a device and should ` +
        "be a file",
      REMEDY,
    );
  }

  #refuseOutside(path: string): never {
    throw new InputError(
      `${this.#failed}: ${showPath(path)} leads out of the folders in which ` +
        "its input may be",
      "give the folder that holds all of it: --data DIR",
    );
  }
}

/** Where a path leads; undefined if nowhere. */
export async function realPathOf(path: string): Promise<string | undefined> {
  try {
    return await Deno.realPath(path);
  } catch (error) {
    if (error instanceof Deno.errors.PermissionDenied) throw error;
    return undefined; // Not there, a loop of links, or no path at all.
  }
}

function isWithin(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside.split(sep)[0] !== ".." && !isAbsolute(inside);
}
