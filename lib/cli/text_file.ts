/** Small text files of a user's, refused where they are no such thing. */

import { InputError, type Remedy } from "./errors.ts";
import { isMissing } from "./system_error.ts";
import { escapeControls, truncateText } from "./text.ts";

/**
 * Reads a small text file, and no more of it than `limit`, whatever it is.
 *
 * @param limit Bytes that such a file has at most.
 * @param options What it should be, what cannot be done if it is not, and what
 * to do if it cannot be opened, for the message.
 * @returns The text, without a byte-order mark.
 * @throws {InputError} If the file cannot be opened, is larger, or is no
 * UTF-8 text.
 */
export async function readTextFile(
  path: string,
  limit: number,
  {
    kind = "a text file",
    action = `Cannot read ${escapeControls(path)}`,
    remedy,
  }: {
    readonly kind?: string;
    readonly action?: string;
    readonly remedy?: Remedy;
  } = {},
): Promise<string> {
  const chunks: Uint8Array[] = [];
  try {
    using file = await Deno.open(path);
    let length = 0;
    for await (const chunk of file.readable) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > limit) {
        throw new InputError(
          `${action}: it is larger than ${
            limit >> 20
          } MiB and should be ${kind}`,
        );
      }
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    if (error instanceof Deno.errors.IsADirectory) {
      throw new InputError(
        `${action}: it is a folder and should be ${kind}`,
        remedy,
      );
    }
    throw new InputError(`${action}: ${explainUnreadable(error)}`, remedy);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(
      new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer()),
    );
  } catch {
    throw new InputError(
      `${action}: it is no UTF-8 text`,
      "Save it as UTF-8 text",
    );
  }
}

/** Why a file cannot be opened or read, in words. */
export function explainUnreadable(error: unknown): string {
  if (isMissing(error)) return "there is no such file";
  if (error instanceof Deno.errors.IsADirectory) {
    return "it is a directory and must be a file";
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return "you have no permission to read it";
  }
  const message = error instanceof Error ? error.message : String(error);
  return truncateText(
    message.split(/ \(os error|: open |, run again/, 1)[0],
    100,
  );
}
