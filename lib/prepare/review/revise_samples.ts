/** Revises labels and samples before anything is computed from them. */

import type { Values } from "../../cli/parameters.ts";
import {
  dropSmallTissues,
  refuseSingleTissue,
} from "../labels/kept_tissues.ts";
import { reviseLabels } from "../labels/revise_labels.ts";
import type { prepareParameters } from "../parameters.ts";
import type { PreparationInput } from "../input/read_input.ts";
import { takeSamples } from "./take_samples.ts";
import { handleEmptySamples, refuseNothing } from "./empty_samples.ts";
import { Revision } from "./revision.ts";
import { handleTwins } from "./twins.ts";

/** The samples that are used, and what became of the others. */
export interface RevisedSamples {
  readonly input: PreparationInput;
  readonly revision: Revision;
  /** Samples that hold nothing, also if they were left out. */
  readonly empty: number;
  /** The set of equal samples that each sample of `input` is in. */
  readonly twinSets: Int32Array;
}

/**
 * Applies the flags that revise tissues and leave out samples, in this order:
 * those of `reviseLabels`, `--drop-zero-samples`, `--drop-twins` and
 * `--min-samples`.
 *
 * @throws {InputError} If the labels cannot be used, the matrix holds nothing
 * or fewer than two tissues are left.
 */
export function reviseSamples(
  input: PreparationInput,
  choices: Values<typeof prepareParameters>,
): RevisedSamples {
  const all = [...input.sampleIds.keys()];
  if (all.length > 0) refuseNothing(input, all);
  const label = input.reading?.label || choices.label || undefined;
  const revision = new Revision(input.tissues);
  reviseLabels(
    revision,
    { sampleIds: input.sampleIds, label },
    choices,
    input.merges,
  );
  const empty = handleEmptySamples(
    revision,
    input,
    choices["drop-zero-samples"],
  );
  const sets = handleTwins(revision, input, choices["drop-twins"]);
  dropSmallTissues(revision, choices["min-samples"]);
  refuseSingleTissue(revision, label);
  refuseNothing(input, revision.kept);
  return {
    input: takeSamples(input, revision.kept, revision.tissues),
    revision,
    empty,
    twinSets: Int32Array.from(revision.kept, (row) => sets[row]),
  };
}
