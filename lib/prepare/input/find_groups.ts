/** Finds the group of each sample: its study, its donor. */

import { InputError, rerun } from "../../cli/errors.ts";
import type { Values } from "../../cli/parameters.ts";
import { countOf, escapeControls, quote } from "../../cli/text.ts";
import type { Reading } from "../arrange/reading.ts";
import { isMissingLabel } from "../labels/label_key.ts";
import type { prepareParameters } from "../parameters.ts";
import { type MatchedSheet, textsOf } from "../sheets/matched_sheet.ts";
import type { ExpressionMatrix } from "./expression_matrix.ts";
import { suggestName } from "./unreadable.ts";

/**
 * The samples' groups: a column of the sheet, or of the matrix.
 *
 * @throws {InputError} If there is no such column, or a sample has no group.
 */
export function findGroups(
  { sampleIds, sampleFacts, genes }: ExpressionMatrix,
  { label, genesIn }: Reading,
  { group, input, samples, ignore }: Pick<
    Values<typeof prepareParameters>,
    "group" | "input" | "samples" | "ignore"
  >,
  sheet?: MatchedSheet,
): readonly string[] | undefined {
  if (group === "") return undefined;
  const found = sampleFacts.find(({ name }) => name === group);
  if (group === label) {
    throw new InputError(
      `Cannot group the samples: ${quote(group)} is the tissue itself, and a ` +
        "group (study, donor) should have samples of several tissues",
      rerun("prepare", { group: "" }),
    );
  }
  if (found === undefined && genes.includes(group) && genesIn === "columns") {
    throw new InputError(
      `Cannot group the samples: column ${quote(group)} of ${
        escapeControls(input)
      } holds numbers and is read as a gene`,
      samples === ""
        ? rerun("prepare", { samples: input, ignore: [...ignore, group] })
        : `Add the column to ${escapeControls(samples)}`,
    );
  }
  if (found === undefined) {
    // Says why a column of the sheet cannot be used.
    if (sheet !== undefined) textsOf(sheet, group, "--group");
    throw new InputError(
      `Cannot group the samples: ${
        escapeControls(input)
      } has no column of words ${quote(group)}`,
      suggestName(group, sampleFacts.map(({ name }) => name), "--group") ??
        "Add a sample sheet that has it: --samples FILE",
    );
  }
  const without = sampleIds.filter((_, row) =>
    isMissingLabel(found.texts[row])
  );
  if (without.length > 0) {
    throw new InputError(
      `Cannot group the samples: ${
        countOf(without.length, "sample")
      } of ${sampleIds.length} (${without.slice(0, 3).map(quote).join(", ")}${
        without.length > 3 ? ", ..." : ""
      }) have no text in column ${quote(group)} of ${
        escapeControls(sheet === undefined ? input : samples)
      }`,
      "Name the group of every sample of the matrix",
    );
  }
  return found.texts;
}
