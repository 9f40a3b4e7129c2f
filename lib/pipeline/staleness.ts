/** Whether a stage is up to date, and if not, why. */

import { hashFile, hashInput } from "../store/hash.ts";
import {
  changedInputs,
  outputPath,
  readRecord,
  type StageRecord,
  VERSION,
} from "../store/record.ts";
import { locateUserInput, portableValues } from "../cli/input_files.ts";
import type { StageRequest } from "./request.ts";

/**
 * Why a stage must run.
 *
 * @returns Reasons in plain words; none if the stage is up to date.
 */
export async function rerunReasons(request: StageRequest): Promise<string[]> {
  const { runFolder, stage } = request;
  let record: StageRecord | undefined;
  try {
    record = await readRecord(runFolder, stage.name);
  } catch {
    return ["its stage.json cannot be read"];
  }
  if (record === undefined) return ["it has not run yet"];
  return [
    ...findDifferences(record, request),
    ...await findChangedInputs(record, request),
    ...await findAlteredOutputs(record, runFolder),
  ];
}

/**
 * How a stage as asked for differs from the one that is recorded.
 *
 * @returns Lines such as `draws 50 -> 20`.
 */
export function findDifferences(
  record: StageRecord,
  { stage, values, settings, code }: StageRequest,
): string[] {
  const differences: string[] = [];
  const compare = (name: string, before: unknown, after: unknown) => {
    const [was, is] = [show(before), show(after)];
    if (was !== is) differences.push(`${name} ${was} -> ${is}`);
  };
  compare("version", record.version, VERSION);
  if (record.code !== code) differences.push("code changed");
  compare("seed", record.seeds.master, settings.seed);
  // A stage without arithmetic is the same on every backend.
  if (record.backend !== null) {
    compare("backend", record.backend_requested, settings.backend);
  }
  const asked = portableValues(stage.parameters, values);
  for (const name of new Set(Object.keys({ ...record.parameters, ...asked }))) {
    compare(name, record.parameters[name], asked[name]);
  }
  return differences;
}

async function findChangedInputs(
  record: StageRecord,
  { runFolder, stage, values }: StageRequest,
): Promise<string[]> {
  const inputs = await changedInputs(runFolder, record);
  const changed = inputs.map(({ key, wasAbsent }) =>
    `${key} ${wasAbsent ? "is there now" : "has changed"}`
  );
  for (const [key, hash] of Object.entries(record.inputs)) {
    if (!key.includes(":")) continue;
    const path = locateUserInput(stage.parameters, values, key);
    // A file of another name shows as a changed parameter already.
    if (path === undefined) continue;
    const current = await hashInput(path).catch(() => undefined);
    if (current !== hash) {
      changed.push(
        `${path} ${current === undefined ? "cannot be read" : "has changed"}`,
      );
    }
  }
  return changed;
}

async function findAlteredOutputs(
  record: StageRecord,
  runFolder: string,
): Promise<string[]> {
  const altered: string[] = [];
  for (const [file, hash] of Object.entries(record.outputs)) {
    const path = `${runFolder}/${outputPath(record.stage, file)}`;
    const current = await hashFile(path).catch(() => undefined);
    if (current === undefined) altered.push(`${path} is missing`);
    else if (current !== hash) altered.push(`${path} was changed`);
  }
  return altered;
}

function show(value: unknown): string {
  if (value === undefined) return "(none)";
  if (Array.isArray(value)) return value.length > 0 ? value.join(",") : '""';
  return value === "" ? '""' : String(value);
}
