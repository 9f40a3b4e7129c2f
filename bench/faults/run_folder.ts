/** What lies in a run's folder. */

import { hashFile } from "../../lib/store/hash.ts";
import { walk } from "../../lib/store/files.ts";

/** Times differ from run to run, and stand in this file only. */
const TIMES = "timings.json";

/** SHA-256 by file, but for the times. */
export async function digestsOf(run: string): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for await (const path of walk(run)) {
    const name = path.slice(run.length + 1);
    if (name !== TIMES) digests.set(name, await hashFile(path));
  }
  return digests;
}

/** How a run's folder differs from what it should be, in words. */
export async function differences(
  run: string,
  whole: ReadonlyMap<string, string>,
): Promise<string[]> {
  const found = await digestsOf(run);
  const problems: string[] = [];
  for (const name of new Set([...whole.keys(), ...found.keys()])) {
    if (!found.has(name)) problems.push(`${name} is missing`);
    else if (!whole.has(name)) problems.push(`${name} was left behind`);
    else if (whole.get(name) !== found.get(name)) {
      problems.push(`${name} has other bytes`);
    }
  }
  for await (const { name, isDirectory } of Deno.readDir(run)) {
    if (isDirectory && name.startsWith(".")) {
      problems.push(`${name}/ was left behind`);
    }
  }
  return problems;
}

/** How far a run has come. */
export interface Progress {
  /** The stages that are whole. */
  readonly whole: readonly string[];
  /** The stage that is running, or was when the run was interrupted. */
  readonly running: string | undefined;
  /** Finished checkpoints of stages that are not whole. */
  readonly checkpoints: number;
}

/** Looks how far a run has come. */
export async function progressOf(run: string): Promise<Progress> {
  const whole: string[] = [];
  let running: string | undefined;
  let checkpoints = 0;
  for (const name of await namesIn(run)) {
    running ??= /^\.(\w+)\.partial-/.exec(name)?.[1];
    if ((await namesIn(`${run}/${name}`)).includes("stage.json")) {
      if (!name.startsWith(".")) whole.push(name);
    }
    const kept = /^\.(\w+)\.kept$/.exec(name)?.[1];
    const isWhole = (await namesIn(`${run}/${kept}`)).includes("stage.json");
    if (kept !== undefined && !isWhole) {
      checkpoints += (await namesIn(`${run}/${name}`))
        .filter((checkpoint) => checkpoint.endsWith(".checkpoint")).length;
    }
  }
  return { whole, running, checkpoints };
}

/** The names in a folder; none if there is no such folder (any more). */
export async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) names.push(name);
  } catch {
    return [];
  }
  return names.sort();
}

/** Copies a folder with all it holds. */
export async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory, isFile } of Deno.readDir(from)) {
    if (isDirectory) await copyFolder(`${from}/${name}`, `${to}/${name}`);
    else if (isFile) await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}

/** Empties a folder, or makes it. */
export async function emptyFolder(folder: string): Promise<string> {
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await Deno.mkdir(folder, { recursive: true });
  return folder;
}

/** Bytes that a folder takes on a disk of such blocks. */
export async function bytesOnDisk(
  folder: string,
  block: number,
): Promise<number> {
  let bytes = block;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    bytes += isDirectory
      ? await bytesOnDisk(path, block)
      : Math.ceil((await Deno.stat(path)).size / block) * block;
  }
  return bytes;
}
