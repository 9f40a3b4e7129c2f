/** How long another cohort will take to judge the run. */

import { PANEL_DEPTHS } from "../external/panels.ts";
import { rankingMethods } from "../rankings/methods.ts";
import { shuffleCount } from "../statistics/shuffle_count.ts";
import type { UnitCosts } from "./costs.ts";
import type { RunPlan } from "./plan.ts";

/** The forms of the values that are judged. */
const VIEWS = 3;
/**
 * Of a shuffle, in distances of a gene: a value that is moved, and Welch's t of a
 * gene in a tissue, which is sorted and counted.
 */
const SHUFFLED = { value: 80, test: 5000 };
/** SHAP's rankings beside the simple ones: its own and the consensus. */
const SHAP_RANKINGS = 2;

/**
 * Seconds of the stage `external`. How large the other cohort is shows when it
 * is read: it is taken to be as large as the run.
 *
 * @param ridge Seconds of fitting a ridge classifier to a fold's samples.
 * @returns 0 without another cohort.
 */
export function foretellExternal(
  plan: RunPlan,
  { network, sets, tables, input }: UnitCosts,
  ridge: number,
): number {
  const { external, random } = plan.values.external;
  if (external === "") return 0;
  const { samples, genes, tissues, folds, members, settings } = plan;
  const networks = folds.length * members;
  // Few panels of different rankings have as many genes.
  const panels = PANEL_DEPTHS.reduce(
    (sum, depth) =>
      sum + (rankingMethods.length + SHAP_RANKINGS) * (1 + random) * depth *
        tissues,
    0,
  );
  return input.reading + input.preparing + ridge +
    networks * (network.build + VIEWS * samples * network.predict) +
    VIEWS * tables.distance * samples * tissues * (genes + panels) +
    // A set was timed with all workers, and one thread scores these.
    settings.threads * (1 + random) * sets.high +
    tables.distance * genes *
      (SHUFFLED.value * samples + SHUFFLED.test * tissues) *
      shuffleCount("auto", samples, genes) +
    tables.cell * samples * VIEWS * 3 * 7 + 2 * tables.figure;
}
