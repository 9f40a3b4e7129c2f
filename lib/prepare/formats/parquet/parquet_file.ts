/** Reads the columns of a Parquet file, some of a group of rows at a time. */

import {
  brotliDecompressSync,
  gunzipSync,
  zstdDecompressSync,
} from "node:zlib";
import type {
  AsyncBuffer,
  Compressors,
  DecodedArray,
  FileMetaData,
} from "hyparquet";
import { InputError } from "../../../cli/errors.ts";
import { countOf, quote, truncateText } from "../../../cli/text.ts";
import { rewriteParquet } from "../rewrite.ts";
import { unreadable } from "../../input/unreadable.ts";

/** Values that are unpacked at a time, unless one column has more. */
const AT_ONCE = 1 << 20;
/** Characters of the library's complaint that are shown. */
const LONGEST_REASON = 80;

/** What is not unpacked elsewhere; `length` guards against a bomb. */
const COMPRESSORS: Compressors = {
  GZIP: (bytes, length) => gunzipSync(bytes, { maxOutputLength: length }),
  BROTLI: (bytes, length) =>
    brotliDecompressSync(bytes, { maxOutputLength: length }),
  ZSTD: (bytes, length) =>
    zstdDecompressSync(bytes, { maxOutputLength: length }),
};

/** The compressions that can be read. */
const READABLE = new Set([
  "UNCOMPRESSED",
  "SNAPPY",
  ...Object.keys(COMPRESSORS),
]);

/** Takes a part of a column. */
export type ColumnSink = (
  column: string,
  firstRow: number,
  values: DecodedArray,
) => void;

/** An open Parquet file. */
export class ParquetFile implements Disposable {
  private constructor(
    readonly path: string,
    private readonly bytes: FileBytes,
    readonly metadata: FileMetaData,
  ) {}

  /**
   * Opens a file and reads its footer.
   *
   * @param onRead Called with the bytes of each read.
   * @throws {InputError} If the file is damaged or written in an unknown way.
   */
  static async open(
    path: string,
    onRead: (bytes: number) => void,
  ): Promise<ParquetFile> {
    // Loaded here, as most commands read no Parquet.
    const { parquetMetadataAsync } = await import("hyparquet");
    const bytes = new FileBytes(await Deno.open(path), onRead);
    try {
      const metadata = await explained(
        path,
        bytes,
        () => parquetMetadataAsync(bytes),
      );
      checkGroups(path, metadata);
      checkCodecs(path, metadata);
      return new ParquetFile(path, bytes, metadata);
    } catch (error) {
      bytes[Symbol.dispose]();
      throw error;
    }
  }

  /** How many rows there are. */
  get rows(): number {
    return Number(this.metadata.num_rows);
  }

  /**
   * Reads columns, group of rows by group of rows.
   *
   * @throws {InputError} If the file is damaged.
   */
  async read(columns: readonly string[], sink: ColumnSink): Promise<void> {
    let start = 0;
    for (const group of this.metadata.row_groups) {
      const rows = Number(group.num_rows);
      const step = Math.max(1, Math.floor(AT_ONCE / Math.max(1, rows)));
      for (let from = 0; from < columns.length; from += step) {
        const some = columns.slice(from, from + step);
        await explained(
          this.path,
          this.bytes,
          () => this.#readGroup(some, start, rows, sink),
        );
      }
      start += rows;
    }
  }

  async #readGroup(
    columns: string[],
    start: number,
    rows: number,
    sink: ColumnSink,
  ): Promise<void> {
    const { parquetRead } = await import("hyparquet");
    let values = 0;
    await parquetRead({
      file: this.bytes,
      metadata: this.metadata,
      columns,
      rowStart: start,
      rowEnd: start + rows,
      compressors: COMPRESSORS,
      // What is thrown in here reaches nobody, so the sum is checked below.
      onChunk({ columnName, columnData, rowStart }) {
        if (rowStart + columnData.length > start + rows) return;
        values += columnData.length;
        sink(columnName, rowStart, columnData);
      },
    });
    if (values !== columns.length * rows) {
      throw new Error(
        `${countOf(values, "value")} where ${columns.length * rows} should be`,
      );
    }
  }

  [Symbol.dispose](): void {
    this.bytes[Symbol.dispose]();
  }
}

/** The bytes of a file. What it throws would end the process, so it keeps it. */
class FileBytes implements AsyncBuffer, Disposable {
  readonly byteLength: number;
  failure: Error | undefined;

  constructor(
    private readonly file: Deno.FsFile,
    private readonly onRead: (bytes: number) => void,
  ) {
    this.byteLength = file.statSync().size;
  }

  slice(start: number, end = this.byteLength): ArrayBuffer {
    const size = this.byteLength;
    if (!(start >= 0 && start <= end && end <= size)) {
      this.failure ??= new Error(`bytes ${start} to ${end} of ${size}`);
      return new ArrayBuffer(0);
    }
    const bytes = new Uint8Array(end - start);
    let length = 0;
    try {
      this.file.seekSync(start, Deno.SeekMode.Start);
      while (length < bytes.length) {
        const count = this.file.readSync(bytes.subarray(length));
        if (count === null) throw new Error("the file ends too early");
        length += count;
      }
    } catch (error) {
      this.failure ??= error as Error;
    }
    this.onRead(length);
    return bytes.buffer;
  }

  [Symbol.dispose](): void {
    this.file.close();
  }
}

/** @throws {InputError} In place of whatever the library throws. */
async function explained<T>(
  path: string,
  bytes: FileBytes,
  read: () => Promise<T>,
): Promise<T> {
  let reason: unknown;
  try {
    const result = await read();
    if (bytes.failure === undefined) return result;
  } catch (error) {
    if (error instanceof InputError) throw error;
    reason = error;
  }
  reason = bytes.failure ?? reason;
  const message = reason instanceof Error ? reason.message : String(reason);
  throw unreadable(
    path,
    `the Parquet file is damaged or cut off (${
      truncateText(message.split("\n")[0], LONGEST_REASON)
    })`,
    "Copy or download it again",
  );
}

/** The groups must hold the rows of the file, or memory is asked for in vain. */
function checkGroups(
  path: string,
  { num_rows, row_groups }: FileMetaData,
): void {
  const rows = row_groups.reduce((sum, group) => sum + group.num_rows, 0n);
  if (
    rows === num_rows && row_groups.every((group) => group.num_rows >= 0n)
  ) return;
  throw unreadable(
    path,
    `the Parquet file is damaged: it declares ${num_rows} rows, and its groups ` +
      `hold ${rows}`,
    "Copy or download it again",
  );
}

function checkCodecs(path: string, { row_groups }: FileMetaData): void {
  for (const { columns } of row_groups) {
    for (const { meta_data } of columns) {
      if (meta_data === undefined) {
        throw unreadable(
          path,
          "its columns are encrypted, or in other files",
          rewriteParquet(path),
        );
      }
      const { codec, path_in_schema } = meta_data;
      if (READABLE.has(codec)) continue;
      throw unreadable(
        path,
        `column ${quote(path_in_schema.join("."))} is compressed with ` +
          `${codec}, which is not known here`,
        rewriteParquet(path),
      );
    }
  }
}
