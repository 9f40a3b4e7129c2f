/** The stage `ttest`: gene sets compared with random gene sets. */

import { chooseNamed } from "../cli/named_choices.ts";
import { scoreGeneSets } from "../clusters/gene_set_worker.ts";
import type { GeneSetTask, ScoredGeneSet } from "../clusters/score_gene_set.ts";
import { findSpace, spaceList } from "../clusters/spaces/spaces.ts";
import { defineStage } from "../pipeline/stage.ts";
import { mapCached } from "../store/cached_tasks.ts";
import { nullModels } from "./null_models/null_models.ts";
import { allNullRows } from "./null_rows.ts";
import {
  type NullResult,
  type ScoredNull,
  testNulls,
  vMeasuresOf,
} from "./null_tests.ts";
import { nullTests, nullValues, outputs, testResults } from "./outputs.ts";
import { ttestParameters } from "./parameters.ts";
import { reproduceSet } from "./reproduce_set.ts";
import { type PlannedTest, planTest, type TtestParts } from "./test_plan.ts";
import { formatTests, formatVerdict } from "./verdict.ts";

/** The user is warned of a larger share of common genes. */
const MUCH_OVERLAP = 0.5;

/** A gene set whose random sets have been scored. */
interface TestedSet {
  readonly plan: PlannedTest;
  readonly scored: ScoredGeneSet;
  readonly nulls: readonly ScoredNull[];
  readonly results: readonly NullResult[];
}

/** Makes the stage `ttest` of spaces and null models. */
export function makeTtestStage(parts: TtestParts) {
  const { spaces: { spaces }, nullModels } = parts;
  return defineStage({
    module: import.meta.url,
    name: "ttest",
    summary:
      "compares the V-measure of gene sets with that of random gene sets",
    needs: ["prepare", "clusters"],
    parameters: ttestParameters(spaces, nullModels),
    outputs,
    reproduce: reproduceSet(parts),
    check: (values) => {
      chooseNamed("null-models", values["null-models"], nullModels);
    },
    async run(context) {
      const { settings, warn } = context;
      const plan = await planTest(context, parts);
      const { setup } = plan.inputs;
      const tasks = plan.sets.flatMap(tasksOf);
      const progress = context.progress(
        "null distribution",
        tasks.length,
        "sets",
      );
      const scored = await mapCached<GeneSetTask, ScoredGeneSet>(
        await context.checkpoints(),
        "set",
        tasks,
        (missing, onResult) =>
          scoreGeneSets(setup, missing, settings.threads, onResult),
        () => progress.advance(),
      ).finally(() => progress.close());
      let start = 0;
      const tested = plan.sets.map((set) => {
        const { length } = tasksOf(set);
        start += length;
        return testSet(set, scored.slice(start - length, start));
      });
      const results = tested.flatMap(({ results }) => results);
      const tests = results.map(({ test }) => test);
      for (const each of tested) warnOfTests(each, warn);
      await context.write(
        nullValues,
        allNullRows(tested.flatMap(({ nulls }) => nulls)),
      );
      await context.write(testResults, {
        samples: setup.classes.length,
        k: setup.clusters,
        n_neighbors: setup.neighbors,
        components: setup.components,
        gene_sets: tested.flatMap(({ plan: { name, task }, scored }) =>
          task.spaces.map(({ space, embeddingSeed, kmeansSeeds }, index) => ({
            gene_set: name,
            genes: task.columns.length,
            space,
            embedding_seed: embeddingSeed,
            kmeans_seeds: kmeansSeeds,
            v_measures: vMeasuresOf(scored[index]),
          }))
        ),
        tests,
      });
      await context.draw(nullTests, {
        tests: results.map(({ test, nullMeans }) => ({
          ...test,
          null_model: nullModels.find(({ name }) => name === test.null_model)!
            .title,
          space: findSpace(test.space, spaces).title,
          nullMeans,
        })),
      });
      const verdicts = tested.map(({ plan: { task }, results: [first] }) =>
        formatVerdict(first.test, task.columns.length)
      );
      return { verdict: `${verdicts.join("\n")}${formatTests(tests)}` };
    },
  });
}

/** The stage `ttest`. */
export const ttestStage = makeTtestStage({ spaces: spaceList, nullModels });

/** The gene set itself, then its random sets, null model by null model. */
function tasksOf({ task, nulls }: PlannedTest): GeneSetTask[] {
  return [task, ...nulls.flatMap(({ sets }) => sets.map(({ task }) => task))];
}

/** @param scored In the order of `tasksOf`. */
function testSet(
  plan: PlannedTest,
  [own, ...others]: readonly ScoredGeneSet[],
): TestedSet {
  let start = 0;
  const nulls = plan.nulls.map((plan) => {
    const scored = others.slice(start, start + plan.sets.length);
    start += plan.sets.length;
    return { plan, scored };
  });
  return { plan, scored: own, nulls, results: testNulls(own, nulls) };
}

/** Warns of tests that cannot show much. */
function warnOfTests(
  { plan: { name, nulls }, results }: TestedSet,
  warn: (message: string) => void,
): void {
  const flat = results.map(({ test }) => test).filter(({ t }) => t === null);
  if (flat.length > 0) {
    warn(
      `All ${flat[0].sets} random sets have the same mean V-measure (${
        flat.map(({ null_model, space }) => `${null_model} in ${space}`)
          .join(", ")
      }): there is no t-test`,
    );
  }
  for (const { model, meanGeneOverlap } of nulls) {
    // The overlap of sets of any genes follows from their sizes alone.
    if (model.keeps === null || meanGeneOverlap <= MUCH_OVERLAP) continue;
    warn(
      `The ${model.name} random sets share ${
        (100 * meanGeneOverlap).toFixed(0)
      } % of their genes with the gene set ${name} on average, which costs the test power`,
    );
  }
}
