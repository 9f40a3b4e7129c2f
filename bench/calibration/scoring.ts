/** The tests of one trial, made by the code of the stage `ttest`. */

import { prepareClustering } from "../../lib/clusters/clustering_inputs.ts";
import {
  type ClusterSetup,
  type GeneSetTask,
  type ScoredGeneSet,
  scoreGeneSet,
} from "../../lib/clusters/score_gene_set.ts";
import { planSpaces } from "../../lib/clusters/space_tasks.ts";
import type { Space } from "../../lib/clusters/spaces/space.ts";
import { shapMethod } from "../../lib/gene_sets/shap.ts";
import type { Dataset } from "../../lib/prepare/dataset.ts";
import { deriveSeed } from "../../lib/random.ts";
import { clusteringScores } from "../../lib/statistics/clustering_scores.ts";
import { mean } from "../../lib/statistics/describe.ts";
import { matchGenes } from "../../lib/null_test/gene_matching.ts";
import { mainMeasure, measures } from "../../lib/null_test/measures.ts";
import type { NullModel } from "../../lib/null_test/null_models/null_model.ts";
import { planNull } from "../../lib/null_test/null_plan.ts";
import {
  type ScoredNull,
  scoresOf,
  testNulls,
} from "../../lib/null_test/null_tests.ts";
import { needsMore, setsNeeded } from "../../lib/null_test/score_nulls.ts";
import type { Looks } from "../../lib/statistics/interim_look.ts";
import { testRuns } from "../naive_tests.ts";
import type { CalibrationSetup, TrialTest } from "./setup.ts";

/** Most iterations of a k-means start: the suite's default. */
const MAX_ITERATIONS = 10_000;

/** Epochs of a layout: the suite's default. */
const LAYOUT_EPOCHS = 200;

/** Random sets that are scored before it is looked whether more are needed. */
const ROUND = 20;

/** The scores of a tested set and of its random sets. */
export interface ScoredTrial {
  readonly tested: ScoredGeneSet;
  readonly nulls: readonly ScoredNull[];
}

/**
 * Clusters the tested set and the random sets of each null model in the same
 * spaces, each with its own seeds.
 *
 * @param dataset Its test samples are clustered.
 * @param spaces The spaces.
 * @param tested Columns of the tested set.
 * @param models The null models.
 * @param seed Master seed of the trial.
 * @param which Of the random sets: those up to the stop, as in the stage, or all.
 */
export async function scoreTrial(
  dataset: Dataset,
  spaces: readonly Space[],
  tested: Uint32Array,
  models: readonly NullModel[],
  setup: CalibrationSetup,
  seed: number,
  which: "needed" | "all",
): Promise<ScoredTrial> {
  const repeats = {
    layouts: setup.layouts,
    ofLayout: setup.layoutRepeats,
    elsewhere: setup.repeats,
  };
  const clusterSetup: ClusterSetup = prepareClustering(dataset, {
    samples: "test",
    k: 0,
    algorithm: "hartigan",
    "layout-epochs": LAYOUT_EPOCHS,
    "n-init": setup.restarts,
    "n-init-high-dim": setup.restartsHighDim,
    "max-iterations": MAX_ITERATIONS,
    "n-neighbors": 15,
    "min-dist": 0.1,
    spaces: spaces.map(({ name }) => name),
    components: 50,
  }, () => {}).setup;
  const score = (task: GeneSetTask) => scoreGeneSet(clusterSetup, task);
  const pool = {
    genes: dataset.genes.length,
    size: tested.length,
    tested,
    strata: matchGenes(dataset),
  };
  const own = await score({
    columns: tested,
    spaces: planSpaces(
      spaces,
      repeats,
      (stream) => deriveSeed(seed, `tested/${stream}`),
    ),
  });
  return {
    tested: own,
    nulls: await Promise.all(models.map(async (model) => {
      const plan = planNull(model, pool, {
        geneSet: shapMethod.name,
        sets: setup.sets,
        firstLook: setup.firstLook,
        spaces,
        repeats,
        master: seed,
      });
      const scored: ScoredGeneSet[] = [];
      const { first } = plan.looks;
      while (scored.length < plan.sets.length) {
        const rest = plan.sets.slice(
          scored.length,
          scored.length < first ? first : undefined,
        );
        for (const { task } of rest.slice(0, ROUND)) {
          scored.push(await score(task));
        }
        if (which === "needed" && isEnough(own, scored, plan)) break;
      }
      return { plan, scored };
    })),
  };
}

/** Whether the stage would draw no more. */
function isEnough(
  tested: ScoredGeneSet,
  scored: readonly ScoredGeneSet[],
  { looks }: ScoredNull["plan"],
): boolean {
  return setsNeeded(tested, scored, looks) !== undefined ||
    (scored.length === looks.first && !needsMore(tested, scored, looks));
}

/** How many of the sets the stage would have drawn. */
function setsCounted(
  tested: ScoredGeneSet,
  all: readonly ScoredGeneSet[],
  looks: Looks,
): number {
  const early = all.slice(0, looks.first);
  const needed = setsNeeded(tested, early, looks);
  if (needed !== undefined) return needed;
  return needsMore(tested, early, looks) ? all.length : early.length;
}

/**
 * The same clusterings, scored against other labels: k-means and UMAP do not use
 * labels, so nothing has to be clustered again.
 *
 * @param classes The other labels, with the same number of classes.
 */
export function scoreAgain(
  { tested, nulls }: ScoredTrial,
  classes: Int32Array,
): ScoredTrial {
  const again = (scored: ScoredGeneSet): ScoredGeneSet =>
    scored.map((space) => ({
      ...space,
      repeats: space.repeats.map((repeat) => ({
        ...repeat,
        ...clusteringScores(classes, repeat.assignments),
      })),
    }));
  return {
    tested: again(tested),
    nulls: nulls.map(({ plan, scored }) => ({
      plan,
      scored: scored.map(again),
    })),
  };
}

/**
 * The tests of a trial, by null model, measure and space, and for each measure
 * the smallest adjusted p of all spaces.
 */
export function testTrial(
  scenario: TrialTest["scenario"],
  { tested, nulls }: ScoredTrial,
): TrialTest[] {
  return nulls.flatMap(({ plan, scored: all }) => {
    const counted = setsCounted(tested, all, plan.looks);
    const own = { plan, scored: all.slice(0, counted) };
    return measures.flatMap((measure) => {
      const tests = testNulls(tested, [own], measure)
        .map(({ test }, space): TrialTest => {
          const runs = scoresOf(tested[space], measure);
          const otherRuns = scoresOf(own.scored[0][space], measure);
          const isMain = measure === mainMeasure;
          return {
            scenario,
            nullModel: test.null_model,
            space: test.space,
            measure: measure.name,
            statistic: test.statistic,
            nullMean: test.null_mean,
            pT: test.p_t,
            pEmpirical: test.p_empirical,
            pAdjusted: test.p_adjusted,
            sets: test.sets,
            // The study's mistake is shown for one measure.
            withinSetP: isMain ? test.within_set_p_t : undefined,
            twoSetsP: isMain ? testRuns(runs, otherRuns) : undefined,
            otherMean: mean(otherRuns),
          };
        });
      const [least] = tests.toSorted((a, b) => a.pAdjusted - b.pAdjusted);
      return [...tests, {
        ...least,
        space: "together",
        pT: undefined,
        pEmpirical: undefined,
        withinSetP: undefined,
        twoSetsP: undefined,
      }];
    });
  });
}
