/** The first bytes of a binary file of the user's. */

import { explainUnreadable } from "../../cli/text_file.ts";
import { unreadable } from "../input/unreadable.ts";

/**
 * Fills an array with the first bytes of a file.
 *
 * @returns How many there are.
 * @throws {InputError} If it is missing, unreadable, or no file.
 */
export async function readStart(
  path: string,
  start: Uint8Array,
): Promise<number> {
  try {
    using file = await Deno.open(path);
    if (!(await file.stat()).isFile) {
      throw unreadable(path, "it is a directory and must be a file");
    }
    let length = 0;
    while (length < start.length) {
      const count = await file.read(start.subarray(length));
      if (count === null) break;
      length += count;
    }
    return length;
  } catch (error) {
    if (error instanceof Error && error.name === "InputError") throw error;
    throw unreadable(path, explainUnreadable(error));
  }
}
