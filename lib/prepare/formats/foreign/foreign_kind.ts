/** What a kind of file is that is not read, and how its matrix is got out. */

import type { Remedy } from "../../../cli/errors.ts";
import type { FileHead } from "../../input/file_head.ts";
import { plainName } from "../../input/delimiter.ts";

/** A kind of file that is refused. */
export interface ForeignKind {
  /** Its name among all kinds. */
  readonly name: string;
  /** With an article, for a sentence: `an Excel workbook`. */
  readonly title: string;
  /** What it is not, in a sentence; by default a matrix that is read. */
  readonly isNot?: string;
  is(head: FileHead): boolean;
  remedy(path: string): Remedy | undefined;
}

/** Whether the unpacked bytes begin so; `null` stands for any byte. */
export function startsWith(
  { bytes }: FileHead,
  magic: string | readonly (number | null)[],
  offset = 0,
): boolean {
  const expected = typeof magic === "string"
    ? [...magic].map((character) => character.charCodeAt(0))
    : magic;
  return bytes.length >= offset + expected.length &&
    expected.every((byte, index) =>
      byte === null || bytes[offset + index] === byte
    );
}

/** Whether a file's name ends so; a last `.gz` does not count. */
export function hasEnding(
  { path }: Pick<FileHead, "path">,
  ...endings: readonly string[]
): boolean {
  const name = plainName(path);
  return endings.some((ending) => name.endsWith(ending));
}
