/** Which folder a run has, and which matrix: one folder holds one of them. */

import { basename, posix, resolve, sep } from "node:path";
import { commonParameters } from "../cli/common_flags.ts";
import { InputError } from "../cli/errors.ts";
import type { GivenValues } from "../cli/flags.ts";
import { bareName } from "../cli/input_files.ts";
import { formatCommand } from "../cli/shell.ts";
import { exists } from "../store/files.ts";
import { SCRATCH_PREFIX } from "../store/leftovers.ts";
import { readRecord } from "../store/record.ts";
import type { Pipeline } from "./pipeline.ts";
import { isAsRecorded } from "./recorded_files.ts";

/** Where runs are, and where every task may write. */
export const RUNS = "reports";

/** The end of a name that says how a table is written and packed. */
const EXTENSION =
  /\.(csv|tsv|txt|tab|gct|gz|gzip|bgz|npy|h5ad|h5|hdf5|loom|mtx|parquet|pq|xlsx)$/i;

/** Bytes of a run's name; file systems take 255, and files beside it more. */
const LONGEST_RUN = 200;

/** Characters of a name that is made from the input's. */
const LONGEST_NAME = 60;

/** A command, and what its values come from. */
export interface ValueSources {
  readonly pipeline: Pipeline;
  readonly command: string;
  readonly runFolder: string;
  /** The flags. */
  readonly given: GivenValues;
  /** The run's own config file; undefined if it has none. */
  readonly own?: GivenValues;
  /** The user's config file. */
  readonly config: GivenValues;
}

/**
 * The run's folder: the one that is named, else that of the input.
 *
 * @throws {InputError} If it is no name of a folder.
 */
export function chooseRunFolder(
  { inputs: { matrix } }: Pick<Pipeline, "inputs">,
  given: GivenValues,
  config: GivenValues,
): { runFolder: string; notes: string[] } {
  const named = given.get("run") ?? config.get("run");
  const input = String(given.get(matrix) ?? config.get(matrix) ?? "");
  if (named === undefined && input !== "") {
    const runFolder = folderOfInput(input);
    return {
      runFolder,
      notes: [`the run's folder is ${runFolder}, named after the input`],
    };
  }
  const folder = String(named ?? commonParameters.run.default);
  return { runFolder: plainFolder(folder), notes: [] };
}

/**
 * A run's folder without `..`, which would lead out of it, and without a slash
 * at its end.
 *
 * @throws {InputError} If it has no name of its own.
 */
export function plainFolder(folder: string): string {
  const plain = posix.normalize(folder).replace(/(?<=.)\/+$/, "");
  // Nor is a folder that holds all runs a run.
  const isRun = !/^(\.|\/|(.*\/)?\.\.)$/.test(plain) &&
    !(resolve(RUNS) + sep).startsWith(resolve(plain) + sep);
  // Such a folder is removed when the run beside it is verified.
  const name = basename(plain);
  const isTaken = plain.split("/").some((part) =>
    part.startsWith(SCRATCH_PREFIX)
  );
  const isLong = new TextEncoder().encode(name).length > LONGEST_RUN;
  if (folder !== "" && isRun && !isTaken && !isLong) return plain;
  throw new InputError(
    `Cannot read --run: ${
      folder === ""
        ? "it is empty"
        : isLong
        ? `the folder's name should have at most ${LONGEST_RUN} bytes`
        : `${folder} is no folder of a run`
    }`,
    `give a folder below ${RUNS}/, such as ${commonParameters.run.default}`,
  );
}

/**
 * The folder of a run on a file: its name in lower-case letters, digits,
 * dashes and underscores, without extensions such as `.csv.gz`.
 */
export function folderOfInput(path: string): string {
  let name = basename(path.replaceAll("\\", "/"));
  while (EXTENSION.test(name)) name = name.replace(EXTENSION, "");
  const plain = name.toLowerCase().replace(/[^a-z0-9_]+/g, "-")
    .slice(0, LONGEST_NAME).replace(/^-+|-+$/g, "");
  return `${RUNS}/${plain || "matrix"}`;
}

/**
 * The matrix that a command works on: the one that the folder holds, else the
 * one that is given.
 *
 * @returns Its path; empty for simulated data.
 * @throws {InputError} If the folder holds another one.
 */
export async function chooseRunInput(
  { pipeline, command, runFolder, own, given, config }: ValueSources,
): Promise<string> {
  const { inputs: { stage, matrix }, simulator } = pipeline;
  const wanted = given.get(matrix) ?? config.get(matrix);
  const held = String(own?.get(matrix) ?? "");
  const isHeld = await exists(`${runFolder}/${stage}`) ||
    await exists(`${runFolder}/${simulator}`);
  const input = isHeld || wanted === undefined
    ? held
    : String(given.get(matrix) ?? own?.get(matrix) ?? wanted);
  const holds = `${runFolder} holds ${
    held === "" ? "simulated data" : `the run on ${held}`
  }`;
  if (isHeld && wanted !== undefined && wanted !== held) {
    const other = String(wanted);
    if (await isSameFile(pipeline, runFolder, other, held)) return other;
    const free = folderOfInput(other);
    throw new InputError(
      other === ""
        ? `Cannot simulate in ${runFolder}: ${holds}`
        : `Cannot use ${other} in ${runFolder}: ${holds}`,
      other === "" || resolve(free) === resolve(runFolder) ||
        await exists(free)
        ? "give another --run"
        : formatCommand(command, new Map([...given, ["run", free]])),
    );
  }
  if (command === simulator && input !== "") {
    throw new InputError(
      isHeld
        ? `Cannot simulate in ${runFolder}: ${holds}`
        : `Cannot simulate: --${matrix} ${input} is given`,
      "give another --run",
    );
  }
  return input;
}

/** Whether a path leads to the file, or to a copy of it, that a run has read. */
async function isSameFile(
  pipeline: Pipeline,
  runFolder: string,
  path: string,
  held: string,
): Promise<boolean> {
  if (path === "" || held === "") return false;
  if (resolve(path) === resolve(held)) return true;
  const { stage, matrix } = pipeline.inputs;
  const record = await readRecord(runFolder, stage).catch(() => undefined);
  const inputs = record?.inputs ?? {};
  return await isAsRecorded(matrix, bareName(held), inputs, path);
}
