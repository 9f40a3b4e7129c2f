/**
 * A finished run of the small matrix. It is made once for all tests of a
 * process, which get copies of it.
 */

import assert from "node:assert/strict";
import { relative } from "node:path";
import { copyTree, sharedFolder } from "../shared_folder.ts";
import { project, runScript } from "./run_script.ts";
import { matrix, quickest } from "./small_matrix.ts";

/**
 * Copies the run and its matrix into a folder: `reports/small` and
 * `matrix.csv`.
 *
 * @returns The paths of both.
 */
export async function copySmallRun(
  folder: string,
): Promise<{ run: string; input: string }> {
  const made = await sharedFolder("small", makeSmallRun);
  const run = `${folder}/reports/small`;
  const input = `${folder}/matrix.csv`;
  await copyTree(`${made}/reports/small`, run);
  await Deno.writeTextFile(input, matrix);
  const config = `${run}/config.json`;
  const values = JSON.parse(await Deno.readTextFile(config));
  values.input = relative(project, input).replaceAll("\\", "/");
  await Deno.writeTextFile(config, JSON.stringify(values, null, 2) + "\n");
  return { run, input };
}

async function makeSmallRun(folder: string): Promise<void> {
  const input = `${folder}/matrix.csv`;
  await Deno.writeTextFile(input, matrix);
  const { code, err } = await runScript(
    folder,
    "all",
    ...["--input", input, "--run", `${folder}/reports/small`],
    ...quickest,
  );
  assert.equal(code, 0, err);
}
