/** Whether a file of the user's is still the one that a stage has read. */

import { filesOfInput } from "../cli/input_files.ts";
import { hashInput } from "../store/hash.ts";

/**
 * Whether a path leads to what a record lists, or to a copy of it.
 *
 * @param flag The flag that named it.
 * @param name The bare name that it had.
 * @param inputs The SHA-256 by the record's keys.
 * @returns Also false if the record lists nothing of that flag and name.
 */
export async function isAsRecorded(
  flag: string,
  name: string,
  inputs: Readonly<Record<string, string>>,
  path: string,
): Promise<boolean> {
  const files = filesOfInput(flag, name, inputs, path);
  for (const file of files) {
    const hash = await hashInput(file.path).catch(() => undefined);
    if (hash !== file.sha256) return false;
  }
  return files.length > 0;
}
