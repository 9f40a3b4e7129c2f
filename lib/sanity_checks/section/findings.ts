/** Whether the scores depend on what the network learned. */

import { unfit } from "../../store/unfit.ts";
import {
  type Check,
  type CheckMeans,
  checks as file,
  type ChecksSummary,
} from "../outputs.ts";

/** A rerun that agrees less than this is no measure for the other checks. */
const LEAST_RERUN = 0.1;

/** How much more than ignorant networks a member of the ensemble must keep. */
const LEAST_LEAD = 0.1;

/** From these shares of the agreement on, scores depend in part, or hardly. */
const PARTLY = 0.5;
const HARDLY = 0.9;

/** The checks with what they show. */
export interface CheckFindings extends ChecksSummary {
  /**
   * What a network without the knowledge keeps of the agreement that a mere
   * rerun reaches: 0 for chance, 1 for as much as the rerun. The larger one
   * of rank correlation and overlap, and of the network of random weights and
   * that of shuffled labels. Null if the rerun itself does not agree.
   */
  readonly retained: number | null;
  /** The same of another member of the ensemble; null if there is none. */
  readonly member_retained: number | null;
  /**
   * Whether the scores depend on what was learned, by `retained`: `luck` where
   * another network that learned the same agrees no more than those that know
   * nothing.
   */
  readonly depends: "yes" | "partly" | "no" | "luck" | "unknown";
}

/**
 * Judges the checks of Adebayo et al. (2018) by the rerun, which is the most
 * that two explanations with these draws can agree.
 *
 * @throws {InputError} If the rerun or the network without knowledge is missing.
 */
export function checkFindings(checks: ChecksSummary): CheckFindings {
  const find = (...names: readonly Check[]) =>
    checks.checks.filter(({ check }) => names.includes(check));
  const [again] = find("rerun");
  if (again === undefined || find("all_layers").length === 0) {
    throw unfit(file.file, "it must hold the checks rerun and all_layers");
  }
  const largestShare = (compared: readonly CheckMeans[]) => {
    const shares = compared.flatMap((check) =>
      sharesOf(check, again, checks.chance_overlap)
    );
    return shares.length === 0 ? null : Math.min(1, Math.max(0, ...shares));
  };
  const retained = largestShare(find("all_layers", "shuffled_labels"));
  const member = largestShare(find("ensemble_member"));
  return {
    ...checks,
    retained,
    member_retained: member,
    depends: judge(retained, member),
  };
}

/** Puts the shares into a word. */
function judge(
  retained: number | null,
  member: number | null,
): CheckFindings["depends"] {
  if (retained === null) return "unknown";
  if (retained >= HARDLY) return "no";
  if (member !== null && member < retained + LEAST_LEAD) return "luck";
  return retained < PARTLY ? "yes" : "partly";
}

/** The parts of the rerun's rank correlation and overlap that are kept. */
function sharesOf(
  check: CheckMeans,
  rerun: CheckMeans,
  chance: number,
): number[] {
  const beyond = rerun.overlap - chance;
  return [
    ...(beyond > LEAST_RERUN ? [(check.overlap - chance) / beyond] : []),
    ...(rerun.spearman !== null && rerun.spearman > LEAST_RERUN
      ? [(check.spearman ?? 0) / rerun.spearman]
      : []),
  ];
}
