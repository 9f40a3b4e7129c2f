/** The lines of a text file as bytes, however they end. */

import { type FileSource, openBytes } from "../../input/file_stream.ts";
import { join } from "../../input/text_stream.ts";
import { unreadable } from "../../input/unreadable.ts";

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
/** A longer line is refused: it is no such file. */
const LINE_LIMIT = 1 << 20;

/** Takes a line: the bytes from `start` to `end`, where a line end stands. */
export type LineSink = (
  bytes: Uint8Array,
  start: number,
  end: number,
  line: number,
) => void;

/**
 * Reads a file, plain or gzipped, and gives its lines that are not empty.
 *
 * @throws {InputError} If it cannot be read, or has a line without end.
 */
export async function readLines(
  source: FileSource,
  sink: LineSink,
): Promise<void> {
  let rest = new Uint8Array(0);
  let line = 0;
  const take = (bytes: Uint8Array, end: number) => {
    let start = 0;
    for (let at = 0; at < end; at++) {
      if (bytes[at] !== LINE_FEED) continue;
      line++;
      const last = bytes[at - 1] === RETURN && at > start ? at - 1 : at;
      if (last > start) sink(bytes, start, last, line);
      start = at + 1;
    }
  };
  for await (const chunk of openBytes(source)) {
    const end = chunk.lastIndexOf(LINE_FEED) + 1;
    if (end === 0) {
      rest = join(rest, chunk);
    } else {
      // The line that two chunks share, and then the others in place.
      const first = chunk.indexOf(LINE_FEED) + 1;
      const shared = join(rest, chunk.subarray(0, first));
      take(shared, shared.length);
      const others = chunk.subarray(first, end);
      take(others, others.length);
      rest = chunk.slice(end);
    }
    if (rest.length > LINE_LIMIT) {
      throw unreadable(
        source.path,
        `line ${line + 1} has more than ${LINE_LIMIT} bytes`,
      );
    }
  }
  if (rest.length > 0) {
    const last = join(rest, Uint8Array.of(LINE_FEED));
    take(last, last.length);
  }
}
