/** Names files that are not read for what they are, with the way out. */

import { InputError } from "../../cli/errors.ts";
import { escapeControls } from "../../cli/text.ts";
import { archives } from "./foreign/archives.ts";
import { binaryFiles } from "./foreign/binary_files.ts";
import type { ForeignKind } from "./foreign/foreign_kind.ts";
import { sequenceFiles } from "./foreign/sequence_files.ts";
import { singleSamples } from "./foreign/single_samples.ts";
import { textFiles } from "./foreign/text_files.ts";
import type { Format } from "./format.ts";

/** Archives come last, since some of the others are zip files, too. */
const kinds: readonly ForeignKind[] = [
  ...binaryFiles,
  ...textFiles,
  ...sequenceFiles,
  ...singleSamples,
  ...archives,
];

/**
 * What people give that is no matrix, or none that is read: each is recognized
 * by its content, and reading it throws an `InputError`.
 */
export const foreignFormats: readonly Format[] = kinds.map((
  { name, title, isNot = "not a matrix that is read", is, remedy },
) => ({
  name,
  title,
  extensions: [],
  recognizes: (head) => head.entries === undefined && is(head),
  read: ({ path }) =>
    Promise.reject(
      new InputError(
        `Cannot read ${escapeControls(path)}: it is ${title}, ${isNot}`,
        remedy(path),
      ),
    ),
}));
