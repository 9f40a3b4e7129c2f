/** `timings.json`: how long each stage took. Times stand nowhere else. */

import { InputError } from "../cli/errors.ts";
import { escapeControls } from "../cli/text.ts";
import { readOwnFile } from "../store/own_file.ts";
import { formatSortedJson } from "../store/record.ts";
import { TIMINGS_FILE } from "../store/run_paths.ts";

/** Bytes of the largest file of times; a larger one is no such file. */
const LARGEST = 1 << 20;

export type Timings = Readonly<Record<string, { readonly seconds: number }>>;

/**
 * What `timings.json` holds with a stage's seconds. Of what it held, the other
 * stages' seconds stay, and nothing else.
 *
 * @param stages The names of the pipeline's stages.
 * @throws {InputError} If it is no regular file, or is too large.
 */
export async function formatTimings(
  runFolder: string,
  stages: readonly string[],
  stage: string,
  seconds: number,
): Promise<string> {
  const earlier = parse(await readTimings(runFolder));
  const timings: Record<string, Timings[string]> = {};
  for (const name of stages) {
    const known = earlier.get(name)?.seconds;
    if (Number.isFinite(known) && known >= 0) {
      timings[name] = { seconds: known };
    }
  }
  return formatSortedJson({ ...timings, [stage]: { seconds } });
}

/**
 * Reads the file of times, whole or as a crash of the machine has left it.
 *
 * @throws {InputError} If it is no such file: it would be replaced.
 */
export async function readTimings(runFolder: string): Promise<string> {
  const path = `${runFolder}/${TIMINGS_FILE}`;
  const text = await readOwnFile(path, LARGEST) ?? "";
  if (/^(\{\s*("\w+":\s*\{\s*"seconds":|\}\s*$)|[\s\0]*$)/.test(text)) {
    return text;
  }
  throw new InputError(
    `Cannot write ${escapeControls(path)}: the file there holds no times of ` +
      "stages and would be replaced",
    "move it away, or give another --run",
  );
}

/** What a text holds by key; nothing if it is no JSON object. */
// deno-lint-ignore no-explicit-any
function parse(text: string): Map<string, any> {
  try {
    return new Map(Object.entries(JSON.parse(text)));
  } catch {
    return new Map();
  }
}
