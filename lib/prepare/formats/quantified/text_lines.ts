/** The lines of a user's text file, one after another. */

import { type FileSource, openBytes } from "../../input/file_stream.ts";
import { unreadable } from "../../input/unreadable.ts";

/** A longer line is refused: the file is no table. */
const LINE_LIMIT = 1 << 20;

/**
 * Reads a text file, plain or gzipped, line by line, without the ends of the
 * lines. No more than one chunk of the file is held.
 *
 * @throws {InputError} If the file cannot be read, is empty, is not UTF-8
 * text, or has a line of more than 1 MiB.
 */
export async function* readLines(source: FileSource): AsyncGenerator<string> {
  for await (const lines of lineBlocks(source)) yield* lines;
}

/** As `readLines`, but gives the lines of a chunk at once, which is faster. */
export async function* lineBlocks(
  source: FileSource,
): AsyncGenerator<readonly string[]> {
  const { path } = source;
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  const split = (text: string): string[] => {
    if (text.includes("\0")) throw notText(path);
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    if (rest.length > LINE_LIMIT) {
      throw unreadable(path, "it has a line of more than 1 MiB");
    }
    return lines.map(withoutReturn);
  };
  for await (const chunk of openBytes(source)) {
    yield split(decode(utf8, path, chunk));
  }
  yield split(decode(utf8, path));
  if (rest !== "") yield [withoutReturn(rest)];
}

/** The first lines of a text file; fewer if it has no more. */
export async function firstLines(
  path: string,
  count: number,
): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines({ path })) {
    lines.push(line);
    if (lines.length === count) break;
  }
  return lines;
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

function decode(utf8: TextDecoder, path: string, chunk?: Uint8Array): string {
  try {
    return chunk === undefined
      ? utf8.decode()
      : utf8.decode(chunk, { stream: true });
  } catch {
    throw notText(path);
  }
}

function notText(path: string) {
  return unreadable(path, "it holds bytes that are not UTF-8 text");
}
