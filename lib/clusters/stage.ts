/** The stage `clusters`: samples embedded, clustered and scored by gene sets. */

import { InputError } from "../cli/errors.ts";
import { chooseNamed } from "../cli/named_choices.ts";
import { withCommas } from "../cli/text.ts";
import type {
  GeneSetMethod,
  SelectedGeneSet,
} from "../gene_sets/gene_set_method.ts";
import { geneSetMethods, selectGeneSets } from "../gene_sets/methods.ts";
import { defineStage } from "../pipeline/stage.ts";
import { readDataset } from "../prepare/dataset.ts";
import { mean } from "../statistics/describe.ts";
import { mapCached } from "../store/cached_tasks.ts";
import {
  type ClusteringInputs,
  prepareClustering,
} from "./clustering_inputs.ts";
import {
  assignmentRows,
  bySpace,
  embeddingOf,
  embeddingRows,
  type FinishedSet,
  geneSetGeneRows,
  geneSetRows,
  scoreRows,
  vMeasuresOf,
} from "./finished_sets.ts";
import { scoreGeneSets } from "./gene_set_worker.ts";
import {
  assignments,
  embeddingFigure,
  embeddings,
  geneSetGenes,
  geneSets,
  outputs,
  scores,
  vMeasures,
} from "./outputs.ts";
import { clustersParameters } from "./parameters.ts";
import type { GeneSetTask, ScoredGeneSet } from "./score_gene_set.ts";
import { planSpaces } from "./space_tasks.ts";
import { type SpaceList, spaceList } from "./spaces/spaces.ts";

/** What the stage can be extended by. */
export interface ClustersParts {
  readonly methods: readonly GeneSetMethod[];
  readonly spaces: SpaceList;
}

/** Makes the stage `clusters` of gene-set methods and spaces. */
export function makeClustersStage({ methods, spaces }: ClustersParts) {
  return defineStage({
    module: import.meta.url,
    name: "clusters",
    summary:
      "embeds and clusters the samples by gene sets, scored by V-measure",
    needs: ["prepare", "shap"],
    parameters: clustersParameters(spaces.spaces),
    outputs,
    check: (values) => {
      chooseNamed("spaces", values.spaces, spaces.spaces);
    },
    async run(context) {
      const { parameters, settings } = context;
      const dataset = await readDataset(context);
      const sets = await selectGeneSets(methods, dataset, context);
      refuseSameFigures(sets, spaces);
      const inputs = prepareClustering(
        dataset,
        parameters,
        context.warn,
        spaces,
      );
      const { repeats } = parameters;
      const tasks = sets.map(({ name, columns }): GeneSetTask => ({
        columns,
        spaces: planSpaces(
          inputs.spaces,
          { lowDim: repeats, highDim: repeats },
          (stream) => context.seedOf(`${name}/${stream}`),
        ),
      }));
      const progress = context.progress("clustering", sets.length, "sets");
      const scored = await mapCached<GeneSetTask, ScoredGeneSet>(
        await context.checkpoints(),
        "set",
        tasks,
        (missing, onResult) =>
          scoreGeneSets(inputs.setup, missing, settings.threads, onResult),
        () => progress.advance(),
      ).finally(() => progress.close());
      const finished = sets.map((set, index): FinishedSet => ({
        set,
        task: tasks[index],
        scored: scored[index],
      }));
      const inSpaces = bySpace(inputs.spaces, finished);
      const samples = { dataset, rows: inputs.rows };
      await context.write(geneSets, geneSetRows(finished, inputs));
      await context.write(geneSetGenes, geneSetGeneRows(sets, dataset.genes));
      await context.write(scores, scoreRows(inSpaces));
      await context.write(embeddings, embeddingRows(inSpaces, samples));
      await context.write(assignments, assignmentRows(inSpaces, samples));
      await context.draw(vMeasures, vMeasuresOf(inSpaces));
      for (const each of inSpaces) {
        const data = embeddingOf(each, samples);
        if (data === null) continue;
        await context.draw(embeddingFigure(each.set.name, each.space), data);
      }
      return { verdict: describe(finished, inputs) };
    },
  });
}

/** The stage `clusters`. */
export const clustersStage = makeClustersStage({
  methods: geneSetMethods,
  spaces: spaceList,
});

/**
 * @throws {InputError} If two sets would have one figure, because of their
 * names.
 */
function refuseSameFigures(
  sets: readonly SelectedGeneSet[],
  { spaces }: SpaceList,
): void {
  const owners = new Map<string, string>();
  for (const { name } of sets) {
    for (const space of spaces) {
      if (space.plotTitle === null) continue;
      const { file } = embeddingFigure(name, space);
      // Some file systems ignore case.
      const other = owners.get(file.toLowerCase());
      if (other !== undefined) {
        throw new InputError(
          `Cannot use the gene set ${name}: its figure would be ${file}, as that of ${other}`,
          "Rename its file",
        );
      }
      owners.set(file.toLowerCase(), name);
    }
  }
}

/** The stage's result in words. */
function describe(
  finished: readonly FinishedSet[],
  { setup, rows }: ClusteringInputs,
): string {
  const meanOf = ({ scored: [first] }: FinishedSet) =>
    mean(first.repeats.map(({ vMeasure }) => vMeasure));
  const random = finished.filter(({ set }) => set.kind === "random");
  const parts = finished.flatMap((each) => {
    const { name, kind, title, columns } = each.set;
    const size = withCommas(columns.length);
    if (kind === "random") {
      return each === random[0]
        ? `${
          mean(random.map(meanOf)).toFixed(3)
        } on average for random sets of ${size}`
        : [];
    }
    const what = {
      method: `the ${size} ${title}`,
      all: `all ${size}`,
      file: name,
    }[kind];
    return `${meanOf(each).toFixed(3)} for ${what}`;
  });
  return `V-measure ${parts.join(", ")} ` +
    `(${rows.length} samples in ${setup.clusters} clusters)`;
}
