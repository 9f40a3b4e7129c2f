/**
 * A finished run of the small matrix. It is made once for all tests of a
 * process, which get copies of it.
 */

import assert from "node:assert/strict";
import { dirname } from "node:path";
import { runScript } from "./run_script.ts";
import { matrix, quickest } from "./small_matrix.ts";

/** How the names of its folders in the temporary folder begin. */
const PREFIX = "small-run-";

/** Milliseconds after which one that a test process has left is removed. */
const OLD = 24 * 3600 * 1000;

/**
 * Copies the run and its matrix into a folder: `reports/small` and
 * `matrix.csv`.
 *
 * @returns The paths of both.
 */
export async function copySmallRun(
  folder: string,
): Promise<{ run: string; input: string }> {
  const made = await makeOnce();
  const run = `${folder}/reports/small`;
  const input = `${folder}/matrix.csv`;
  await copyTree(`${made}/reports/small`, run);
  await Deno.writeTextFile(input, matrix);
  const config = `${run}/config.json`;
  const text = await Deno.readTextFile(config);
  assert.ok(text.includes(made.slice(1)), text);
  await Deno.writeTextFile(
    config,
    text.replace(`${made.slice(1)}/matrix.csv`, input.slice(1)),
  );
  return { run, input };
}

async function makeOnce(): Promise<string> {
  const own = await Deno.makeTempDir({ prefix: PREFIX });
  const temporary = dirname(own);
  const made = `${temporary}/${PREFIX}of-${Deno.pid}`;
  await Deno.remove(own);
  if (await Deno.stat(made).catch(() => null)) return made;
  await removeOld(temporary);
  const input = `${made}/matrix.csv`;
  await Deno.mkdir(made);
  await Deno.writeTextFile(input, matrix);
  const { code, err } = await runScript(
    made,
    "all",
    ...["--input", input, "--run", `${made}/reports/small`],
    ...quickest,
  );
  assert.equal(code, 0, err);
  return made;
}

async function removeOld(temporary: string): Promise<void> {
  for await (const { name } of Deno.readDir(temporary)) {
    if (!name.startsWith(PREFIX)) continue;
    const path = `${temporary}/${name}`;
    const { mtime } = await Deno.stat(path);
    if (mtime !== null && Date.now() - mtime.getTime() > OLD) {
      await Deno.remove(path, { recursive: true });
    }
  }
}

async function copyTree(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    await (isDirectory ? copyTree : Deno.copyFile)(
      `${from}/${name}`,
      `${to}/${name}`,
    );
  }
}
