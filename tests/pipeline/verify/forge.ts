/** Changes to a finished run as somebody would make them who hides them. */

import { hashText } from "../../../lib/store/hash.ts";
import { sealRecord, type StageRecord } from "../../../lib/store/record.ts";

/** A record in which anything may be changed. */
// deno-lint-ignore no-explicit-any
export type Forgeable = Record<string, any>;

/** Changes a stage's record and seals it again. */
export async function forge(
  run: string,
  stage: string,
  change: (record: Forgeable) => void,
): Promise<void> {
  const path = `${run}/${stage}/stage.json`;
  const { sha256: _seal, ...record } = JSON.parse(
    await Deno.readTextFile(path),
  );
  change(record);
  await Deno.writeTextFile(path, sealRecord(record as StageRecord));
}

/** Changes a stage's file, and its SHA-256 in the record. */
export async function forgeFile(
  run: string,
  stage: string,
  file: string,
  text: string,
): Promise<void> {
  await Deno.writeTextFile(`${run}/${stage}/${file}`, text);
  await forge(run, stage, ({ outputs }) => outputs[file] = hashText(text));
}
