/** Reads text by one format, or by the one that is recognized. */

import { findFormat } from "../../../lib/prepare/formats/formats.ts";
import type {
  Format,
  ReadOptions,
} from "../../../lib/prepare/formats/format.ts";
import { readHead } from "../../../lib/prepare/input/read_head.ts";
import type { RawMatrix } from "../../../lib/prepare/input/raw_matrix.ts";
import { writeInput } from "../user_files.ts";

export interface TestRead extends ReadOptions {
  /** The file's name. */
  readonly name?: string;
}

/**
 * Writes a file and reads it.
 *
 * @param format The format; by default the one that is recognized.
 */
export async function readContent(
  content: string | Uint8Array,
  { name = "matrix.txt", ...options }: TestRead = {},
  format?: Format,
): Promise<RawMatrix> {
  const folder = await Deno.makeTempDir();
  try {
    const path = await writeInput(`${folder}/${name}`, content);
    const found = format ?? findFormat(await readHead(path));
    return await found.read({ path }, options);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The format that a file of such a name and content is read by. */
export async function formatNameOf(
  content: string | Uint8Array,
  name = "matrix.txt",
): Promise<string> {
  const folder = await Deno.makeTempDir();
  try {
    const path = await writeInput(`${folder}/${name}`, content);
    return findFormat(await readHead(path)).name;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
