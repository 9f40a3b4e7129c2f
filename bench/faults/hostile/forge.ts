/** Forges records: their seals fit, as a forger would make them fit. */

import { kindOf } from "../../../lib/store/files.ts";
import { hashFile, hashText } from "../../../lib/store/hash.ts";
import {
  formatSortedJson,
  outputPath,
  PARAMETERS,
  RECORD_FILE,
  sealRecord,
  type StageRecord,
} from "../../../lib/store/record.ts";
import { pipeline } from "../../../lib/pipeline/stages.ts";

/** A record of which anything may be changed, to values of any type. */
// deno-lint-ignore no-explicit-any
export type Forged = Record<string, any>;

const pathOf = (run: string, stage: string) => `${run}/${stage}/${RECORD_FILE}`;

async function readRaw(run: string, stage: string): Promise<Forged> {
  const { sha256: _seal, ...record } = JSON.parse(
    await Deno.readTextFile(pathOf(run, stage)),
  );
  return record;
}

/** Changes a stage's record and seals it again. */
export async function forge(
  run: string,
  stage: string,
  change: (record: Forged) => void,
): Promise<void> {
  const record = await readRaw(run, stage);
  change(record);
  await Deno.writeTextFile(
    pathOf(run, stage),
    sealRecord(record as StageRecord),
  );
}

/** Makes all records fit the files and one another. */
export async function fitRecords(run: string): Promise<void> {
  for (const { name } of pipeline.stages) {
    if (await kindOf(pathOf(run, name)) !== "file") continue;
    const inputs: Record<string, string> = {};
    const { inputs: recorded } = await readRaw(run, name);
    for (const key of Object.keys(recorded)) {
      inputs[key] = await hashOf(run, key) ?? recorded[key];
    }
    const outputs: Record<string, string> = {};
    const { outputs: made } = await readRaw(run, name);
    for (const file of Object.keys(made)) {
      const path = `${run}/${outputPath(name, file)}`;
      outputs[file] = await kindOf(path) === "file"
        ? await hashFile(path)
        : made[file];
    }
    await forge(
      run,
      name,
      (record) => Object.assign(record, { inputs, outputs }),
    );
  }
}

async function hashOf(run: string, key: string): Promise<string | undefined> {
  if (key.includes(":")) return undefined;
  if (key.endsWith(`/${PARAMETERS}`)) {
    const { parameters } = await readRaw(run, key.slice(0, key.indexOf("/")));
    return hashText(formatSortedJson(parameters));
  }
  const path = `${run}/${key}`;
  return await kindOf(path) === "file" ? await hashFile(path) : undefined;
}

/** Puts another text into a file of a run, and makes the records fit. */
export async function forgeFile(
  run: string,
  file: string,
  change: (text: string) => string,
): Promise<void> {
  const path = `${run}/${file}`;
  await Deno.writeTextFile(path, change(await Deno.readTextFile(path)));
  await fitRecords(run);
}
