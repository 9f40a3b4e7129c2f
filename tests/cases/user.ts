/** A user who writes files and runs commands, as they are run in a terminal. */

import assert from "node:assert/strict";
import { runCommand } from "../../lib/pipeline/run_command.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { type Dataset, readDataset } from "../../lib/prepare/dataset.ts";
import * as files from "../../lib/prepare/outputs.ts";
import type { Row } from "../../lib/store/fields.ts";
import { readerOf } from "../prepare/fake_context.ts";
import { type Made, type Rows, write } from "./made_matrix.ts";

/** Flags by which the values stay as they are in the file. */
export const AS_IT_IS = "--transform none --normalize none --min-expression 0"
  .split(" ");
/** A line is short enough to be read. */
const LONGEST_LINE = 400;

/** What a command that went well has made. */
export interface Prepared {
  readonly data: Dataset;
  readonly input: Row<typeof files.input.fields>;
  /** All that was printed, a space for each line end. */
  readonly said: string;
  readonly run: string;
}

/** The error that a command ended with. */
export interface Refused {
  /** The line of the error, without the folder of the files. */
  readonly message: string;
  /** The line below it, without `try:`. */
  readonly remedy: string;
}

/** Has a folder of its own, with its files and runs. */
export class User {
  #runs = 0;

  private constructor(readonly folder: string) {}

  /** Runs a test with a new folder, which goes away afterwards. */
  static async in(test: (user: User) => Promise<void>): Promise<void> {
    const folder = await Deno.makeTempDir();
    try {
      await test(new User(folder));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }

  /** Writes a file. */
  async save(
    name: string,
    content: Rows | string | Uint8Array,
  ): Promise<string> {
    const path = `${this.folder}/${name}`;
    if (content instanceof Uint8Array) await Deno.writeFile(path, content);
    else {
      await Deno.writeTextFile(
        path,
        typeof content === "string" ? content : write(content),
      );
    }
    return path;
  }

  /** Runs `deno task prepare`, which must go well. */
  async prepare(...flags: string[]): Promise<Prepared> {
    const run = `${this.folder}/run${this.#runs++}`;
    const { status, lines } = await this.#command("prepare", [
      ...flags,
      ...["--run", run],
    ]);
    assert.equal(status, 0, lines.join("\n"));
    return await this.#read(run, lines);
  }

  /** Runs `deno task all`, which must go well. */
  async all(...flags: string[]): Promise<{ said: string; report: string }> {
    const run = `${this.folder}/run${this.#runs++}`;
    const { status, lines } = await this.#command("all", [
      ...flags,
      ...["--run", run],
    ]);
    assert.equal(status, 0, lines.join("\n"));
    return {
      said: lines.join(" ").replaceAll(/\s+/g, " "),
      report: await Deno.readTextFile(`${run}/report.md`),
    };
  }

  /** Runs `prepare`; it must end with status 2 and one or two lines. */
  async refused(...flags: string[]): Promise<Refused> {
    return await this.#refused("prepare", flags, 2);
  }

  /** The same of `deno task all`. */
  async allRefused(...flags: string[]): Promise<Refused> {
    return await this.#refused("all", flags, 2);
  }

  /** Runs `deno task all`; it must fail while it runs, with status 1. */
  async allFailed(...flags: string[]): Promise<Refused> {
    return await this.#refused("all", flags, 1);
  }

  /** Runs the command that a remedy names; it must go well. */
  async paste({ remedy }: Refused): Promise<Prepared> {
    const words = wordsOf(remedy);
    assert.deepEqual(words.slice(0, 2), ["deno", "task"], remedy);
    const [command, ...args] = words.slice(2);
    const { status, lines } = await this.#command(command, args);
    assert.equal(status, 0, lines.join("\n"));
    return await this.#read(args[args.indexOf("--run") + 1], lines);
  }

  async #refused(
    command: string,
    flags: string[],
    expected: number,
  ): Promise<Refused> {
    const run = `${this.folder}/run${this.#runs++}`;
    const { status, lines } = await this.#command(command, [
      ...flags,
      ...["--run", run],
    ]);
    assert.equal(status, expected, lines.join("\n"));
    const at = lines.findIndex((line) => /^Cannot /.test(line));
    assert.ok(at >= 0, lines.join("\n"));
    const [message, remedy = ""] = lines.slice(at);
    assert.ok(lines.length - at <= 2, "an error is one line and a remedy");
    const plain = message.replaceAll(`${this.folder}/`, "");
    assert.ok(plain.length < LONGEST_LINE, plain);
    assert.doesNotMatch(plain, /\p{Cc}|\.$/u);
    assert.match(remedy, /^( {2}try: .+)?$/);
    return { message: plain, remedy: remedy.replace("  try: ", "") };
  }

  async #command(command: string, args: readonly string[]) {
    const lines: string[] = [];
    const print = (text: string) => lines.push(...text.split("\n"));
    const status = await runCommand(pipeline, command, args, {
      out: print,
      err: print,
    });
    return { status, lines };
  }

  async #read(run: string, lines: readonly string[]): Promise<Prepared> {
    const reader = readerOf(run);
    return {
      data: await readDataset(reader),
      input: await reader.read(files.input),
      said: lines.join(" ").replaceAll(/\s+/g, " ")
        .replaceAll(`${this.folder}/`, ""),
      run,
    };
  }
}

/** Checks that all of a matrix was read, with the flags `AS_IT_IS`. */
export function assertRead({ data }: Prepared, matrix: Made): void {
  assert.deepEqual(data.sampleIds, matrix.samples);
  assert.deepEqual(data.genes, matrix.genes);
  assert.deepEqual(data.tissues, matrix.tissues);
  assert.deepEqual(data.values, Float32Array.from(matrix.values.flat()));
}

/** The words of a command as a POSIX shell reads them. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/(?:'[^']*'|\\.|[^\s'\\])+/g)].map(([word]) =>
    word.replaceAll(/'([^']*)'|\\(.)/g, (_, text, one) => text ?? one)
  );
}
