/**
 * Small files of a run, which may come from someone else: only a regular file
 * of a sensible size is opened, never a link, a pipe or a device.
 */

import { InputError, type Remedy } from "../cli/errors.ts";
import { escapeControls, formatBytes } from "../cli/text.ts";
import { kindOf } from "./files.ts";

/** No run makes a record or a config file that is larger. */
export const LARGEST_RECORD = 32 << 20;

/**
 * Reads a text file of a run.
 *
 * @param limit Bytes that it has at most.
 * @returns `undefined` if nothing is of that name.
 * @throws {InputError} If it is no regular file, is larger, or is no UTF-8
 * text.
 */
export async function readOwnFile(
  path: string,
  limit: number = LARGEST_RECORD,
  remedy?: Remedy,
): Promise<string | undefined> {
  const refuse: (problem: string) => never = (problem) => {
    throw new InputError(
      `Cannot read ${escapeControls(path)}: ${problem}`,
      remedy,
    );
  };
  const kind = await kindOf(path);
  if (kind === undefined) return undefined;
  if (kind !== "file") refuse(`it is a ${kind} and should be a file`);
  using file = await Deno.open(path);
  const { size } = await file.stat();
  if (size > limit) {
    refuse(
      `it has ${formatBytes(size)} and should have at most ` +
        formatBytes(limit),
    );
  }
  const bytes = new Uint8Array(size);
  let filled = 0;
  while (filled < size) {
    const count = await file.read(bytes.subarray(filled));
    if (count === null) break;
    filled += count;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
      .decode(bytes.subarray(0, filled));
  } catch {
    return refuse("it is no UTF-8 text");
  }
}
