/** The random sets scored in their order, as long as a test needs them. */

import { openScorer } from "../clusters/gene_set_worker.ts";
import type {
  ClusterSetup,
  ScoredGeneSet,
} from "../clusters/score_gene_set.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { mean } from "../statistics/describe.ts";
import { hitsToStop, sequentialP } from "../statistics/sequential_p.ts";
import { measures } from "./measures.ts";
import type { PlannedNull } from "./null_plan.ts";
import { type RunsInSpace, type ScoredNull, scoresOf } from "./null_tests.ts";

/**
 * Random sets of a null model that are scored before it is looked whether more
 * are needed. It decides over the time alone: those beyond the stop are left out.
 */
const ROUND = 20;

/**
 * How many of the first random sets the tests need.
 *
 * @param most Random sets that there may be.
 * @returns The number at which the last test stopped, over all spaces and
 * measures: every space has the same sets, or they could not be adjusted
 * together. Undefined if a test has not stopped.
 */
export function setsNeeded(
  tested: readonly RunsInSpace[],
  scored: readonly ScoredGeneSet[],
  most: number,
): number | undefined {
  const enough = hitsToStop(most);
  let needed = 0;
  for (const [index, own] of tested.entries()) {
    for (const measure of measures) {
      const { stopped, counted } = sequentialP(
        scored.map((spaces) => mean(scoresOf(spaces[index], measure))),
        mean(scoresOf(own, measure)),
        enough,
      );
      if (!stopped) return undefined;
      needed = Math.max(needed, counted);
    }
  }
  return needed;
}

/**
 * Scores the random sets of each plan, in their order and all of them in every
 * space, until each test has stopped or there are no more.
 *
 * @param name Of the progress that is shown.
 * @returns In the order of the plans; neither threads nor rounds change it.
 */
export async function scoreNulls(
  context: Pick<StageContext, "checkpoints" | "progress" | "settings">,
  name: string,
  setup: ClusterSetup,
  plans: readonly {
    readonly plan: PlannedNull;
    readonly tested: readonly RunsInSpace[];
  }[],
): Promise<ScoredNull[]> {
  const states = plans.map(({ plan, tested }) => ({
    plan,
    tested,
    scored: [] as ScoredGeneSet[],
    ended: false,
  }));
  const total = plans.reduce((sum, { plan }) => sum + plan.sets.length, 0);
  await using scorer = await openScorer(context, name, setup, total);
  for (;;) {
    const open = states.filter(({ ended }) => !ended);
    if (open.length === 0) break;
    const tasks = open.map(({ plan, scored }) =>
      plan.sets.slice(scored.length, scored.length + ROUND)
        .map(({ task }) => task)
    );
    const results = await scorer.score(tasks.flat());
    let next = 0;
    open.forEach((state, index) => {
      state.scored.push(...results.slice(next, next += tasks[index].length));
      const most = state.plan.sets.length;
      const needed = setsNeeded(state.tested, state.scored, most);
      if (needed === undefined && state.scored.length < most) return;
      state.ended = true;
      scorer.skip(most - state.scored.length);
      state.scored.length = needed ?? most;
    });
  }
  return states.map(({ plan, scored }) => ({ plan, scored }));
}
