/** The stage `ttest`: gene sets compared with random gene sets. */

import { spaceList } from "../clusters/spaces/spaces.ts";
import { defineStage } from "../pipeline/stage.ts";
import { declareTtest } from "./declaration.ts";
import { nullModels } from "./null_models/null_models.ts";
import { allNullRows } from "./rows.ts";
import {
  type NullResult,
  type ScoredNull,
  scoresOf,
  testNulls,
} from "./null_tests.ts";
import { nullTests, nullValues, testResults } from "./outputs.ts";
import { mainMeasure, otherMeasures } from "./measures.ts";
import { reproduceSet } from "./reproduce_set.ts";
import { scoreNulls } from "./score_nulls.ts";
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
      const scoredNulls = await scoreNulls(
        context,
        "null distribution",
        setup,
        plan.sets.flatMap(({ scored, nulls }) =>
          nulls.map((plan) => ({ plan, tested: scored }))
        ),
      );
      const tested = plan.sets.map(({ name, genes, scored, nulls: plans }) => {
        const nulls = scoredNulls.filter(({ plan }) => plans.includes(plan));
        return {
          name,
          genes,
          scored,
          nulls,
          results: testNulls(scored, nulls),
          others: otherMeasures.flatMap((measure) =>
            testNulls(scored, nulls, measure)
          ),
        };
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
            amis: scoresOf(own, mainMeasure),
            v_measures: own.repeats.map(({ vMeasure }) => vMeasure),
          }))
        ),
        tests,
        other_measures: tested.flatMap(({ others }) =>
          others.map(({ test }) => test)
        ),
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
      `All ${flat[0].sets} random sets have the same mean AMI (${
        flat.map(({ null_model, space }) => `${null_model} in ${space}`)
          .join(", ")
      }): there is no t-test`,
    );
  }
  for (const { plan: { model } } of nulls) {
    const overlap = results.find(({ test }) => test.null_model === model.name)!
      .test.mean_gene_overlap;
    // The overlap of sets of any genes follows from their sizes alone.
    if (model.keeps === null || overlap <= MUCH_OVERLAP) continue;
    warn(
      `The ${model.name} random sets share ${
        (100 * overlap).toFixed(0)
      } % of their genes with the gene set ${name} on average, which costs the test power`,
    );
  }
}
