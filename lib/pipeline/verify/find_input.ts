/**
 * Finds the user's files that a stage has read. A record may name any path,
 * so a file is opened only where the user lets the run have it, and read only
 * if its SHA-256 is the recorded one.
 */

import { isAbsolute, relative, sep } from "node:path";
import { InputError, RunError } from "../../cli/errors.ts";
import { bareName, filesOfInput } from "../../cli/input_files.ts";
import { isMissing } from "../../cli/system_error.ts";
import { truncateText } from "../../cli/text.ts";
import { hashInput } from "../../store/hash.ts";
import type { StageRecord } from "../../store/record.ts";

/** Where the user's files may be. */
export interface InputPlaces {
  /** The run that is verified; no input lies in it. */
  readonly runFolder: string;
  /** A folder with the user's files; empty for none. */
  readonly data: string;
  /** Paths that the run remembers. */
  readonly paths: readonly string[];
}

/** Characters shown of a longer path. */
const LONGEST_PATH = 200;

const show = (path: string) => truncateText(path, LONGEST_PATH);

/**
 * Where a file is that a flag named when the stage ran.
 *
 * @param path As the record has it.
 * @throws {InputError} If it is not in the working folder or that of `--data`.
 * @throws {RunError} If it is not the file that the stage has read.
 */
export async function findInput(
  flag: string,
  path: string,
  record: StageRecord,
  places: InputPlaces,
): Promise<string> {
  const name = bareName(path);
  const failed = `Cannot make ${record.stage} again`;
  if (!Object.hasOwn(record.inputs, `${flag}:${name}`)) {
    throw new RunError(`${failed}: its record does not say what it read`);
  }
  const { data, paths } = places;
  const candidates = [
    ...(data === "" ? [] : [`${data}/${name}`]),
    path,
    ...paths.filter((other) => bareName(other) === name),
  ];
  const allowed = await allowedFolders(places);
  for (const candidate of candidates) {
    const real = await realPathOf(candidate);
    if (real === undefined || !allowed.holds(real)) continue;
    const files = filesOfInput(flag, name, record.inputs, candidate);
    const { isDirectory } = await Deno.stat(real);
    if (isDirectory) await checkFolder(real, candidate, failed);
    for (const { path, sha256 } of files) {
      const file = await realPathOf(path);
      if (file === undefined) {
        throw new RunError(
          `${failed}: it read ${show(path)}, which is not there`,
        );
      }
      if (!allowed.holds(file)) refuseOutside(path, failed);
      await checkFile(path, file, sha256, failed);
    }
    return candidate;
  }
  throw new InputError(
    `${failed}: it read ${show(name)}, which is ${
      data === "" ? "not" : `neither in ${show(data)} nor`
    } in the working folder where it was`,
    "give the folder that holds it: --data DIR",
  );
}

/** What may be read: anything of the user's folders, nothing of the run's. */
async function allowedFolders({ runFolder, data }: InputPlaces) {
  const run = await realPathOf(runFolder);
  const roots = [Deno.cwd(), ...(data === "" ? [] : [data])];
  const folders = (await Promise.all(roots.map(realPathOf)))
    .filter((root) => root !== undefined);
  return {
    holds: (path: string) =>
      folders.some((folder) => isWithin(folder, path)) &&
      (run === undefined || !isWithin(run, path) && !isWithin(path, run)),
  };
}

/** @throws {InputError} If a folder holds pipes, devices or links out of it. */
async function checkFolder(
  folder: string,
  shown: string,
  failed: string,
): Promise<void> {
  for await (const { name, isFile, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) {
      await checkFolder(path, `${shown}/${name}`, failed);
    } else if (!isFile) {
      const real = await realPathOf(path);
      if (real === undefined || !isWithin(folder, real)) {
        refuseOutside(`${shown}/${name}`, failed);
      }
      await checkKind(real!, `${shown}/${name}`, failed);
    }
  }
}

/** @throws {RunError} If a file is not the one that was read. */
async function checkFile(
  shown: string,
  path: string,
  sha256: string,
  failed: string,
): Promise<void> {
  const isFolder = await checkKind(path, shown, failed);
  // Of a folder that the flag names, this is the hash of the names in it.
  if (await hashInput(path) === sha256) return;
  // The hash of a file that the record does not know is nobody's business.
  throw new RunError(
    isFolder
      ? `${failed}: ${show(shown)} does not hold the files that it held`
      : `${failed}: ${show(shown)} is not the file that it read`,
    "give the folder that holds what it read: --data DIR",
  );
}

/**
 * @returns Whether it is a folder.
 * @throws {InputError} If it is neither that nor a file.
 */
async function checkKind(
  path: string,
  shown: string,
  failed: string,
): Promise<boolean> {
  const { isFile, isDirectory } = await Deno.stat(path);
  if (isFile || isDirectory) return isDirectory;
  throw new InputError(
    `${failed}: ${show(shown)} is a pipe or a device and should be a file`,
    "give the folder that holds what it read: --data DIR",
  );
}

function refuseOutside(shown: string, failed: string): never {
  throw new InputError(
    `${failed}: ${show(shown)} leads out of the folder that holds what it read`,
    "give the folder that holds all of it: --data DIR",
  );
}

async function realPathOf(path: string): Promise<string | undefined> {
  try {
    return await Deno.realPath(path);
  } catch (error) {
    // Not there, a loop of links, or no path at all.
    if (isMissing(error) || !(error instanceof Deno.errors.PermissionDenied)) {
      return undefined;
    }
    throw error;
  }
}

function isWithin(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside.split(sep)[0] !== ".." && !isAbsolute(inside);
}
