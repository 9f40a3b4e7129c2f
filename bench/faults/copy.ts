/** A copy of the suite with a fault put into it. */

import { copyFolder, emptyFolder } from "./run_folder.ts";
import { project } from "./suite.ts";

/** What of the suite is copied. */
const PARTS = ["lib", "scripts", "presets"];
const FILES = ["deno.json", "deno.lock", "CITATION.cff"];

/** A file, what stands there, and what is put in its stead. */
export type Patch = readonly [file: string, from: string, to: string];

/**
 * Copies the suite and puts faults into the copy.
 *
 * @returns The copy's folder, with a slash at its end.
 * @throws {Error} If a file no longer holds what a patch is for.
 */
export async function copySuite(
  folder: string,
  patches: readonly Patch[],
): Promise<string> {
  const copy = `${await emptyFolder(folder)}/`;
  for (const part of PARTS) {
    await copyFolder(`${project}${part}`, `${copy}${part}`);
  }
  for (const file of FILES) {
    await Deno.copyFile(`${project}${file}`, `${copy}${file}`);
  }
  for (const [file, from, to] of patches) {
    const text = await Deno.readTextFile(`${copy}${file}`);
    if (!text.includes(from)) {
      throw new Error(`Cannot break ${file}: it no longer holds "${from}"`);
    }
    await Deno.writeTextFile(`${copy}${file}`, text.replace(from, () => to));
  }
  return copy;
}
