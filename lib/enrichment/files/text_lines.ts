/** A user's annotation file line by line, whatever its size. */

import { InputError, type Remedy } from "../../cli/errors.ts";
import { escapeControls, formatBytes } from "../../cli/text.ts";
import { openText } from "../../prepare/input/text_stream.ts";

/** Unpacked bytes; a larger file annotates no single matrix. */
const MOST_BYTES = 2 ** 32;
/** Characters of a line. */
const LONGEST_LINE = 1 << 24;

/** What to do if a file that a run remembers is no longer there. */
const GONE = "Say where it is, or name no file to do without it";

/** Lines of a file in one piece, the first of them numbered from 1. */
export interface LineBlock {
  readonly first: number;
  readonly lines: readonly string[];
}

/**
 * Reads a text file, plain or gzipped, block by block.
 *
 * @throws {InputError} If it cannot be read, is no UTF-8 text, has a line of
 * more than 16 Mi characters, or unpacks to more than 4 GiB.
 */
export async function* readLines(path: string): AsyncGenerator<LineBlock> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let [rest, next, bytes] = ["", 1, 0];
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw unusable(
        path,
        `line ${next} or one soon after it holds bytes that are not UTF-8 text`,
        "Save it as UTF-8 text",
      );
    }
  };
  try {
    for await (const chunk of openText({ path })) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) {
        throw unusable(
          path,
          `it unpacks to more than ${formatBytes(MOST_BYTES)}`,
          "Take the part of it that annotates your species",
        );
      }
      const lines = (rest + decode(chunk)).split("\n");
      rest = lines.pop()!;
      if (rest.length > LONGEST_LINE) {
        throw unusable(
          path,
          `line ${next + lines.length} is longer than 16 Mi characters`,
        );
      }
      yield { first: next, lines: lines.map(withoutReturn) };
      next += lines.length;
    }
    rest += decode();
  } catch (error) {
    throw error instanceof InputError ? asUnusable(path, error) : error;
  }
  if (rest !== "") yield { first: next, lines: [withoutReturn(rest)] };
}

/** The error for an annotation file. */
export function unusable(
  path: string,
  what: string,
  remedy?: Remedy,
): InputError {
  return new InputError(
    `Cannot read the annotation ${escapeControls(path)}: ${what}`,
    remedy,
  );
}

/** The error of a reader of any text file, as one for an annotation file. */
export function asUnusable(path: string, error: InputError): InputError {
  const start = `Cannot read ${escapeControls(path)}: `;
  if (!error.message.startsWith(start)) return error;
  const what = error.message.slice(start.length);
  return unusable(
    path,
    what.replace(/(;| and) (the file )?must be a CSV or TSV table.*$/, ""),
    /there is no such file/.test(what)
      ? GONE
      : "Give the file as text, plain or gzipped",
  );
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
