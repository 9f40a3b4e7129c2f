/** The stage `clusters`: gene sets embedded, clustered and scored. */

import { type Dataset, readDataset } from "../expression/dataset.ts";
import { drawEmbedding } from "../figures/embedding.ts";
import { drawVMeasures } from "../figures/v_measures.ts";
import { countOf, withCommas } from "../run/counts.ts";
import { InputError } from "../run/errors.ts";
import { choice, integer, list, number } from "../run/parameters.ts";
import { defineStage, type StageContext } from "../run/stage.ts";
import { mean } from "../statistics/describe.ts";
import { prepareClustering, type PreparedClustering } from "./cluster_setup.ts";
import {
  type FinishedSet,
  writeAssignments,
  writeEmbeddings,
  writeScores,
  writeSets,
} from "./clusters_tables.ts";
import { drawGeneSet, type GeneSet, readShapSet } from "./gene_sets.ts";
import { scoreGeneSets } from "./gene_set_worker.ts";
import type { GeneSetTask } from "./score_gene_set.ts";
import { readUserGeneSets } from "./user_gene_sets.ts";

/** The space that the study's figures and test rest on. */
const SPACE = "umap";

/** The parameters of the stage. */
export const clustersParameters = {
  samples: choice(
    "test",
    ["test", "all"],
    "samples to cluster; the network was trained on those that are not test",
  ),
  sets: list(
    "FILE",
    "gene sets of your own: one gene a line, or a CSV with a column gene",
  ),
  "random-sets": integer(
    5,
    { minimum: 0 },
    "random gene sets to show beside the SHAP set",
  ),
  "random-genes": integer(
    0,
    { minimum: 0 },
    "genes in a random set; 0 for as many as the SHAP set has",
  ),
  k: integer(0, { minimum: 0 }, "clusters; 0 for the number of tissues"),
  "n-init": integer(
    100,
    { minimum: 1 },
    "random starts of each k-means, of which the best counts",
  ),
  "max-iterations": integer(
    10_000,
    { minimum: 1 },
    "iterations after which a start of k-means ends",
  ),
  repeats: integer(
    5,
    { minimum: 1 },
    "k-means runs a gene set, each with a seed of its own",
  ),
  neighbours: integer(
    15,
    { minimum: 2 },
    "neighbours a sample in UMAP, itself among them",
  ),
  "min-dist": number(
    0.1,
    { minimum: 0, maximum: 1 },
    "how near two points may come in UMAP",
  ),
};

type Context = Parameters<typeof clustersStage.run>[0];

/** The gene sets in their order: SHAP, all, random, the user's. */
async function gatherSets(
  context: Context,
  dataset: Dataset,
): Promise<GeneSet[]> {
  const { parameters } = context;
  const { genes } = dataset;
  const table = await context.artifact("shap/shap_genes.csv");
  const shap = readShapSet(await Deno.readTextFile(table), genes);
  const size = parameters["random-genes"] || shap.columns.length;
  if (size > genes.length) {
    throw new InputError(
      `Cannot draw random gene sets: random-genes is ${size} and should be at most ${genes.length}, the genes of the matrix`,
      `deno task clusters --random-genes ${shap.columns.length}`,
    );
  }
  if (size === genes.length && parameters["random-sets"] > 0) {
    context.warn(
      `A random set holds all ${size} genes: it cannot differ from any other`,
    );
  }
  const all: GeneSet = {
    name: "all",
    columns: Uint32Array.from(genes, (_, column) => column),
    unknown: [],
    geneSeed: null,
  };
  const random = Array.from({ length: parameters["random-sets"] }, (_, at) => {
    const name = `random_${at + 1}`;
    const seed = context.seedOf(`${name}/genes`);
    return drawGeneSet(name, genes.length, size, seed);
  });
  const own = await readUserGeneSets(parameters.sets, genes, context.warn);
  for (const path of parameters.sets) await context.userInput(path);
  return [shap, all, ...random, ...own];
}

/** Mean V-measure of a set's repeats. */
function meanOf({ scored }: FinishedSet): number {
  return mean(scored.repeats.map((repeat) => repeat.vMeasure));
}

async function writeFigures(
  context: StageContext,
  finished: readonly FinishedSet[],
  dataset: Dataset,
  { rows }: PreparedClustering,
): Promise<void> {
  for (const { set, scored: { embedding } } of finished) {
    const figure = drawEmbedding({
      title: `UMAP of ${countOf(rows.length, "sample")} on ` +
        `${countOf(set.columns.length, "gene")} (${set.name})`,
      points: rows.map((row, place) => ({
        sampleId: dataset.sampleIds[row],
        tissue: dataset.tissues[row],
        x: embedding.points[place * embedding.dimensions],
        y: embedding.points[place * embedding.dimensions + 1],
      })),
    });
    await Deno.writeTextFile(
      `${context.folder}/embedding_${set.name}.svg`,
      figure,
    );
  }
  const figure = drawVMeasures({
    rows: finished.flatMap(({ set, scored }) =>
      scored.repeats.map(({ vMeasure }) => ({
        geneSet: set.name,
        genes: set.columns.length,
        vMeasure,
      }))
    ),
  });
  await Deno.writeTextFile(`${context.folder}/v_measures.svg`, figure);
}

/** The stage's result in words. */
function describe(
  finished: readonly FinishedSet[],
  { setup, rows }: PreparedClustering,
): string {
  const [shap, all] = finished;
  const say = (value: number) => value.toFixed(3);
  const random = finished.filter(({ set }) => set.geneSeed !== null);
  const parts = [
    `${say(meanOf(shap))} for the ${
      withCommas(shap.set.columns.length)
    } SHAP genes`,
    `${say(meanOf(all))} for all ${withCommas(all.set.columns.length)}`,
  ];
  if (random.length > 0) {
    parts.push(
      `${say(mean(random.map(meanOf)))} on average for ` +
        `random sets of ${withCommas(random[0].set.columns.length)}`,
    );
  }
  for (const own of finished.slice(2 + random.length)) {
    parts.push(`${say(meanOf(own))} for ${own.set.name}`);
  }
  return `V-measure ${parts.join(", ")} ` +
    `(${rows.length} samples in ${setup.clusters} clusters)`;
}

/** The stage `clusters`. */
export const clustersStage = defineStage({
  name: "clusters",
  summary: "embeds and clusters the samples by gene sets, scored by V-measure",
  needs: ["prepare", "shap"],
  parameters: clustersParameters,
  async run(context) {
    const { parameters, settings } = context;
    const dataset = await readDataset(context);
    const sets = await gatherSets(context, dataset);
    const prepared = prepareClustering(dataset, parameters, context.warn);
    const tasks = sets.map(({ name, columns }): GeneSetTask => ({
      space: SPACE,
      columns,
      embeddingSeed: context.seedOf(`${name}/umap`),
      kmeansSeeds: Array.from(
        { length: parameters.repeats },
        (_, repeat) => context.seedOf(`${name}/kmeans/${repeat + 1}`),
      ),
    }));
    const progress = context.progress("clustering", sets.length, "sets");
    const scored = await scoreGeneSets(
      prepared.setup,
      tasks,
      settings.threads,
      () => progress.advance(),
    ).finally(() => progress.close());
    const finished = sets.map((set, index): FinishedSet => ({
      set,
      task: tasks[index],
      scored: scored[index],
    }));
    const write = (name: string, text: string) =>
      Deno.writeTextFile(`${context.folder}/${name}`, text);
    await write("scores.csv", writeScores(finished));
    await write("embeddings.csv", writeEmbeddings(finished, dataset, prepared));
    await write(
      "assignments.csv",
      writeAssignments(finished, dataset, prepared),
    );
    await write("sets.csv", writeSets(finished, prepared));
    await writeFigures(context, finished, dataset, prepared);
    return { verdict: describe(finished, prepared) };
  },
});
