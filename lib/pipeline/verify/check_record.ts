/**
 * Whether a record can be worked from. It may come from someone else: nothing
 * in it is taken to be what this program would have written.
 */

import { backendNameOf } from "../../backend/backend_names.ts";
import { commonParameters } from "../../cli/common_flags.ts";
import { InputError } from "../../cli/errors.ts";
import { checkValue, describeExpected } from "../../cli/parameter_values.ts";
import { bareName, namesFile, portablePath } from "../../cli/input_files.ts";
import type { Parameter } from "../../cli/parameters.ts";
import { formatCommand } from "../../cli/shell.ts";
import { escapeControls, quote } from "../../cli/text.ts";
import { RECORD_FILE, type StageRecord } from "../../store/record.ts";
import type { Stage } from "../stage.ts";
import { showValue } from "./show.ts";

/** Characters of the longest description of a backend. */
const LONGEST_BACKEND = 300;

const VERSION = /^[\w.+-]{1,60}$/;
const PACKAGE = /^[\w@/.+-]{1,120}$/;
const SHA256 = /^[0-9a-f]{64}$/;

/**
 * Checks that a stage could have been given what its record says.
 *
 * @throws {InputError} If a value is missing, unknown or not taken.
 */
export function checkRecord(
  record: StageRecord,
  { name: stage, parameters }: Pick<Stage, "name" | "parameters">,
  runFolder: string,
): void {
  const refuse = (problem: string): never => {
    throw new InputError(
      `Cannot verify ${escapeControls(runFolder)}: ${stage}/${RECORD_FILE} ` +
        `cannot be used: ${problem}`,
      formatCommand(stage, [["run", runFolder]]),
    );
  };
  const check = (name: string, parameter: Parameter, value: unknown) => {
    if (isTaken(parameter, value)) return;
    refuse(
      `the value of ${name} is ${showValue(value)} and should be ` +
        describeExpected(parameter),
    );
  };
  for (const name of Object.keys(record.parameters)) {
    if (Object.hasOwn(parameters, name)) continue;
    refuse(`${stage} has no parameter ${quote(name)}`);
  }
  for (const [name, parameter] of Object.entries(parameters)) {
    if (!Object.hasOwn(record.parameters, name)) {
      refuse(`the parameter ${name} is missing and should be there`);
    }
    const value = record.parameters[name];
    check(name, parameter, value);
    const paths = namesFile(parameter) ? [value].flat().map(String) : [];
    if (new Set(paths.map(bareName)).size < paths.length) {
      refuse(`${name} names two files of one name`);
    }
    for (const path of paths) {
      if (path === "" ? !Array.isArray(value) : path === portablePath(path)) {
        continue;
      }
      refuse(
        `${name} is ${quote(path)} and should be a path as it is recorded`,
      );
    }
  }
  check("seeds.master", commonParameters.seed, record.seeds.master);
  check(
    "backend_requested",
    commonParameters.backend,
    record.backend_requested,
  );
  const { backend } = record;
  if (
    backend !== null &&
    (backendNameOf(backend) === null || backend.length > LONGEST_BACKEND)
  ) {
    refuse(`its backend is ${quote(backend)}, which is none that there is`);
  }
  const { backend_requested: requested } = record;
  if (
    backend !== null && requested !== "auto" &&
    requested !== backendNameOf(backend)
  ) {
    refuse(
      `its backend is ${
        quote(backend)
      } and should be the one asked for, ${requested}`,
    );
  }
  const expect = (what: string, text: string, form: RegExp, should: string) => {
    if (form.test(text)) return;
    refuse(`${what} is ${quote(text)} and should be ${should}`);
  };
  const version = "a version such as 1.2.3";
  expect("its version", record.version, VERSION, version);
  for (const [name, text] of Object.entries(record.versions)) {
    expect("a library's name", name, PACKAGE, "a name such as @scope/name");
    expect(`the version of ${name}`, text, VERSION, version);
  }
  expect("its code", record.code, SHA256, "a SHA-256");
}

/** A list is recorded as such, never as the text that a flag is given. */
function isTaken(parameter: Parameter, value: unknown): boolean {
  if (parameter.kind === "list" && !Array.isArray(value)) return false;
  return checkValue(parameter, value) !== undefined;
}
