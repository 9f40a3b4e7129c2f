/** The stage `ttest`: the SHAP set's V-measure against random gene sets. */

import { scoreGeneSets } from "../clusters/gene_set_worker.ts";
import type { GeneSetTask, ScoredGeneSet } from "../clusters/score_gene_set.ts";
import { chooseNamed, findSpace } from "../clusters/spaces/spaces.ts";
import { drawNullDistribution } from "./figures/null_distribution.ts";
import { drawNulls } from "./figures/nulls.ts";
import { mapCached } from "../store/cached_tasks.ts";
import { defineStage } from "../pipeline/stage.ts";
import { nullModels } from "./null_models/null_models.ts";
import { type SpaceTest, testNulls, vMeasuresOf } from "./null_tests.ts";
import { reproduceSet } from "./reproduce_set.ts";
import { planTest } from "./test_plan.ts";
import { ttestParameters } from "./parameters.ts";
import { recordTest, writeNull, writeNulls } from "./outputs.ts";
import { formatTests, formatVerdict } from "./verdict.ts";

/** A share of common genes above which the user is told of it. */
const MUCH_OVERLAP = 0.5;

/** Warns of tests that cannot say much. */
function warnOfTests(
  tests: readonly SpaceTest[],
  warn: (message: string) => void,
): void {
  const flat = tests.filter(({ test }) => test.t === null);
  if (flat.length > 0) {
    warn(
      `All ${flat[0].sets} random sets have the same mean V-measure (${
        flat.map((each) => `${each.null} in ${each.space}`).join(", ")
      }): there is no t-test`,
    );
  }
  for (const kind of new Set(tests.map((each) => each.null))) {
    const { meanOverlap } = tests.find((each) => each.null === kind)!;
    // That uniform sets overlap follows from the sizes alone.
    if (kind === nullModels[0].name || meanOverlap <= MUCH_OVERLAP) continue;
    warn(
      `The ${kind} random sets share ${
        (100 * meanOverlap).toFixed(0)
      } % of their genes with the SHAP set on average, which costs the test against them power`,
    );
  }
}

/** The stage `ttest`. */
export const ttestStage = defineStage({
  name: "ttest",
  summary: "tests the SHAP set's V-measure against random gene sets",
  needs: ["prepare", "shap", "clusters"],
  parameters: ttestParameters,
  reproduce: reproduceSet,
  check: (values) => {
    chooseNamed("nulls", values.nulls, nullModels);
  },
  async run(context) {
    const { settings } = context;
    const { sets } = context.parameters;
    const { shap, setup, spaces, shapTask, plans } = await planTest(context);
    const tasks = plans.flatMap((plan) => plan.sets.map(({ task }) => task));
    const progress = context.progress(
      "null distribution",
      tasks.length,
      "sets",
    );
    const [shapScored, ...scored] = await mapCached<GeneSetTask, ScoredGeneSet>(
      await context.checkpoints(),
      "set",
      [shapTask, ...tasks],
      (missing, onResult) =>
        scoreGeneSets(setup, missing, settings.threads, onResult),
      (_, index) => {
        if (index > 0) progress.advance();
      },
    ).finally(() => progress.close());
    const nulls = plans.map((plan, at) => ({
      plan,
      scored: scored.slice(at * sets, (at + 1) * sets),
    }));
    const tests = testNulls(shapScored, nulls);
    warnOfTests(tests, context.warn);
    // The study's own test comes first: uniform sets in UMAP space.
    const [main] = tests;
    const record = {
      ...recordTest(main),
      shap_genes: shap.columns.length,
      shap_embedding_seed: shapTask.spaces[0].embeddingSeed,
      shap_kmeans_seeds: shapTask.spaces[0].kmeansSeeds,
      shap_v_measures: vMeasuresOf(shapScored[0]),
      samples: setup.classes.length,
      k: setup.clusters,
      neighbors: setup.neighbors,
      components: spaces.includes("pca")
        ? Math.min(setup.components, shap.columns.length)
        : null,
      tests: tests.map(recordTest),
      shap: shapTask.spaces.map((task, place) => ({
        space: task.space,
        embedding_seed: task.embeddingSeed,
        kmeans_seeds: task.kmeansSeeds,
        v_measures: vMeasuresOf(shapScored[place]),
      })),
    };
    const write = (name: string, text: string) =>
      Deno.writeTextFile(`${context.folder}/${name}`, text);
    await write("null.csv", writeNull(nulls));
    await write("nulls.csv", writeNulls(nulls));
    await write("ttest.json", JSON.stringify(record, null, 2) + "\n");
    await write(
      "null.svg",
      drawNullDistribution({
        nullMeans: main.nullMeans,
        statistic: main.test.statistic,
        pEmpirical: main.test.pEmpirical,
        pT: main.test.pT,
        genes: main.genes,
      }),
    );
    await write(
      "nulls.svg",
      drawNulls({
        tests: tests.map((each) => ({
          null: nullModels.find(({ name }) => name === each.null)!.title,
          space: findSpace(each.space).title,
          nullMeans: each.nullMeans,
          statistic: each.test.statistic,
          pEmpirical: each.test.pEmpirical,
          pT: each.test.pT,
        })),
      }),
    );
    const verdict = formatVerdict(main.test, shap.columns.length, main.genes);
    return { verdict: `${verdict}${formatTests(tests)}` };
  },
});
