/** Refuses samples without a tissue, or leaves them out. */

import { InputError, rerun } from "../../cli/errors.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import type { Revision } from "../review/revision.ts";
import { isMissingLabel } from "./label_key.ts";
import { areMergedCells } from "./merged_cells.ts";
import { listNames, sortedNames } from "./named.ts";

/**
 * Refuses samples whose tissue is empty, NA, unknown or the like.
 *
 * @param rule `drop` leaves them out instead.
 * @throws {InputError} If there are such samples and they are refused.
 */
export function handleMissingLabels(
  revision: Revision,
  sampleIds: readonly string[],
  rule: "refuse" | "drop",
): void {
  const { tissues, kept } = revision;
  const missing = kept.filter((row) => isMissingLabel(tissues[row]));
  if (missing.length === 0) return;
  const samples = listNames(missing.map((row) => sampleIds[row]));
  const spelled = listNames(sortedNames(missing.map((row) => tissues[row])));
  if (rule === "refuse") {
    const areMerged = areMergedCells(kept.map((row) => tissues[row]));
    throw new InputError(
      `Cannot use the tissues: ${countOf(missing.length, "sample")} of ` +
        `${withCommas(kept.length)} ${
          missing.length === 1 ? "has" : "have"
        } none (${samples}; the tissue is ${spelled}), and each should have one${
          areMerged
            ? "; the cells look merged, with the tissue in the first row of " +
              "each block only"
            : ""
        }`,
      areMerged
        ? "Fill each tissue down to the empty cells below it: in a spreadsheet " +
          "unmerge the cells and fill them, in R tidyr::fill, in pandas ffill()"
        : rerun("prepare", { "missing-labels": "drop" }),
    );
  }
  const gone = new Set(missing);
  revision.drop("missing-labels", (row) => gone.has(row));
  revision.notes.push(
    `--missing-labels drop left out ${countOf(missing.length, "sample")} ` +
      `without a tissue (${samples}; the tissue is ${spelled})`,
  );
}
