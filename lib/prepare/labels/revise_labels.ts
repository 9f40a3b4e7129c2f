/** Applies the flags about tissues, and refuses labels that are none. */

import { InputError } from "../../cli/errors.ts";
import type { Values } from "../../cli/parameters.ts";
import { countOf, quote, withCommas } from "../../cli/text.ts";
import type { readingParameters } from "../parameters.ts";
import type { Revision } from "../review/revision.ts";
import { alikeTissues, noteAlike } from "./alike_labels.ts";
import { keepTissues } from "./kept_tissues.ts";
import { mergeLabels } from "./merge_labels.ts";
import { handleMissingLabels } from "./missing_labels.ts";

/** With so few samples each may be alone in its tissue. */
const FEW_SAMPLES = 10;

/** The flags about tissues. */
export type LabelChoices = Pick<
  Values<typeof readingParameters>,
  "missing-labels" | "keep-tissues" | "min-samples"
>;

/** What the labels are of. */
export interface LabeledSamples {
  readonly sampleIds: readonly string[];
  /** What the file or the sheet calls the tissues, if it is known. */
  readonly label?: string;
}

/**
 * Revises the tissues in this order: those of `--merge-labels` get their new
 * names; tissues that are spelled alike are noted; `--keep-tissues`; missing
 * ones are refused or left out; and a label that is nearly all different is
 * refused. `--min-samples` follows when no other flag leaves out samples
 * (`dropSmallTissues`).
 *
 * @param merges The new name of each tissue, of `--merge-labels`.
 * @throws {InputError} If the labels cannot be used.
 */
export function reviseLabels(
  revision: Revision,
  samples: LabeledSamples,
  choices: LabelChoices,
  merges: ReadonlyMap<string, string> = new Map(),
): void {
  mergeLabels(revision, merges);
  const alike = alikeTissues(revision.sizes());
  keepTissues(revision, choices["keep-tissues"]);
  handleMissingLabels(revision, samples.sampleIds, choices["missing-labels"]);
  // Whoever asks for large tissues knows of the small ones.
  if (choices["min-samples"] === 1) refuseDifferent(revision, samples);
  revision.notes.push(...noteAlike(alike));
}

/** @throws {InputError} If more than half of the samples have a label alone. */
function refuseDifferent(
  revision: Revision,
  { label }: LabeledSamples,
): void {
  const { kept } = revision;
  const sizes = revision.sizes();
  const alone = [...sizes].filter(([, size]) => size === 1);
  if (kept.length <= FEW_SAMPLES || 2 * alone.length <= kept.length) return;
  const numbers = [...sizes.keys()].every((name) =>
    Number.isFinite(Number(name))
  );
  throw new InputError(
    `Cannot use the tissues: ${
      label === undefined ? "the label" : `column ${quote(label)}`
    } holds ${
      countOf(sizes.size, numbers ? "different number" : "different name")
    } ` +
      `for ${countOf(kept.length, "sample")}, of which ` +
      `${withCommas(alone.length)} are alone in theirs, and at most half ` +
      "should be: is it the tissue?",
    "Name the column of tissues with --label; if it is the right one, leave " +
      "out tissues of a single sample with --min-samples 2",
  );
}
