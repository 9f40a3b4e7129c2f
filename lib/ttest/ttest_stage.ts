/** The stage `ttest`: the SHAP set's V-measure against random gene sets. */

import { prepareClustering } from "../clusters/cluster_setup.ts";
import {
  drawGeneSet,
  type GeneSet,
  readShapSet,
} from "../clusters/gene_sets.ts";
import { scoreGeneSets } from "../clusters/gene_set_worker.ts";
import type { GeneSetTask, ScoredGeneSet } from "../clusters/score_gene_set.ts";
import { readDataset } from "../expression/dataset.ts";
import { drawNullDistribution } from "../figures/null_distribution.ts";
import { InputError } from "../run/errors.ts";
import { integer } from "../run/parameters.ts";
import { deriveSeed } from "../run/random.ts";
import { defineStage, type StageContext } from "../run/stage.ts";
import { readTable, type Row, writeTable } from "../run/table.ts";
import { mean, sampleSd } from "../statistics/describe.ts";
import { readClusterChoices } from "./cluster_choices.ts";
import { testAgainstNull } from "./null_distribution.ts";
import { sayVerdict } from "./verdict.ts";

const SPACE = "umap";

/** The parameters of the stage. */
export const ttestParameters = {
  sets: integer(100, { minimum: 2 }, "random gene sets in the null"),
  repeats: integer(
    10,
    { minimum: 1 },
    "k-means runs a gene set, whose mean V-measure counts",
  ),
  genes: integer(
    0,
    { minimum: 0 },
    "genes in each random set; 0 for as many as the SHAP set has",
  ),
};

function vMeasures(scored: ScoredGeneSet): number[] {
  return scored.repeats.map((repeat) => repeat.vMeasure);
}

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

/** The random sets with their tasks; every seed is that of a named stream. */
function planNull(
  sets: number,
  repeats: number,
  genes: number,
  size: number,
  master: number,
): { geneSeed: number; task: GeneSetTask }[] {
  return Array.from({ length: sets }, (_, at) => {
    const stream = `ttest/set/${at + 1}`;
    const geneSeed = deriveSeed(master, `${stream}/genes`);
    const { columns } = drawGeneSet(stream, genes, size, geneSeed);
    return {
      geneSeed,
      task: {
        space: SPACE,
        columns,
        embeddingSeed: deriveSeed(master, `${stream}/umap`),
        kmeansSeeds: Array.from(
          { length: repeats },
          (_, repeat) => deriveSeed(master, `${stream}/kmeans/${repeat + 1}`),
        ),
      },
    };
  });
}

/** `null.csv`: a row a repeat of a random set. */
function writeNull(
  plan: ReturnType<typeof planNull>,
  scored: readonly ScoredGeneSet[],
): string {
  return writeTable(
    [
      "set",
      "gene_seed",
      "embedding_seed",
      "repeat",
      "kmeans_seed",
      "homogeneity",
      "completeness",
      "v_measure",
    ],
    plan.flatMap(({ geneSeed, task }, at) =>
      scored[at].repeats.map((repeat, index): Row => ({
        set: at + 1,
        gene_seed: geneSeed,
        embedding_seed: task.embeddingSeed,
        repeat: index + 1,
        kmeans_seed: repeat.kmeansSeed,
        homogeneity: repeat.homogeneity,
        completeness: repeat.completeness,
        v_measure: repeat.vMeasure,
      }))
    ),
  );
}

/** The stage `ttest`. */
export const ttestStage = defineStage({
  name: "ttest",
  summary: "tests the SHAP set's V-measure against random gene sets",
  needs: ["prepare", "shap", "clusters"],
  parameters: ttestParameters,
  async run(context) {
    const { parameters: { sets, repeats, genes: wanted }, settings } = context;
    const read = async (name: string) =>
      await Deno.readTextFile(await context.artifact(name));
    const dataset = await readDataset(context);
    const genes = dataset.genes.length;
    const shap = readShapSet(await read("shap/shap_genes.csv"), dataset.genes);
    const choices = readClusterChoices(await read("clusters/stage.json"));
    const size = sizeOfSets(wanted, shap, genes, context.warn);
    // The stage `clusters` has said already what had to shrink.
    const { setup } = prepareClustering(dataset, choices, () => {});
    const shapTask: GeneSetTask = {
      space: SPACE,
      columns: shap.columns,
      embeddingSeed: await shapEmbeddingSeed(context),
      kmeansSeeds: Array.from(
        { length: repeats },
        (_, repeat) => context.seedOf(`shap/kmeans/${repeat + 1}`),
      ),
    };
    const plan = planNull(sets, repeats, genes, size, settings.seed);
    const progress = context.progress("null distribution", sets, "sets");
    const [shapScored, ...nullScored] = await scoreGeneSets(
      setup,
      [shapTask, ...plan.map(({ task }) => task)],
      settings.threads,
      (_, index) => {
        if (index > 0) progress.advance();
      },
    ).finally(() => progress.close());
    const nullMeans = nullScored.map((scored) => mean(vMeasures(scored)));
    const shapVMeasures = vMeasures(shapScored);
    const test = testAgainstNull(nullMeans, mean(shapVMeasures));
    if (test.t === null) {
      context.warn(
        `All ${sets} random sets have the same mean V-measure: there is no t-test`,
      );
    }
    const write = (name: string, text: string) =>
      Deno.writeTextFile(`${context.folder}/${name}`, text);
    await write("null.csv", writeNull(plan, nullScored));
    const record = {
      sets,
      repeats,
      genes: size,
      space: SPACE,
      null_mean: test.nullMean,
      null_sd: test.nullSd,
      statistic: test.statistic,
      t: test.t,
      df: test.df,
      p_t: test.pT,
      p_empirical: test.pEmpirical,
      log10_p_t: test.log10PT,
      as_high: test.asHigh,
      z: test.z,
      shap_genes: shap.columns.length,
      shap_embedding_seed: shapTask.embeddingSeed,
      shap_kmeans_seeds: shapTask.kmeansSeeds,
      shap_v_measures: shapVMeasures,
      // The spread of restarts alone: what a null of one set would rest on.
      within_set_sd: repeats < 2
        ? null
        : mean(nullScored.map((scored) => sampleSd(vMeasures(scored)))),
      samples: setup.classes.length,
      k: setup.clusters,
      neighbours: setup.neighbours,
    };
    await write("ttest.json", JSON.stringify(record, null, 2) + "\n");
    await write(
      "null.svg",
      drawNullDistribution({
        nullMeans,
        statistic: test.statistic,
        pEmpirical: test.pEmpirical,
        pT: test.pT,
        genes: size,
      }),
    );
    return { verdict: sayVerdict(test, shap.columns.length, size) };
  },
});
