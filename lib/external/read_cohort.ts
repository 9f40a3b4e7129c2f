/** Reads the other cohort's files, by the readers of `prepare`. */

import type { Parameters, Values } from "../cli/parameters.ts";
import type { StageContext } from "../pipeline/stage.ts";
import {
  type PreparationInput,
  readInput,
} from "../prepare/input/read_input.ts";
import { prepareParameters } from "../prepare/parameters.ts";
import { readLabelMerges } from "../prepare/sheets/label_merges.ts";
import { asCohortError } from "./cohort_errors.ts";
import { externalParameters } from "./parameters.ts";

export type ExternalContext = StageContext<Values<typeof externalParameters>>;

/** The other cohort as its files have it. */
export interface RawCohort {
  readonly input: PreparationInput;
  /** What the run calls a tissue, of `--external-tissues`. */
  readonly renamed: ReadonlyMap<string, string>;
}

/**
 * Reads the other cohort: any format, orientation and sheet that `--input` and
 * `--samples` take. Samples without a tissue are read, too.
 *
 * @throws {InputError} If a file cannot be read or they do not fit together.
 */
export async function readCohort(context: ExternalContext): Promise<RawCohort> {
  const { parameters } = context;
  const own = Object.fromEntries(
    Object.keys(externalParameters)
      .filter((name) => Object.hasOwn(prepareParameters, name))
      .map((name) => [name, parameters[name as keyof typeof parameters]]),
  );
  const flags = {
    ...defaultsOf(prepareParameters),
    ...own,
    input: parameters.external,
    samples: parameters["external-samples"],
    label: parameters["external-label"],
    "missing-labels": "drop" as const,
  };
  const path = parameters["external-tissues"];
  try {
    // Before the matrix, which may take minutes.
    if (path !== "") await context.userInput(path);
    const renamed = path === "" ? new Map() : await readLabelMerges(path);
    const input = await readInput({ ...context, parameters: flags });
    return { input, renamed };
  } catch (error) {
    throw asCohortError(error);
  }
}

function defaultsOf<P extends Parameters>(parameters: P): Values<P> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, each]) => [name, each.default]),
  ) as Values<P>;
}
