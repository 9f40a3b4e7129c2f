/** Reads the matrix and the groups of its samples, as the flags say. */

import { InputError } from "../../cli/errors.ts";
import type { Values } from "../../cli/parameters.ts";
import { countOf, escapeControls, quote } from "../../cli/text.ts";
import type { StageContext } from "../../pipeline/stage.ts";
import * as simulated from "../../simulate/outputs.ts";
import type { inputParameters } from "../parameters.ts";
import type { ExpressionMatrix } from "./matrix_sink.ts";
import { readMatrix } from "./read_matrix.ts";
import { groupsOf, readSampleSheet } from "./sample_sheet.ts";

const MEGABYTE = 1e6;

type InputFlags = Values<typeof inputParameters>;

/** A matrix with the group of each sample, where there are groups. */
export interface PreparationInput extends ExpressionMatrix {
  readonly groups?: readonly string[];
}

/**
 * Refuses a flag without the one that it goes with.
 *
 * @throws {InputError} If one is missing.
 */
export function checkInputFlags(
  { input, label, samples, group }: InputFlags,
): void {
  if (samples === "" && group !== "") {
    throw new InputError(
      `Cannot group the samples: --group ${quote(group)} needs a sample sheet`,
      "Add --samples FILE",
    );
  }
  if (samples !== "" && group === "") {
    throw new InputError(
      `Cannot group the samples: --samples ${escapeControls(samples)} needs ` +
        "the name of its column of groups",
      "Add --group COLUMN",
    );
  }
  if (input === "" && (label !== "" || samples !== "")) {
    throw new InputError(
      `Cannot read the matrix: --${label === "" ? "samples" : "label"} is ` +
        "given and --input, the file that it goes with, is not",
      "Add --input FILE",
    );
  }
}

/**
 * Reads the user's files, or those of the simulation without them.
 *
 * @param context Holds the flags and records what was read.
 * @throws {InputError} If a file cannot be read or they do not fit together.
 */
export async function readInput(
  context: StageContext<InputFlags>,
): Promise<PreparationInput> {
  const { input, label, samples, group } = context.parameters;
  if (input === "") {
    const path = await context.artifact(simulated.expression.file);
    const matrix = await readWithProgress(context, path);
    const rows = await context.read(simulated.samples);
    return { ...matrix, groups: rows.map(({ study }) => study) };
  }
  const matrix = await readWithProgress(context, input, label || undefined);
  await context.userInput(input);
  if (samples === "") return matrix;
  const sheet = await readSampleSheet(samples, group);
  await context.userInput(samples);
  const { groups, extra } = groupsOf(matrix.sampleIds, sheet, samples);
  if (extra > 0) {
    context.warn(
      `The sample sheet holds ${countOf(extra, "sample")} that the matrix ` +
        `lacks; ${extra === 1 ? "it is" : "they are"} left out`,
    );
  }
  return { ...matrix, groups };
}

/** Reads the matrix and shows the megabytes read. */
async function readWithProgress(
  context: Pick<StageContext, "progress">,
  path: string,
  label?: string,
): Promise<ExpressionMatrix> {
  // The reader says better what is wrong with the file.
  const size = await Deno.stat(path).then((file) => file.size, () => 0);
  using progress = context.progress("reading", size / MEGABYTE, "MB");
  return await readMatrix({
    path,
    label,
    onRead: (bytes) => progress.advance(bytes / MEGABYTE),
  });
}
