/** The stage `ttest`: gene sets compared with random gene sets. */

import { scoreWithProgress } from "../clusters/gene_set_worker.ts";
import { spaceList } from "../clusters/spaces/spaces.ts";
import { defineStage } from "../pipeline/stage.ts";
import { declareTtest } from "./declaration.ts";
import { nullModels } from "./null_models/null_models.ts";
import { allNullRows } from "./rows.ts";
import {
  type NullResult,
  type ScoredNull,
  testNulls,
  vMeasuresOf,
} from "./null_tests.ts";
import { nullTests, nullValues, testResults } from "./outputs.ts";
import { reproduceSet } from "./reproduce_set.ts";
import { planTest, type TtestParts } from "./test_plan.ts";
import { formatTests, formatVerdict } from "./terminal_lines.ts";

/** The user is warned of a larger share of common genes. */
const MUCH_OVERLAP = 0.5;

export function makeTtestStage(parts: TtestParts) {
  const { spaces: { spaces }, nullModels } = parts;
  return defineStage({
    ...declareTtest(parts),
    reproduce: reproduceSet(parts),
    async run(context) {
      const plan = await planTest(context, parts);
      const { setup } = plan.inputs;
      const tasks = plan.sets.flatMap(({ nulls }) =>
        nulls.flatMap(({ sets }) => sets.map(({ task }) => task))
      );
      const scored = await scoreWithProgress(
        context,
        "null distribution",
        setup,
        tasks,
      );
      const scoresOf = new Map(tasks.map((task, index) => [
        task,
        scored[index],
      ]));
      const tested = plan.sets.map(({ name, genes, scored, nulls }) => {
        const scoredNulls = nulls.map((plan) => ({
          plan,
          scored: plan.sets.map(({ task }) => scoresOf.get(task)!),
        }));
        const results = testNulls(scored, scoredNulls);
        return { name, genes, scored, nulls: scoredNulls, results };
      });
      const results = tested.flatMap(({ results }) => results);
      const tests = results.map(({ test }) => test);
      for (const each of tested) warnOfTests(each, context.warn);
      await context.write(
        nullValues,
        allNullRows(tested.flatMap(({ nulls }) => nulls)),
      );
      await context.write(testResults, {
        samples: setup.classes.length,
        k: setup.clusters,
        n_neighbors: setup.neighbors,
        components: setup.components,
        gene_sets: tested.flatMap(({ name, genes, scored }) =>
          scored.map((own) => ({
            gene_set: name,
            genes,
            space: own.space,
            embedding_seeds: [
              ...new Set(
                own.repeats.flatMap(({ embeddingSeed }) => embeddingSeed ?? []),
              ),
            ],
            kmeans_seeds: own.repeats.map(({ kmeansSeed }) => kmeansSeed),
            v_measures: vMeasuresOf(own),
          }))
        ),
        tests,
      });
      await context.draw(nullTests, {
        tests: results.map(({ test, nullMeans }) => ({
          ...test,
          null_model: nullModels.find(({ name }) => name === test.null_model)!
            .title,
          space: spaces.find(({ name }) => name === test.space)!.title,
          nullMeans,
        })),
      });
      const verdicts = tested.map(({ genes, results: [first] }) =>
        formatVerdict(first.test, genes)
      );
      return { verdict: `${verdicts.join("\n")}${formatTests(tests)}` };
    },
  });
}

export const ttestStage = makeTtestStage({ spaces: spaceList, nullModels });

/** Warns of tests that cannot show much. */
function warnOfTests(
  { name, nulls, results }: {
    readonly name: string;
    readonly nulls: readonly ScoredNull[];
    readonly results: readonly NullResult[];
  },
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
  for (const { plan: { model, meanGeneOverlap } } of nulls) {
    // The overlap of sets of any genes follows from their sizes alone.
    if (model.keeps === null || meanGeneOverlap <= MUCH_OVERLAP) continue;
    warn(
      `The ${model.name} random sets share ${
        (100 * meanGeneOverlap).toFixed(0)
      } % of their genes with the gene set ${name} on average, which costs the test power`,
    );
  }
}
