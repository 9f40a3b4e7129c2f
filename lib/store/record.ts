/** A stage's record, `stage.json`: what it was made from, and with what. */

import manifest from "../../deno.json" with { type: "json" };
import { InputError, rerun } from "../cli/errors.ts";
import type { ParameterValue } from "../cli/parameters.ts";
import { byCodeUnit } from "../cli/text.ts";
import {
  byName,
  type Field,
  findFault,
  integer,
  list,
  nullable,
  object,
  type Row,
  text,
} from "./fields.ts";
import { hashText } from "./hash.ts";
import { LARGEST_RECORD, readOwnFile } from "./own_file.ts";
import { CONFIG_FILE, TIMINGS_FILE } from "./run_paths.ts";
import { isPlainName } from "./stage_files.ts";

/** The file in a stage's folder that holds its record. */
export const RECORD_FILE = "stage.json";

/** As an input: the parameters in a stage's record, and nothing else of it. */
export const PARAMETERS = `${RECORD_FILE}#parameters`;

export const VERSION: string = manifest.version;

const parameterValue: Field<ParameterValue> = {
  type: "text, number, true or false, or list of text",
  help: "",
  check: (value) =>
    [value].flat().every((item) => typeof item === "string") ||
      typeof value === "number" || typeof value === "boolean"
      ? value as ParameterValue
      : undefined,
  parse: () => undefined,
};

const sha256: Field<string> = {
  ...text("64 hexadecimal digits"),
  check: (value) =>
    typeof value === "string" && /^[0-9a-f]{64}$/.test(value)
      ? value
      : undefined,
};

/** What `stage.json` holds. Nothing in it depends on time, place or threads. */
const recordFields = {
  stage: text("the stage's name"),
  version: text("this program's version"),
  code: text(
    "SHA-256 of the stage's code, of all that it imports, and of `deno.lock`",
  ),
  parameters: byName(
    parameterValue,
    "every parameter of the stage; a file's name without its absolute path",
  ),
  seeds: byName(
    integer("seed"),
    "`master`, and the seed of each named stream: `cnn/dropout`",
  ),
  backend: nullable(
    text("what did the arithmetic; null if the stage needs no backend"),
  ),
  backend_requested: text("what `--backend` asked for"),
  versions: byName(text("version"), "versions of Deno and of the libraries"),
  inputs: byName(
    sha256,
    "what was read: `prepare/genes.csv` for an earlier stage's file, " +
      "`input:matrix.csv` for the user's file of the flag `--input`, " +
      "`input:matrix.mtx+genes.tsv` for one beside it, `input:folder/a.tsv` " +
      "for one in the folder that is given; of a folder itself, of its names",
  ),
  absent: list(
    text("file"),
    "earlier stages' files that were looked for and were not there",
  ),
  warnings: list(text("warning"), "what the user was warned of"),
  figures: list(
    object({
      file: text("from the stage's folder: `tissue_f1.svg`"),
      caption: text("what a reader who cannot see it should know"),
    }),
    "the figures in the order in which the report shows them",
  ),
  outputs: byName(
    sha256,
    "each file made, from the stage's folder: `history.csv`",
  ),
};

/** What `stage.json` holds. */
export type StageRecord = Row<typeof recordFields>;

export type RecordedFigure = StageRecord["figures"][number];

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
 * @param folder The stage's folder, if it is not in its place.
 * @returns `undefined` if the stage has not run.
 * @throws {InputError} If `stage.json` is there but is no record of it, or
 * names what no stage writes.
 */
export async function readRecord(
  runFolder: string,
  stage: string,
  folder = `${runFolder}/${stage}`,
): Promise<StageRecord | undefined> {
  const path = `${folder}/${RECORD_FILE}`;
  const text = await readOwnFile(path, LARGEST_RECORD, rerun(stage));
  if (text === undefined) return undefined;
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
 * The records of the stages that have run, in the given order.
 *
 * @throws {InputError} If one cannot be read.
 */
export async function readRecords(
  runFolder: string,
  stageNames: readonly string[],
): Promise<StageRecord[]> {
  const records: StageRecord[] = [];
  for (const name of stageNames) {
    const record = await readRecord(runFolder, name);
    if (record !== undefined) records.push(record);
  }
  return records;
}

function isRecord(value: Record<string, unknown>): value is StageRecord {
  // A key that no stage writes may say anything.
  return findFault(recordFields, value) === undefined &&
    Object.hasOwn(value.seeds as object, "master") &&
    hasSoundNames(value as StageRecord);
}

/** Whether all that a record names lies in the run, or is a flag's file. */
function hasSoundNames({ inputs, absent, outputs, figures }: StageRecord) {
  return Object.keys(outputs).every(isOutputName) &&
    Object.keys(inputs).every((key) =>
      isStageInput(key) || /^[\w-]+:[^\0]+$/.test(key)
    ) &&
    absent.every(isStageInput) &&
    figures.every(({ file }) => isPlainName(file));
}

/** Whether a record may list a file that its stage made under this name. */
export function isOutputName(name: string): boolean {
  if (!name.startsWith("../")) return isPlainName(name);
  const beside = name.slice(3);
  // No stage has a point in its name, so this names none of their folders.
  return isPlainName(beside) && beside.includes(".") &&
    beside !== CONFIG_FILE && beside !== TIMINGS_FILE;
}

/** Whether a key is such as `prepare/genes.csv`. */
function isStageInput(key: string): boolean {
  const [stage, file, ...rest] = key.split("/");
  return /^\w[\w-]*$/.test(stage) && rest.length === 0 &&
    file !== undefined && (file === PARAMETERS || isPlainName(file));
}

/** A stage that was made from an earlier state of other stages. */
export interface StaleStage {
  readonly stage: string;
  /** The stages that have been made again, or removed, since. */
  readonly behind: readonly string[];
}

/**
 * The stages whose inputs are no longer what the earlier stages hold now.
 *
 * @param stageNames The stages to look at; those that have not run are left
 * out.
 * @returns In the order of `stageNames`; a stage that only follows from a
 * stale one is not listed.
 * @throws {InputError} If a `stage.json` of these stages cannot be read.
 */
export async function findStale(
  runFolder: string,
  stageNames: readonly string[],
): Promise<StaleStage[]> {
  const stale: StaleStage[] = [];
  for (const record of await readRecords(runFolder, stageNames)) {
    const changed = await changedInputs(runFolder, record);
    const behind = new Set(changed.map(({ key }) => sourceOf(key)));
    if (behind.size > 0) {
      stale.push({ stage: record.stage, behind: [...behind] });
    }
  }
  return stale;
}

/**
 * The inputs of a record that earlier stages wrote and that are not as they
 * were, and those that were absent and are there now.
 */
export async function changedInputs(
  runFolder: string,
  record: StageRecord,
): Promise<{ readonly key: string; readonly wasAbsent: boolean }[]> {
  const expected = [
    ...stageInputs(record),
    ...record.absent.map((key) => [key, undefined] as const),
  ];
  const changed = [];
  for (const [key, hash] of expected) {
    const current = await currentHash(runFolder, key).catch(() => undefined);
    if (current !== hash) changed.push({ key, wasAbsent: hash === undefined });
  }
  return changed;
}

/** The inputs of a record that earlier stages wrote: `[file, SHA-256]`. */
export function stageInputs(
  record: Pick<StageRecord, "inputs">,
): [string, string][] {
  return Object.entries(record.inputs).filter(([key]) => !key.includes(":"));
}

/** The user's files among a record's inputs: `input:matrix.csv`. */
export function userInputs({ inputs }: StageRecord) {
  return Object.entries(inputs).filter(([key]) => key.includes(":"))
    .map(([key, sha256]) => {
      const [flag] = key.split(":", 1);
      return { key, flag, name: key.slice(flag.length + 1), sha256 };
    });
}

/** The stage that wrote an input such as `prepare/genes.csv`. */
export function sourceOf(key: string): string {
  return key.slice(0, key.indexOf("/"));
}

/**
 * The SHA-256 that a stage recorded for one of its files.
 *
 * @param key A file such as `prepare/genes.csv`; `prepare/stage.json` is
 * hashed as it stands, or only its parameters.
 * @returns `undefined` if the stage has not run or made no such file.
 */
export async function currentHash(
  runFolder: string,
  key: string,
): Promise<string | undefined> {
  const source = sourceOf(key);
  const file = key.slice(source.length + 1);
  const record = await readRecord(runFolder, source);
  if (record === undefined) return undefined;
  return hashIn(record, file);
}

/**
 * The SHA-256 of one of a stage's files by its record.
 *
 * @param file From the stage's folder; of the record itself, that of the text
 * which holds it, or of its parameters alone.
 * @returns `undefined` if the stage made no such file.
 */
export function hashIn(record: StageRecord, file: string): string | undefined {
  return file === RECORD_FILE
    ? hashText(sealRecord(record))
    : file === PARAMETERS
    ? hashText(formatSortedJson(record.parameters))
    : record.outputs[file];
}

/** Where a file that a record lists lies, from the run's folder. */
export function outputPath(stage: string, file: string): string {
  return file.startsWith("../") ? file.slice(3) : `${stage}/${file}`;
}
