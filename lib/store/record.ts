/** A stage's record, `stage.json`: what it was made from, and with what. */

import manifest from "../../deno.json" with { type: "json" };
import { InputError, rerun } from "../cli/errors.ts";
import { byCodeUnit } from "../cli/text.ts";
import { hashFile, hashText } from "./hash.ts";
import type { ParameterValue } from "../cli/parameters.ts";

/** The file in a stage's folder that holds its record. */
export const RECORD_FILE = "stage.json";

/** As an input: the parameters in a stage's record, and nothing else of it. */
export const PARAMETERS = `${RECORD_FILE}#parameters`;

/** The suite's version. */
export const VERSION: string = manifest.version;

/** What `stage.json` holds. Nothing in it depends on time, place or threads. */
export interface StageRecord {
  readonly stage: string;
  /** The suite's version. */
  readonly version: string;
  /** SHA-256 of the stage's code, of all that it imports, and of `deno.lock`. */
  readonly code: string;
  /** Every parameter of the stage; a file's name without its absolute path. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** `master`, and the seed of each named stream: `cnn/dropout`. */
  readonly seeds: Readonly<Record<string, number>>;
  /** What did the arithmetic; null if the stage needs no backend. */
  readonly backend: string | null;
  /** What `--backend` asked for. */
  readonly backend_requested: string;
  /** Versions of Deno and of the libraries. */
  readonly versions: Readonly<Record<string, string>>;
  /**
   * SHA-256 of what was read: `prepare/genes.csv` for an earlier stage's
   * file, `input:matrix.csv` for the user's file of the flag `--input`.
   */
  readonly inputs: Readonly<Record<string, string>>;
  /** Earlier stages' files that were looked for and were not there. */
  readonly absent: readonly string[];
  readonly warnings: readonly string[];
  /** The figures in the order in which the report shows them. */
  readonly figures: readonly RecordedFigure[];
  /** SHA-256 of each file made, from the stage's folder: `history.csv`. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** A figure that a stage has drawn. */
export interface RecordedFigure {
  /** From the stage's folder: `tissue_f1.svg`. */
  readonly file: string;
  readonly caption: string;
}

/** A stage that was made from an earlier state of another one. */
export interface StaleStage {
  readonly stage: string;
  /** The stage that has been made again, or removed, since. */
  readonly olderThan: string;
}

/** Versions of Deno, its engine and the libraries that `deno.json` pins. */
export function describeVersions(): Record<string, string> {
  const versions: Record<string, string> = { ...Deno.version };
  for (const target of Object.values(manifest.imports)) {
    const [, name, version] = /^npm:\/?(.+)@([^@/]+)\/?$/.exec(target) ?? [];
    if (name !== undefined) versions[name] = version;
  }
  return versions;
}

/** A record as text: keys sorted, so that equal records are equal bytes. */
export function formatSortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) {
      return inner;
    }
    return Object.fromEntries(
      Object.entries(inner).sort(([a], [b]) => byCodeUnit(a, b)),
    );
  }, 2) + "\n";
}

/**
 * A record as the text of its file, with a SHA-256 of itself, so that a record
 * that somebody changed is not taken for what its stage wrote.
 */
export function sealRecord(record: StageRecord): string {
  return formatSortedJson({
    ...record,
    sha256: hashText(formatSortedJson(record)),
  });
}

/**
 * Reads a stage's record.
 *
 * @param runFolder The run's folder.
 * @param stage The stage's name.
 * @returns `undefined` if the stage has not run.
 * @throws {InputError} If `stage.json` is there but is no record of it.
 */
export async function readRecord(
  runFolder: string,
  stage: string,
): Promise<StageRecord | undefined> {
  const path = `${runFolder}/${stage}/${RECORD_FILE}`;
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory
    ) return undefined;
    throw error;
  }
  try {
    const { sha256: _seal, ...record } = JSON.parse(text);
    if (
      text === sealRecord(record) && isRecord(record) && record.stage === stage
    ) return record;
  } catch {
    // Reported below, in the same words as JSON that holds something else.
  }
  throw new InputError(
    `Cannot read ${path}: it is not the record that the stage ${stage} wrote`,
    rerun(stage),
  );
}

/**
 * The stages whose inputs are no longer what the earlier stages hold now.
 *
 * @param runFolder The run's folder.
 * @param stageNames The stages to look at; those that have not run are left
 * out.
 * @returns Pairs in the order of `stageNames`: `clusters` was made from an
 * earlier `shap`. A stage that only follows from a stale one is not listed.
 * @throws {InputError} If a `stage.json` cannot be read.
 */
export async function findStale(
  runFolder: string,
  stageNames: readonly string[],
): Promise<StaleStage[]> {
  const stale: StaleStage[] = [];
  for (const stage of stageNames) {
    const record = await readRecord(runFolder, stage);
    if (record === undefined) continue;
    const olderThan = new Set<string>();
    for (const [key, hash] of stageInputs(record)) {
      if (await currentHash(runFolder, key) !== hash) {
        olderThan.add(key.slice(0, key.indexOf("/")));
      }
    }
    for (const key of record.absent) {
      if (await currentHash(runFolder, key) !== undefined) {
        olderThan.add(key.slice(0, key.indexOf("/")));
      }
    }
    for (const name of olderThan) stale.push({ stage, olderThan: name });
  }
  return stale;
}

/** The inputs of a record that earlier stages wrote: `[file, SHA-256]`. */
export function stageInputs(
  record: Pick<StageRecord, "inputs">,
): [string, string][] {
  return Object.entries(record.inputs).filter(([key]) => !key.includes(":"));
}

/**
 * The SHA-256 that a stage recorded for one of its files.
 *
 * @param runFolder The run's folder.
 * @param key A file such as `prepare/genes.csv`; `prepare/stage.json` is
 * hashed as it stands, or only its parameters.
 * @returns `undefined` if the stage has not run or made no such file.
 */
export async function currentHash(
  runFolder: string,
  key: string,
): Promise<string | undefined> {
  const slash = key.indexOf("/");
  const [stage, file] = [key.slice(0, slash), key.slice(slash + 1)];
  const record = await readRecord(runFolder, stage);
  if (record === undefined) return undefined;
  return file === RECORD_FILE
    ? await hashFile(`${runFolder}/${key}`)
    : file === PARAMETERS
    ? hashText(formatSortedJson(record.parameters))
    : record.outputs[file];
}

/** Where a file that a record lists lies, from the run's folder. */
export function outputPath(stage: string, file: string): string {
  return file.startsWith("../") ? file.slice(3) : `${stage}/${file}`;
}

/** Whether a parsed JSON is of a record's type. */
function isRecord(value: unknown): value is StageRecord {
  if (!isObject(value)) return false;
  const { parameters, seeds, backend, versions, inputs, outputs } = value;
  const { absent, warnings, figures } = value;
  return ["stage", "version", "code", "backend_requested"]
    .every((key) => isText(value[key])) &&
    (backend === null || isText(backend)) &&
    isMapOf(isParameterValue, parameters) &&
    isMapOf(Number.isSafeInteger, seeds) && Object.hasOwn(seeds, "master") &&
    [versions, inputs, outputs].every((map) => isMapOf(isText, map)) &&
    [absent, warnings].every((list) =>
      Array.isArray(list) && list.every(isText)
    ) &&
    Array.isArray(figures) &&
    figures.every((figure) => isText(figure?.file) && isText(figure?.caption));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isMapOf(
  isKind: (item: unknown) => boolean,
  value: unknown,
): value is Record<string, unknown> {
  return isObject(value) && Object.values(value).every(isKind);
}

function isParameterValue(value: unknown): value is ParameterValue {
  return Array.isArray(value)
    ? value.every(isText)
    : ["string", "number", "boolean"].includes(typeof value);
}
