/** Whether the scores depend on what the network learnt. */

import type {
  CheckAgreement,
  ChecksSummary,
  Measured,
} from "../stage_files.ts";

/** A rerun that agrees less than this is no measure for the other checks. */
const leastCeiling = 0.1;

/** A replicate that keeps less than this beyond the ignorant knows no more. */
const leastLead = 0.1;

/** The checks with what they show. */
export interface CheckFindings extends ChecksSummary {
  /**
   * What a network without the knowledge keeps of the agreement that a mere
   * rerun reaches: 0 for chance, 1 for as much as the rerun. The larger one
   * of rank correlation and overlap, and of the network of random weights and
   * that of shuffled labels. Null if the rerun itself does not agree.
   */
  readonly retained: Measured;
  /** The same of a replicate, which learnt the same; null without one. */
  readonly replicate_retained: Measured;
  /**
   * Whether the scores depend on what was learnt, by `retained`: `luck` where
   * a replicate agrees no more than networks that know nothing do.
   */
  readonly depends: "yes" | "partly" | "no" | "luck" | "unknown";
}

/**
 * Judges the checks of Adebayo et al. (2018) by the rerun, which is the most
 * that two explanations with these draws can agree.
 *
 * @param checks `checks/checks.json`.
 */
export function checkFindings(checks: ChecksSummary): CheckFindings {
  const of = (name: string) =>
    checks.checks.find(({ check }) => check === name);
  const rerun = of("rerun");
  const ignorant = ["all_layers", "shuffled_labels"].flatMap((name) =>
    of(name) ?? []
  );
  const largest = (of: readonly CheckAgreement[]) => {
    const shares = rerun === undefined
      ? []
      : of.flatMap((check) => sharesOf(check, rerun, checks));
    return shares.length === 0 ? null : Math.min(1, Math.max(0, ...shares));
  };
  const retained = largest(ignorant);
  const replicate = largest([of("replicate") ?? []].flat());
  return {
    ...checks,
    retained,
    replicate_retained: replicate,
    depends: judge(retained, replicate),
  };
}

/** Puts the shares into a word. */
function judge(
  retained: Measured,
  replicate: Measured,
): CheckFindings["depends"] {
  if (retained === null) return "unknown";
  if (retained >= 0.9) return "no";
  if (replicate !== null && replicate < retained + leastLead) return "luck";
  return retained < 0.5 ? "yes" : "partly";
}

/** The parts of the rerun's rank correlation and overlap that are kept. */
function sharesOf(
  check: CheckAgreement,
  rerun: CheckAgreement,
  { chance_overlap: chance }: ChecksSummary,
): number[] {
  const beyond = rerun.overlap - chance;
  return [
    ...(beyond > leastCeiling ? [(check.overlap - chance) / beyond] : []),
    ...(rerun.spearman !== null && rerun.spearman > leastCeiling
      ? [(check.spearman ?? 0) / rerun.spearman]
      : []),
  ];
}
