/**
 * How much of the verdict on a gene set is luck: the same set on the same
 * samples, tested with several master seeds. Writes into no run.
 */

import { InputError } from "../lib/cli/errors.ts";
import {
  integer,
  number,
  text,
  toggle,
  type Values,
} from "../lib/cli/parameters.ts";
import { prepareClustering } from "../lib/clusters/clustering_inputs.ts";
import { scoreGeneSets } from "../lib/clusters/gene_set_worker.ts";
import { geneSetGenes } from "../lib/clusters/outputs.ts";
import { clustersParameters } from "../lib/clusters/parameters.ts";
import { planSpaces, repeatsOf } from "../lib/clusters/space_tasks.ts";
import { spaces as allSpaces } from "../lib/clusters/spaces/spaces.ts";
import { locateGenes } from "../lib/gene_sets/gene_set.ts";
import { matchGenes } from "../lib/null_test/gene_matching.ts";
import { nullModels } from "../lib/null_test/null_models/null_models.ts";
import type { GenePool } from "../lib/null_test/null_models/null_model.ts";
import { planNull } from "../lib/null_test/null_plan.ts";
import { testNulls } from "../lib/null_test/null_tests.ts";
import type { SpaceTest } from "../lib/null_test/outputs.ts";
import { isSignificant, isUndecided } from "../lib/null_test/significance.ts";
import { readDataset } from "../lib/prepare/dataset.ts";
import { deriveSeed } from "../lib/random.ts";
import { readBenchFlags } from "./flags.ts";
import { runBench } from "./run_bench.ts";
import { runReader } from "./run_reader.ts";
import { formatLuck } from "./verdict_luck/page.ts";
import { replaceGenes } from "./verdict_luck/replace_genes.ts";

/** How sets were clustered before: Lloyd's algorithm, few starts, one layout. */
const BEFORE = {
  algorithm: "lloyd",
  "n-init": 100,
  "n-init-high-dim": 10,
  layouts: 1,
  "layout-epochs": 0,
  "layout-repeats": 10,
  repeats: 3,
} as const;

const flags = {
  run: text("", "DIR", "a run whose gene sets are clustered"),
  set: text("shap", "NAME", "the gene set of that run to test"),
  replace: number(
    0,
    { minimum: 0, maximum: 1 },
    "share of its genes that random ones with similar expression replace, so that the verdict is at stake",
  ),
  seeds: integer(20, { minimum: 2 }, "master seeds: 1, 2 ..."),
  sets: integer(199, { minimum: 20 }, "random gene sets of each null model"),
  "same-sets": toggle(
    "the same random sets for every seed: what is left is the luck of embeddings and k-means",
  ),
  before: toggle(
    "cluster as before: Lloyd's algorithm, few starts, one layout",
  ),
  layouts: integer(0, { minimum: 0 }, "layouts of a set; 0 for the default"),
  threads: integer(
    2,
    { minimum: 1 },
    "workers; the results do not depend on it",
  ),
  help: toggle("list the flags"),
};

async function measure(args: readonly string[]): Promise<void> {
  const values = readBenchFlags(args, flags, "verdict_luck");
  if (values === undefined) return;
  if (values.run === "") {
    throw new InputError("Cannot measure: --run takes a run that is clustered");
  }
  const reader = runReader(values.run);
  const dataset = await readDataset(reader);
  const defaults = Object.fromEntries(
    Object.entries(clustersParameters(allSpaces)).map(([name, flag]) => [
      name,
      flag.default,
    ]),
  ) as Values<ReturnType<typeof clustersParameters>>;
  const choices = {
    ...defaults,
    ...(values.before ? BEFORE : {}),
    ...(values.layouts > 0 ? { layouts: values.layouts } : {}),
  };
  const { setup, spaces } = prepareClustering(dataset, choices, () => {});
  const repeats = repeatsOf(choices, setup.classes.length);
  const ids = (await reader.read(geneSetGenes))
    .filter(({ gene_set }) => gene_set === values.set)
    .map(({ gene }) => gene);
  if (ids.length === 0) {
    throw new InputError(
      `Cannot measure: ${values.run} has no gene set ${values.set}`,
    );
  }
  const { columns } = locateGenes(values.set, ids, dataset.genes);
  const strata = matchGenes(dataset);
  const poolOf = (tested: Uint32Array): GenePool => ({
    genes: dataset.genes.length,
    size: tested.length,
    tested,
    strata,
  });
  const tested = replaceGenes(columns, poolOf(columns), values.replace);
  const pool = poolOf(tested);

  const testWith = async (seed: number): Promise<SpaceTest[]> => {
    const own = {
      columns: tested,
      spaces: planSpaces(
        spaces,
        repeats,
        (stream) => deriveSeed(seed, `clusters/${values.set}/${stream}`),
      ),
    };
    const plans = nullModels.map((model) => {
      // All sets, as nothing is left out where a test could stop.
      const plan = planNull(model, pool, {
        geneSet: values.set,
        sets: values.sets,
        spaces,
        repeats,
        master: values["same-sets"] ? 1 : seed,
      });
      // Other seeds for embeddings and k-means on the same genes.
      return {
        ...plan,
        sets: plan.sets.map(({ geneSeed, shared, task }, index) => ({
          geneSeed,
          shared,
          task: {
            columns: task.columns,
            spaces: planSpaces(
              spaces,
              repeats,
              (stream) =>
                deriveSeed(seed, `${model.name}/${index + 1}/${stream}`),
            ),
          },
        })),
      };
    });
    const tasks = [
      own,
      ...plans.flatMap(({ sets }) => sets.map(({ task }) => task)),
    ];
    const [scored, ...random] = await scoreGeneSets(
      setup,
      tasks,
      values.threads,
    );
    const nulls = plans.map((plan, index) => ({
      plan,
      scored: random.slice(index * values.sets, (index + 1) * values.sets),
    }));
    return testNulls(scored, nulls).map(({ test }) => test);
  };

  const all: SpaceTest[][] = [];
  const start = performance.now();
  for (let seed = 1; seed <= values.seeds; seed++) {
    const tests = await testWith(seed);
    all.push(tests);
    console.log(
      `seed ${seed}: ${tests.filter(isSignificant).length} of ` +
        `${tests.length} tests significant, ` +
        `${tests.filter(isUndecided).length} undecided`,
    );
  }
  const elapsed = (performance.now() - start) / 1000 / values.seeds;
  console.log(`\n${formatLuck(all)}\n${elapsed.toFixed(1)} s a seed`);
}

await runBench(() => measure(Deno.args));
