/** Text files that hold one id a line. */

import { escapeControls } from "../cli/text.ts";
import type { TypedOutput } from "./output.ts";

/**
 * Declares such a file. A tab or a line end within an id is written as `\t`,
 * `\n`, as in a GMT file.
 *
 * @param file From the run's folder, ending in `.txt`.
 * @param about What a line is, in one line without a full stop.
 */
export function defineLines(
  file: string,
  about: string,
): TypedOutput<readonly string[]> {
  return {
    file,
    about,
    columns: [],
    format: (lines) =>
      lines.map((line) => escapeControls(line) + "\n").join(""),
    parse: (text) => text.split(/\r?\n/).filter((line) => line !== ""),
  };
}
