/** Refuses to select stable genes where there are folds. */

import { InputError, rerun } from "../cli/errors.ts";
import type { CutoffRule } from "../selection/cutoff.ts";

/**
 * Checks that a run has one split, as stable genes need it: halves of all
 * samples hold those that a fold tests, so that its set could not be judged.
 *
 * @throws {InputError} If stable genes are asked for and there are folds.
 */
export function checkFolds(
  cutoff: CutoffRule["rule"],
  hasFolds: boolean,
): void {
  if (cutoff !== "stable" || !hasFolds) return;
  throw new InputError(
    "Cannot select genes that come again on halves of the training samples: " +
      "the run has folds and should have one split",
    rerun("prepare", { folds: 1 }),
  );
}

/**
 * The same before any stage runs, by the value of `--folds`.
 *
 * @param folds Undefined if the command does not prepare the matrix. What
 * `auto` makes is known once the stage `prepare` has run.
 * @throws {InputError} If there will be folds.
 */
export function checkFoldsFlag(
  cutoff: CutoffRule["rule"],
  folds: unknown,
): void {
  checkFolds(cutoff, typeof folds === "number" && folds > 1);
}
