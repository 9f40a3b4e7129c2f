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
import { describeGenes } from "../../lib/prepare/gene_statistics.ts";
import { deriveSeed } from "../../lib/random.ts";
import { clusteringScores } from "../../lib/statistics/clustering_scores.ts";
import { mean } from "../../lib/statistics/describe.ts";
import { stratifyGenes } from "../../lib/null_test/gene_strata.ts";
import type { NullModel } from "../../lib/null_test/null_models/null_model.ts";
import { planNull } from "../../lib/null_test/null_plan.ts";
import {
  type ScoredNull,
  testNulls,
  vMeasuresOf,
} from "../../lib/null_test/null_tests.ts";
import { testRuns } from "../naive_tests.ts";
import type { CalibrationSetup, TrialTest } from "./setup.ts";

/** Most iterations of a k-means start: the suite's default. */
const MAX_ITERATIONS = 10_000;

/** Epochs of a layout: the suite's default. */
const LAYOUT_EPOCHS = 200;

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
 */
export async function scoreTrial(
  dataset: Dataset,
  spaces: readonly Space[],
  tested: Uint32Array,
  models: readonly NullModel[],
  setup: CalibrationSetup,
  seed: number,
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
  const genes = dataset.genes.length;
  const { mean, sd } = describeGenes(dataset.values, genes);
  const pool = {
    genes,
    size: tested.length,
    tested,
    means: mean,
    sds: sd,
    strata: stratifyGenes(mean, sd),
  };
  return {
    tested: await score({
      columns: tested,
      spaces: planSpaces(
        spaces,
        repeats,
        (stream) => deriveSeed(seed, `tested/${stream}`),
      ),
    }),
    nulls: await Promise.all(models.map(async (model) => {
      const plan = planNull(model, pool, {
        geneSet: shapMethod.name,
        sets: setup.sets,
        spaces,
        repeats,
        master: seed,
      });
      return {
        plan,
        scored: await Promise.all(plan.sets.map(({ task }) => score(task))),
      };
    })),
  };
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

/** The tests of a trial, by null model and space. */
export function testTrial(
  scenario: TrialTest["scenario"],
  { tested, nulls }: ScoredTrial,
): TrialTest[] {
  return nulls.flatMap((own) =>
    testNulls(tested, [own]).map(({ test }, space): TrialTest => {
      const runs = vMeasuresOf(tested[space]);
      const otherRuns = vMeasuresOf(own.scored[0][space]);
      return {
        scenario,
        nullModel: test.null_model,
        space: test.space,
        statistic: test.statistic,
        nullMean: test.null_mean,
        pT: test.p_t,
        pEmpirical: test.p_empirical,
        withinSetP: test.within_set_p_t,
        twoSetsP: testRuns(runs, otherRuns),
        otherMean: mean(otherRuns),
      };
    })
  );
}
