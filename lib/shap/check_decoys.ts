/** Refuses a cutoff for which the run has not the decoys. */

import { InputError, rerun } from "../cli/errors.ts";
import type { DecoyKind } from "../prepare/outputs.ts";
import type { CutoffRule } from "../selection/cutoff.ts";

/**
 * Checks that there are the decoys that a cutoff needs.
 *
 * @param has Whether there are decoys of a kind.
 * @throws {InputError} If there are none.
 */
export function checkDecoys(
  cutoff: CutoffRule["rule"],
  has: (kind: DecoyKind) => boolean,
): void {
  if (cutoff !== "knockoff" && cutoff !== "noise" || has(cutoff)) return;
  if (cutoff === "knockoff") {
    throw new InputError(
      "Cannot select by knockoffs: the genes have none, and each should have " +
        "one",
      rerun("prepare", { decoys: "knockoff" }),
    );
  }
  throw new InputError(
    "Cannot select by the noise rate: the matrix has no decoys of noise, by " +
      "which it is measured, and should have some",
    rerun("prepare", { decoys: "auto" }),
  );
}

/**
 * The same before any stage runs, by the value of `--prepare.decoys`. A share so
 * small that it gives no decoy is refused only by the stage.
 *
 * @param decoys Undefined if the command does not prepare the matrix.
 * @throws {InputError} If there will be none.
 */
export function checkDecoysFlag(
  cutoff: CutoffRule["rule"],
  decoys: unknown,
): void {
  if (decoys === undefined) return;
  checkDecoys(
    cutoff,
    (kind) =>
      kind === "knockoff"
        ? decoys === "knockoff"
        : decoys !== "knockoff" && decoys !== 0,
  );
}
