/**
 * How far a check's scores agree with the scores that are checked.
 *
 * Expected gradients multiply a gradient by how far the sample is from the
 * background, and that factor comes from the data, not from the network. So
 * even a network that learned nothing gives its largest scores, of either sign,
 * to the genes that stand out in the sample: on the demo such scores correlate
 * 0.5 with the trained network's without the signs, and share 0.18 of the best
 * twentieth, where chance is 0.05. Signed, they correlate 0.01. So the signed
 * correlation comes first, and a rerun of the same network and the level of
 * chance are reported beside it.
 */

import { fixed } from "../cli/numbers.ts";
import { compareMedians, meanOfKnown } from "../selection/compare_medians.ts";
import type { TissueMedians } from "../selection/tissue_medians.ts";
import { mean } from "../statistics/describe.ts";
import { spearman } from "../statistics/rank_agreement.ts";
import type { AgreementRow, Check, CheckMeans } from "./outputs.ts";

/** Compares a check's scores with the scores that are checked. */
export function agreementRows(
  check: Check,
  reference: readonly TissueMedians[],
  other: readonly TissueMedians[],
  top: number,
): AgreementRow[] {
  return compareMedians(reference, other, top).map((row, index) => ({
    check,
    ...row,
    spearman_absolute: spearman(
      reference[index].medians.map(Math.abs),
      other[index].medians.map(Math.abs),
    ),
  }));
}

/**
 * Each check's mean over tissues, each counting the same; a tissue without a
 * correlation is left out of that mean.
 */
export function meanAgreements(rows: readonly AgreementRow[]): CheckMeans[] {
  return [...Map.groupBy(rows, ({ check }) => check)].map(([check, own]) => ({
    check,
    spearman: meanOfKnown(own.map(({ spearman }) => spearman)),
    spearman_absolute: meanOfKnown(
      own.map(({ spearman_absolute }) => spearman_absolute),
    ),
    overlap: mean(own.map(({ overlap }) => overlap)),
  }));
}

/** The results in one line. */
export function formatVerdict(checks: readonly CheckMeans[]): string {
  const words: Partial<Record<Check, string>> = {
    rerun: "a rerun",
    ensemble_member: "another network of the ensemble",
    all_layers: "random weights",
    shuffled_labels: "shuffled labels",
  };
  const said = checks.flatMap(({ check, spearman }) =>
    words[check] === undefined
      ? []
      : `${spearman === null ? "not at all" : fixed(spearman, 2)} with ` +
        words[check]
  );
  return `scores agree ${said.join(", ")} (Spearman, mean over tissues)`;
}
