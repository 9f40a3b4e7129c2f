/** The random sets scored in their order, as long as a test needs them. */

import { openScorer, scoreWithProgress } from "../clusters/gene_set_worker.ts";
import type {
  ClusterSetup,
  ScoredGeneSet,
} from "../clusters/score_gene_set.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { Looks } from "../statistics/interim_look.ts";
import { hitsToStop, sequentialP } from "../statistics/sequential_p.ts";
import { testSpaces } from "./looks.ts";
import { mainMeasure, measures } from "./measures.ts";
import type { PlannedNull } from "./null_plan.ts";
import { type RunsInSpace, type ScoredNull, scoresBy } from "./null_tests.ts";

/**
 * Random sets of a null model that are scored before it is looked whether more
 * are needed. It decides over the time alone: those beyond the stop are left out.
 */
const ROUND = 20;

/**
 * How many of the first random sets the tests need, up to the first look.
 *
 * @returns The number at which the last test stopped, over all spaces and
 * measures: every space has the same sets, or they could not be adjusted
 * together. Undefined if a test has not stopped.
 */
export function setsNeeded(
  tested: readonly RunsInSpace[],
  scored: readonly ScoredGeneSet[],
  { first }: Looks,
): number | undefined {
  const enough = hitsToStop(first);
  let needed = 0;
  for (const measure of measures) {
    const { values, nulls } = scoresBy(measure, tested, scored);
    for (const [index, value] of values.entries()) {
      const { stopped, counted } = sequentialP(nulls[index], value, enough);
      if (!stopped) return undefined;
      needed = Math.max(needed, counted);
    }
  }
  return needed;
}

/** Whether the test of any space is open after the first look. */
export function needsMore(
  tested: readonly RunsInSpace[],
  scored: readonly ScoredGeneSet[],
  looks: Looks,
): boolean {
  if (scored.length !== looks.first) return false;
  const { values, nulls } = scoresBy(mainMeasure, tested, scored);
  return testSpaces(values, nulls, looks).some(({ isOpen }) => isOpen);
}

/** A null model's sets, as many as were scored so far. */
interface Scoring {
  readonly plan: PlannedNull;
  readonly tested: readonly RunsInSpace[];
  readonly scored: ScoredGeneSet[];
}

type Context = Pick<StageContext, "checkpoints" | "progress" | "settings">;

/**
 * Scores the random sets of each plan, in their order and all of them in every
 * space: up to the first look, or until each test has stopped; then the rest of
 * those of which a test is not clear.
 *
 * @param name Of the progress that is shown.
 * @returns In the order of the plans; neither threads nor rounds change it.
 */
export async function scoreNulls(
  context: Context,
  name: string,
  setup: ClusterSetup,
  plans: readonly {
    readonly plan: PlannedNull;
    readonly tested: readonly RunsInSpace[];
  }[],
): Promise<ScoredNull[]> {
  const states: Scoring[] = plans.map((each) => ({ ...each, scored: [] }));
  await scoreToFirstLook(context, name, setup, states);
  const open = states.filter(({ plan, tested, scored }) =>
    needsMore(tested, scored, plan.looks)
  );
  if (open.length > 0) {
    const rest = open.map(({ plan, scored }) =>
      plan.sets.slice(scored.length).map(({ task }) => task)
    );
    const results = await scoreWithProgress(
      context,
      `${name}, not yet clear`,
      setup,
      rest.flat(),
    );
    let next = 0;
    open.forEach(({ scored }, index) => {
      scored.push(...results.slice(next, next += rest[index].length));
    });
  }
  return states.map(({ plan, scored }) => ({ plan, scored }));
}

async function scoreToFirstLook(
  context: Context,
  name: string,
  setup: ClusterSetup,
  states: readonly Scoring[],
): Promise<void> {
  const total = states.reduce((sum, { plan }) => sum + plan.looks.first, 0);
  await using scorer = await openScorer(context, name, setup, total);
  let open = states;
  while (open.length > 0) {
    const tasks = open.map(({ plan, scored }) =>
      plan.sets.slice(0, plan.looks.first)
        .slice(scored.length, scored.length + ROUND)
        .map(({ task }) => task)
    );
    const results = await scorer.score(tasks.flat());
    let next = 0;
    open = open.filter(({ plan, tested, scored }, index) => {
      scored.push(...results.slice(next, next += tasks[index].length));
      const { first } = plan.looks;
      const needed = setsNeeded(tested, scored, plan.looks);
      if (needed === undefined && scored.length < first) return true;
      scorer.skip(first - scored.length);
      scored.length = needed ?? first;
      return false;
    });
  }
}
