/** A user's file as a stream of bytes, decompressed if it is gzipped. */

import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { InputError } from "../../cli/errors.ts";
import { explainUnreadable } from "../../cli/text_file.ts";
import { refusePipe } from "../../store/pipes.ts";
import { unreadable } from "./unreadable.ts";

const CHUNK = 1 << 20;

/** A file to read. */
export interface FileSource {
  readonly path: string;
  /** Is called with the bytes of each chunk read, compressed as they are. */
  readonly onRead?: (bytes: number) => void;
}

/**
 * Opens a file and gives its bytes chunk by chunk. A gzip file, recognized by
 * its first two bytes whatever its name, is decompressed on the way (all its
 * members, as bgzip writes them).
 *
 * @returns Chunks of at most about 1 MiB, never empty. A chunk is valid until
 * the next one is asked for.
 * @throws {InputError} If the file is missing, unreadable, a directory, a pipe
 * (which cannot be read twice), empty, or a gzip file that is cut off or damaged.
 */
export async function* openBytes(
  { path, onRead = () => {} }: FileSource,
): AsyncGenerator<Uint8Array> {
  const chunks = readChunks(await openFile(path), onRead);
  const first = await chunks.next();
  if (first.done) throw unreadable(path, "the file is empty");
  const whole = prepend(first.value, chunks);
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    yield* whole;
    return;
  }
  // The callback is the pipeline's own report; the loop below throws the same.
  const gunzip = pipeline(
    Readable.from(copyEach(whole), { objectMode: true }),
    createGunzip({ chunkSize: CHUNK }),
    () => {},
  );
  let unpacked = 0;
  try {
    for await (const chunk of gunzip) {
      unpacked += chunk.length;
      yield chunk;
    }
  } catch (error) {
    throw unreadable(
      path,
      explainGzip(error),
      "Download or compress the file again (gzip -t shows whether it is whole)",
    );
  }
  if (unpacked === 0) throw unreadable(path, "the gzip file holds nothing");
}

async function openFile(path: string): Promise<Deno.FsFile> {
  let file: Deno.FsFile;
  try {
    refusePipe(path, await Deno.stat(path));
    file = await Deno.open(path);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw unreadable(path, explainUnreadable(error));
  }
  if ((await file.stat()).isDirectory) {
    file.close();
    throw unreadable(path, "it is a directory and must be a file");
  }
  return file;
}

/**
 * Reads into one buffer while the consumer works on the other, so that a long
 * file needs two buffers only.
 */
async function* readChunks(
  file: Deno.FsFile,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let [free, full] = [new Uint8Array(CHUNK), new Uint8Array(CHUNK)];
  let ahead = readAhead(file, full);
  try {
    while (true) {
      const length = await ahead;
      if (length === null) return;
      [free, full] = [full, free];
      ahead = readAhead(file, full);
      onRead(length);
      yield free.subarray(0, length);
    }
  } finally {
    await ahead.catch(() => {}); // A file is not closed under a read.
    file.close();
  }
}

/** Starts a read; if it fails, `await` throws the error. */
function readAhead(
  file: Deno.FsFile,
  buffer: Uint8Array,
): Promise<number | null> {
  const reading = file.read(buffer);
  reading.catch(() => {});
  return reading;
}

/** A stream takes chunks before it has used the earlier ones. */
async function* copyEach(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield chunk.slice();
}

/** Closes `rest`, and with it the file, even if the consumer leaves early. */
async function* prepend(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

function explainGzip(error: unknown): string {
  const code = (error as { code?: string }).code;
  if (code === "Z_BUF_ERROR") return "the gzip file is cut off";
  if (code?.startsWith("Z_")) {
    return `the gzip file is damaged (${(error as Error).message})`;
  }
  throw error;
}
