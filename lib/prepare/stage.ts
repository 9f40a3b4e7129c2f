/** The stage that reads the matrix, splits the samples and transforms values. */

import { countOf, quote, withCommas } from "../cli/text.ts";
import type { Values } from "../cli/parameters.ts";
import {
  defineStage,
  type StageContext,
  type StageOutcome,
} from "../pipeline/stage.ts";
import { prepareDeclaration } from "./declaration.ts";
import {
  formatFilter,
  formatFoldsReason,
  formatNormalization,
  formatValues,
  type Preprocessing,
} from "./describe.ts";
import { checkInputFlags } from "./input/check_input_flags.ts";
import { readInput } from "./input/read_input.ts";
import * as files from "./outputs.ts";
import type { prepareParameters } from "./parameters.ts";
import { prepareMatrix } from "./prepare_matrix.ts";
import { writePreprocessing } from "./preprocessing.ts";
import type { PreparationInput } from "./input/read_input.ts";
import { describeReading, readingLine } from "./review/describe_reading.ts";
import type { SampleSplit } from "./split/sample_split.ts";
import { writeDecoys, writeGenes, writeSamples } from "./write_prepared.ts";

/** Reads the user's matrix, or the simulated one; splits and transforms it. */
export const prepareStage = defineStage({
  ...prepareDeclaration,
  async run(context) {
    checkInputFlags(context.parameters);
    return await prepareInput(context, await readInput(context));
  },
});

/** Prepares a matrix that was read, and writes all files of the stage. */
export async function prepareInput(
  context: StageContext<Values<typeof prepareParameters>>,
  read: PreparationInput,
): Promise<StageOutcome> {
  const prepared = prepareMatrix(
    read,
    context.parameters,
    (name) => context.seedOf(name),
  );
  const { revised, parts, found, preprocessing, decoys } = prepared;
  const { input } = revised;
  const line = readingLine(read);
  if (line !== undefined) context.say(line);
  prepared.warnings.forEach((warning) => context.warn(warning));
  await context.write(files.input, describeReading(read, revised));
  await context.write(files.review, prepared.review);
  await writeSamples(context, input, parts);
  await writeGenes(context, found.filtered, prepared.zeros);
  await writePreprocessing(context, input, found, preprocessing);
  await context.draw(files.samplesPerTissue, { rows: prepared.perTissue });
  if (decoys.decoys.length > 0) {
    await writeDecoys(context, found.filtered, decoys);
  }
  if ("factors" in decoys) {
    await context.write(files.knockoffs, { factors: decoys.factors });
  }
  return { verdict: describe(found.filtered, parts, preprocessing) };
}

/** The lines for the terminal. */
function describe(
  input: PreparationInput,
  parts: SampleSplit,
  preprocessing: Preprocessing,
): string {
  const folds = parts.folds.length;
  return [
    describeSamples(input, parts),
    `${formatValues(preprocessing)}; ${formatNormalization(preprocessing)}`,
    formatFilter(preprocessing),
    formatFoldsReason(preprocessing, folds, quote),
  ].filter((line) => line !== "").join("\n");
}

function describeSamples(
  { sampleIds, genes, tissues, groups }: PreparationInput,
  { split, folds }: SampleSplit,
): string {
  const count = (part: files.Split) =>
    withCommas(split.filter((own) => own === part).length);
  return `${countOf(sampleIds.length, "sample")} x ` +
    `${countOf(genes.length, "gene")}, ` +
    `${countOf(new Set(tissues).size, "tissue")}` +
    (groups === undefined
      ? ""
      : ` in ${countOf(new Set(groups).size, "group")} kept whole`) +
    (folds.length > 1
      ? `; ${count("test")} tested in ${folds.length} folds`
      : `; ${count("train")} train, ${count("validation")} validation, ` +
        `${count("test")} test`);
}
