/** The stage `ttest`: the SHAP set's V-measure against random gene sets. */

import { prepareClustering } from "../clusters/cluster_setup.ts";
import { type GeneSet, readShapSet } from "../clusters/gene_sets.ts";
import { scoreGeneSets } from "../clusters/gene_set_worker.ts";
import type { GeneSetTask } from "../clusters/score_gene_set.ts";
import { planSpaces } from "../clusters/space_tasks.ts";
import { chooseNamed, findSpace } from "../clusters/spaces.ts";
import { readDataset } from "../expression/dataset.ts";
import { drawNullDistribution } from "../figures/null_distribution.ts";
import { drawNulls } from "../figures/nulls.ts";
import { InputError } from "../run/errors.ts";
import { defineStage, type StageContext } from "../run/stage.ts";
import { readTable } from "../run/table.ts";
import { readClusterChoices } from "./cluster_choices.ts";
import { stratifyGenes } from "./gene_strata.ts";
import type { GenePool, NullKind } from "./null_kind.ts";
import { nullKinds } from "./null_kinds.ts";
import { planNull } from "./null_plan.ts";
import { type SpaceTest, testNulls, vMeasuresOf } from "./null_tests.ts";
import { ttestParameters } from "./ttest_parameters.ts";
import { recordTest, writeNull, writeNulls } from "./ttest_tables.ts";
import { sayTests, sayVerdict } from "./verdict.ts";

/** A share of common genes above which the user is told of it. */
const MUCH_OVERLAP = 0.5;

/** The seed that the stage `clusters` embedded the SHAP set with. */
async function shapEmbeddingSeed(context: StageContext): Promise<number> {
  const path = await context.artifact("clusters/sets.csv");
  const row = readTable(await Deno.readTextFile(path))
    .find((row) => row.gene_set === "shap");
  if (row === undefined) {
    throw new InputError(
      `Cannot test the SHAP set: ${path} has no row for it`,
      "deno task clusters --force",
    );
  }
  return Number(row.umap_seed);
}

/** The size of the random sets, after a check that there are so many genes. */
function sizeOfSets(
  wanted: number,
  shap: GeneSet,
  genes: number,
  warn: (message: string) => void,
): number {
  const size = wanted || shap.columns.length;
  if (size > genes) {
    throw new InputError(
      `Cannot draw random gene sets: genes is ${size} and should be at most ${genes}, the genes of the matrix`,
      "deno task ttest --genes 0",
    );
  }
  if (size !== shap.columns.length) {
    warn(
      `The random sets hold ${size} genes and the SHAP set ${shap.columns.length}: what sets them apart may be their size`,
    );
  }
  if (shap.columns.length === genes) {
    warn(
      `The SHAP set holds all ${genes} genes: ${
        size === genes
          ? "every random set is the same set, and the test tells nothing"
          : "the test compares all genes with some"
      }`,
    );
  } else if (size === genes) {
    warn(
      `Every random set holds all ${genes} genes: they differ by the seeds of UMAP and k-means alone`,
    );
  }
  return size;
}

/** The kinds of random sets, but those that cannot be of the size asked for. */
function chooseNulls(
  names: readonly string[],
  size: number,
  shap: GeneSet,
  warn: (message: string) => void,
): NullKind[] {
  const kinds = chooseNamed("nulls", names, nullKinds);
  if (size === shap.columns.length) return kinds;
  const fitting = kinds.filter(({ sameSize }) => !sameSize);
  if (fitting.length === 0) {
    throw new InputError(
      `Cannot draw random gene sets: ${
        names.join(", ")
      } sets hold as many genes as the SHAP set, ${shap.columns.length}, and genes is ${size}`,
      "deno task ttest --genes 0",
    );
  }
  for (const { name, sameSize } of kinds) {
    if (!sameSize) continue;
    warn(
      `There are no ${name} random sets: they would hold as many genes as the SHAP set, ${shap.columns.length}, and genes is ${size}`,
    );
  }
  return fitting;
}

/** Each gene's stratum, by what `prepare` told of it. */
async function readStrata(context: StageContext): Promise<Int32Array> {
  const path = await context.artifact("prepare/genes.csv");
  const rows = readTable(await Deno.readTextFile(path));
  return stratifyGenes(
    rows.map((row) => Number(row.mean)),
    rows.map((row) => Number(row.sd)),
  );
}

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
    if (kind === nullKinds[0].name || meanOverlap <= MUCH_OVERLAP) continue;
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
  check: (values) => {
    chooseNamed("nulls", values.nulls, nullKinds);
  },
  async run(context) {
    const { parameters, settings } = context;
    const { sets } = parameters;
    const read = async (name: string) =>
      await Deno.readTextFile(await context.artifact(name));
    const dataset = await readDataset(context);
    const genes = dataset.genes.length;
    const shap = readShapSet(await read("shap/shap_genes.csv"), dataset.genes);
    const choices = readClusterChoices(await read("clusters/stage.json"));
    const size = sizeOfSets(parameters.genes, shap, genes, context.warn);
    const kinds = chooseNulls(parameters.nulls, size, shap, context.warn);
    // The stage `clusters` has said already what had to shrink.
    const { setup } = prepareClustering(dataset, choices, () => {});
    const { spaces } = choices;
    const repeats = {
      narrow: parameters.repeats,
      wide: parameters["wide-repeats"],
    };
    const umapSeed = spaces.includes("umap")
      ? await shapEmbeddingSeed(context)
      : null;
    const shapTask: GeneSetTask = {
      columns: shap.columns,
      spaces: planSpaces(
        spaces,
        repeats,
        (stream) => context.seedOf(`shap/${stream}`),
      ).map((task) => ({
        ...task,
        // The very picture that the stage `clusters` drew.
        embeddingSeed: task.space === "umap" ? umapSeed : task.embeddingSeed,
      })),
    };
    const pool: GenePool = {
      genes,
      size,
      tested: shap.columns,
      strata: await readStrata(context),
    };
    const master = settings.seed;
    const plans = kinds.map((kind) =>
      planNull(kind, pool, { sets, spaces, repeats, master })
    );
    const tasks = plans.flatMap((plan) => plan.sets.map(({ task }) => task));
    const progress = context.progress(
      "null distribution",
      tasks.length,
      "sets",
    );
    const [shapScored, ...scored] = await scoreGeneSets(
      setup,
      [shapTask, ...tasks],
      settings.threads,
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
      neighbours: setup.neighbours,
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
          null: nullKinds.find(({ name }) => name === each.null)!.title,
          space: findSpace(each.space).title,
          nullMeans: each.nullMeans,
          statistic: each.test.statistic,
          pEmpirical: each.test.pEmpirical,
          pT: each.test.pT,
        })),
      }),
    );
    const verdict = sayVerdict(main.test, shap.columns.length, main.genes);
    return { verdict: `${verdict}${sayTests(tests)}` };
  },
});
