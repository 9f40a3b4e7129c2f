/** Finds the group and the batch of each sample: its study, its donor. */

import { InputError, rerun } from "../../cli/errors.ts";
import type { Values } from "../../cli/parameters.ts";
import { countOf, escapeControls, quote } from "../../cli/text.ts";
import type { Reading } from "../arrange/reading.ts";
import { isMissingLabel } from "../labels/label_key.ts";
import type { prepareParameters } from "../parameters.ts";
import { type MatchedSheet, textsOf } from "../sheets/matched_sheet.ts";
import type { ExpressionMatrix } from "./expression_matrix.ts";
import { suggestName } from "./unreadable.ts";

/** The flags that name a column of groups, and what cannot be done without. */
const FLAGS = {
  group: { task: "group the samples", noun: "group (study, donor)" },
  batch: { task: "read the batches", noun: "batch (study, run)" },
} as const;

/**
 * The samples' groups or batches: a column of the sheet, or of the matrix.
 *
 * @param flag The flag that names the column.
 * @returns A text per sample; undefined if the flag is not given.
 * @throws {InputError} If there is no such column, or a sample has no text.
 */
export function findGroups(
  { sampleIds, sampleFacts, genes }: ExpressionMatrix,
  { label, genesIn }: Reading,
  parameters: Pick<
    Values<typeof prepareParameters>,
    "group" | "batch" | "input" | "samples" | "ignore"
  >,
  sheet?: MatchedSheet,
  flag: keyof typeof FLAGS = "group",
): readonly string[] | undefined {
  const { input, samples, ignore, [flag]: group } = parameters;
  if (group === "") return undefined;
  const { task, noun } = FLAGS[flag];
  const found = sampleFacts.find(({ name }) => name === group);
  if (group === label) {
    throw new InputError(
      `Cannot ${task}: ${quote(group)} is the tissue itself, and a ` +
        `${noun} should have samples of several tissues`,
      rerun("prepare", { [flag]: "" }),
    );
  }
  if (found === undefined && genes.includes(group) && genesIn === "columns") {
    throw new InputError(
      `Cannot ${task}: column ${quote(group)} of ${
        escapeControls(input)
      } holds numbers and is read as a gene`,
      samples === ""
        ? rerun("prepare", { samples: input, ignore: [...ignore, group] })
        : `Add the column to ${escapeControls(samples)}`,
    );
  }
  if (found === undefined) {
    // Says why a column of the sheet cannot be used.
    if (sheet !== undefined) textsOf(sheet, group, `--${flag}`);
    throw new InputError(
      `Cannot ${task}: ${escapeControls(input)} has no column of words ${
        quote(group)
      }`,
      suggestName(group, sampleFacts.map(({ name }) => name), `--${flag}`) ??
        "Add a sample sheet that has it: --samples FILE",
    );
  }
  const without = sampleIds.filter((_, row) =>
    isMissingLabel(found.texts[row])
  );
  if (without.length > 0) {
    throw new InputError(
      `Cannot ${task}: ${
        countOf(without.length, "sample")
      } of ${sampleIds.length} (${without.slice(0, 3).map(quote).join(", ")}${
        without.length > 3 ? ", ..." : ""
      }) have no text in column ${quote(group)} of ${
        escapeControls(sheet === undefined ? input : samples)
      }`,
      `Name the ${flag} of every sample of the matrix`,
    );
  }
  return found.texts;
}
