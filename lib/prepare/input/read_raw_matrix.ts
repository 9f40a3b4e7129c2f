/** Reads the user's matrix in any known format. */

import { findFormat, formats } from "../formats/formats.ts";
import type { Format, ReadOptions } from "../formats/format.ts";
import type { FileSource } from "./file_stream.ts";
import type { RawMatrix } from "./raw_matrix.ts";
import { readHead } from "./read_head.ts";

/**
 * Reads a file or a folder in the format that its content, or else its name,
 * is of.
 *
 * @throws {InputError} If it is missing or is no matrix in a known format.
 */
export async function readRawMatrix(
  source: FileSource,
  options: ReadOptions = {},
  known: readonly Format[] = formats,
): Promise<RawMatrix> {
  const format = findFormat(await readHead(source.path), known);
  const matrix = await format.read(source, options);
  const idle = noteIdleFlags(format, matrix, options);
  return { ...matrix, notes: [...idle, ...matrix.notes] };
}

/** Flags that do nothing with such a file. */
function noteIdleFlags(
  { uses = [] }: Format,
  { format }: RawMatrix,
  options: ReadOptions,
): string[] {
  const isIdle = (name: "layer" | "tx2gene") =>
    options[name] !== undefined && !uses.includes(name);
  return [
    ...isIdle("layer")
      ? [`--layer does nothing here: ${format} holds one matrix`]
      : [],
    ...isIdle("tx2gene")
      ? [
        `--tx2gene does nothing here: the genes of ${format} are taken as ` +
        "they are",
      ]
      : [],
  ];
}
