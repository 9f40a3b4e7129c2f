/**
 * Gives each reader files that are too large or too wide, and prints its
 * message, its time and its peak memory:
 *
 *     deno run --allow-read --allow-write --allow-run --allow-sys bench/hostile.ts
 *
 * The files, up to 1 GB, are made in a temporary folder and removed.
 */

import process from "node:process";
import { gzipSync } from "node:zlib";
import { readUserGeneSets } from "../lib/gene_sets/user_files.ts";
import { readRawMatrix } from "../lib/prepare/input/read_raw_matrix.ts";
import { matchSampleSheet } from "../lib/prepare/sheets/sample_sheet.ts";
import { readConfigFile } from "../lib/cli/config_file.ts";
import { InputError } from "../lib/cli/errors.ts";

const GIGABYTE = 1e9;
const MEBIBYTE = 1 << 20;

/** The readers; each returns what it has read, in a few words. */
const readers = {
  "a matrix": async (path: string) => {
    const { rows, columns } = await readRawMatrix({ path });
    return `${rows.ids.length} rows x ${columns.ids.length} columns`;
  },
  "a sample sheet": async (path: string) => {
    const axis = {
      title: "sample_id",
      ids: ["a", "s0", "s1"],
      annotations: [],
      locate: (index: number) => `line ${index + 2}`,
    };
    const columns = { ...axis, ids: ["g0"] };
    const { facts } = await matchSampleSheet(path, { rows: axis, columns });
    return `${facts.length} columns`;
  },
  "a gene set": async (path: string) => {
    const [set] = await readUserGeneSets(
      [path],
      [{ gene: "a", name: null }],
      () => {},
    );
    return `${set.columns.length} genes`;
  },
  "a config file": async (path: string) =>
    `${(await readConfigFile(path, {})).size} values`,
};

type Reader = keyof typeof readers;

/** A file that no user gives on purpose. */
interface Hostile {
  readonly what: string;
  readonly name: string;
  readonly readers: readonly Reader[];
  /** The text of the file, in parts. */
  readonly parts: () => Iterable<string>;
  /** Whether each part is gzipped. */
  readonly gzipped?: boolean;
}

/** The same text repeated, up to a gigabyte or less. */
function* fill(
  start: string,
  text: string,
  size = GIGABYTE,
): Iterable<string> {
  const block = text.repeat(Math.ceil(MEBIBYTE / text.length));
  yield start;
  for (let length = 0; length < size; length += block.length) yield block;
}

/** A header, and rows with a value per column. */
function* wide(columns: number, rows: number): Iterable<string> {
  yield "sample_id";
  for (let column = 0; column < columns; column += 1000) {
    yield Array.from({ length: 1000 }, (_, index) => `,g${column + index}`)
      .join("");
  }
  yield ",tissue\n";
  for (let row = 0; row < rows; row++) {
    yield `s${row}`;
    for (let column = 0; column < columns; column += 1000) {
      yield ",0.5".repeat(1000);
    }
    yield `,${row % 2 ? "leaf" : "root"}\n`;
  }
}

const all = Object.keys(readers) as Reader[];
const tables = all.slice(0, 2);

const files: readonly Hostile[] = [
  {
    what: "one line of 1 GB without a delimiter",
    name: "line.csv",
    readers: all,
    parts: () => fill("", "x"),
  },
  {
    what: "one line of 1 GB, nothing but commas",
    name: "commas.csv",
    readers: all,
    parts: () => fill("gene,sample_id,donor", ","),
  },
  {
    what: "a header and one row of 1 GB",
    name: "row.csv",
    readers: all,
    parts: () => fill("gene,sample_id,donor\na,", "1,"),
  },
  {
    what: "a quote that is never closed, followed by 1 GB",
    name: "quote.csv",
    readers: all,
    parts: () => fill('gene,sample_id,donor\n"', "a,\n"),
  },
  {
    what: "1 GB of empty lines",
    name: "empty.csv",
    readers: all,
    parts: () => fill("", "\n"),
  },
  {
    what: "1 GB of commas, gzipped to 1 MB",
    name: "commas.csv.gz",
    readers: tables,
    parts: () => fill("gene,sample_id,donor", ","),
    gzipped: true,
  },
  {
    what: "30 MB, a row every 2 bytes",
    name: "rows.csv",
    readers: ["a gene set"],
    parts: () => fill("gene\n", "a\n", 30e6),
  },
  {
    what: "30 MB of tabs in one line",
    name: "line.tsv",
    readers: ["a gene set", "a sample sheet"],
    parts: () => fill("gene\tdonor\tsample_id", "\t", 30e6),
  },
  {
    what: "30 MB, a row of 60 cells every 62 bytes",
    name: "cells.csv",
    readers: ["a gene set", "a sample sheet"],
    parts: () => fill(`gene${",".repeat(60)}\n`, `a${",".repeat(60)}\n`, 30e6),
  },
  {
    what: "1,001,000 genes, 4 samples",
    name: "wider.csv",
    readers: ["a matrix"],
    parts: () => wide(1_001_000, 4),
  },
  {
    what: "999,000 genes, 40 samples",
    name: "wide.csv",
    readers: ["a matrix"],
    parts: () => wide(999_000, 40),
  },
];

/** In its own process: reads one file and prints the outcome. */
async function read(reader: Reader, path: string): Promise<void> {
  const start = performance.now();
  let outcome: string;
  try {
    outcome = `read: ${await readers[reader](path)}`;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    outcome = error.message.replace(path, "FILE");
  }
  console.log(JSON.stringify({
    outcome,
    seconds: (performance.now() - start) / 1000,
    megabytes: process.resourceUsage().maxRSS * 1024 / 1e6,
  }));
}

/** In its own process: makes one of the files. */
async function make(name: string, path: string): Promise<void> {
  const { parts, gzipped } = files.find((hostile) => hostile.name === name)!;
  using file = await Deno.create(path);
  for (const part of parts()) {
    let bytes: Uint8Array = new TextEncoder().encode(part);
    if (gzipped) bytes = gzipSync(bytes);
    for (let written = 0; written < bytes.length;) {
      written += await file.write(bytes.subarray(written));
    }
  }
}

/**
 * Runs this script on one file. This process must stay small: on Linux the peak
 * memory of a process includes the size of the one that started it.
 */
async function runOn(job: string, path: string): Promise<string> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--cached-only", "--frozen", "--no-check"],
      ...["--allow-read", "--allow-sys", "--allow-write"],
      ...[import.meta.filename!, job, path],
    ],
  }).output();
  await Deno.stderr.write(stderr);
  return new TextDecoder().decode(stdout);
}

async function main(): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const hostile of files) {
      const path = `${folder}/${hostile.name}`;
      await runOn(hostile.name, path);
      console.log(hostile.what);
      for (const reader of hostile.readers) {
        const text = await runOn(reader, path);
        if (text === "") {
          console.log(`  as ${reader}: FAILED`);
          continue;
        }
        const { outcome, seconds, megabytes } = JSON.parse(text);
        console.log(
          `  as ${reader}: ${seconds.toFixed(1)} s, ` +
            `${megabytes.toFixed(0)} MB: ${outcome}`,
        );
      }
      await Deno.remove(path);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const [job, path] = Deno.args;
if (path === undefined) await main();
else if (Object.hasOwn(readers, job)) await read(job as Reader, path);
else await make(job, path);
