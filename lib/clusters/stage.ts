/** The stage `clusters`: gene sets embedded, clustered and scored. */

import { type Dataset, readDataset } from "../prepare/dataset.ts";
import { withCommas } from "../cli/text.ts";
import { InputError } from "../cli/errors.ts";
import { mapCached } from "../store/cached_tasks.ts";
import { defineStage } from "../pipeline/stage.ts";
import { mean } from "../statistics/describe.ts";
import {
  prepareClustering,
  type PreparedClustering,
} from "./clustering_inputs.ts";
import { drawFigures } from "./draw_figures.ts";
import { clustersParameters } from "./parameters.ts";
import {
  type FinishedSet,
  writeAssignments,
  writeEmbeddings,
  writeScores,
  writeSets,
} from "./outputs.ts";
import { drawGeneSet, type GeneSet, readShapSet } from "./gene_sets.ts";
import { scoreGeneSets } from "./gene_set_worker.ts";
import type { GeneSetTask, ScoredGeneSet } from "./score_gene_set.ts";
import { planSpaces } from "./space_tasks.ts";
import { chooseNamed, spaces } from "./spaces/spaces.ts";
import { readUserGeneSets } from "./user_gene_sets.ts";

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

/** Mean V-measure of a set's repeats in the first space. */
function meanOf({ scored: [first] }: FinishedSet): number {
  return mean(first.repeats.map((repeat) => repeat.vMeasure));
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
  check: (values) => {
    chooseNamed("spaces", values.spaces, spaces);
  },
  async run(context) {
    const { parameters, settings } = context;
    const names = chooseNamed("spaces", parameters.spaces, spaces)
      .map(({ name }) => name);
    const dataset = await readDataset(context);
    const sets = await gatherSets(context, dataset);
    const prepared = prepareClustering(dataset, parameters, context.warn);
    const { repeats } = parameters;
    const tasks = sets.map(({ name, columns }): GeneSetTask => ({
      columns,
      spaces: planSpaces(
        names,
        { narrow: repeats, wide: repeats },
        (stream) => context.seedOf(`${name}/${stream}`),
      ),
    }));
    const progress = context.progress("clustering", sets.length, "sets");
    const scored = await mapCached<GeneSetTask, ScoredGeneSet>(
      await context.checkpoints(),
      "set",
      tasks,
      (missing, onResult) =>
        scoreGeneSets(prepared.setup, missing, settings.threads, onResult),
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
    for (const { file, svg } of drawFigures(finished, dataset, prepared)) {
      await write(file, svg);
    }
    return { verdict: describe(finished, prepared) };
  },
});
