/**
 * The file formats of expression matrices. A new format is a file beside this
 * one and a line in the list.
 */

import { plainName } from "../input/delimiter.ts";
import { delimitedText } from "./delimited_text.ts";
import type { Format } from "./format.ts";

/** All formats; the first also reads files with any other extension. */
export const formats: readonly Format[] = [
  delimitedText,
];

/**
 * The format of a file, by the end of its name; a last `.gz` does not count.
 *
 * @param known The formats to choose from; the first is the default.
 */
export function formatOf(
  path: string,
  known: readonly Format[] = formats,
): Format {
  const name = plainName(path);
  return known.find(({ extensions }) =>
    extensions.some((extension) => name.endsWith(extension))
  ) ?? known[0];
}
