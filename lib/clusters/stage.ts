/** The stage `clusters`: samples embedded, clustered and scored by gene sets. */

import { InputError } from "../cli/errors.ts";
import { withCommas } from "../cli/text.ts";
import type {
  GeneSetMethod,
  SelectedGeneSet,
} from "../gene_sets/gene_set_method.ts";
import { geneSetMethods, selectGeneSets } from "../gene_sets/methods.ts";
import { defineStage } from "../pipeline/stage.ts";
import { readDataset } from "../prepare/dataset.ts";
import { mean } from "../statistics/describe.ts";
import {
  type ClusteringInputs,
  prepareClustering,
} from "./clustering_inputs.ts";
import { declareClusters } from "./declaration.ts";
import { fewProfiles } from "./few_profiles.ts";
import { scoreWithProgress } from "./gene_set_worker.ts";
import { embeddingFigure } from "./outputs.ts";
import { planSpaces, repeatsOf } from "./space_tasks.ts";
import { type SpaceList, spaceList } from "./spaces/spaces.ts";
import { type FinishedSet, writeResults } from "./rows.ts";

/** Gene sets that a warning names. */
const NAMED_SETS = 3;

export function makeClustersStage({ methods, spaces }: {
  readonly methods: readonly GeneSetMethod[];
  readonly spaces: SpaceList;
}) {
  return defineStage({
    ...declareClusters(spaces),
    async run(context) {
      const { parameters } = context;
      const dataset = await readDataset(context);
      const sets = await selectGeneSets(methods, dataset, context);
      refuseSameFigures(sets, spaces);
      const { warn } = context;
      const inputs = prepareClustering(dataset, parameters, warn, spaces);
      const repeats = repeatsOf(parameters, inputs.rows.length);
      const tasks = sets.map(({ name, columns }) => ({
        columns,
        spaces: planSpaces(
          inputs.spaces,
          repeats,
          (stream) => context.seedOf(`${name}/${stream}`),
        ),
      }));
      const scored = await scoreWithProgress(
        context,
        "clustering",
        inputs.setup,
        tasks,
      );
      const finished = sets.map((set, index) => ({
        set,
        scored: scored[index],
      }));
      warnOfProfiles(finished, inputs, warn);
      await writeResults(context, dataset, inputs, finished);
      return { verdict: describe(finished, inputs) };
    },
  });
}

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
  const plotted = spaces.filter(({ plotTitle }) => plotTitle !== null);
  const figures = sets.flatMap(({ name }) =>
    plotted.map((space) => ({ name, file: embeddingFigure(name, space).file }))
  );
  // Some file systems ignore case.
  const byFile = Map.groupBy(figures, ({ file }) => file.toLowerCase());
  for (const [first, second] of byFile.values()) {
    if (second === undefined) continue;
    throw new InputError(
      `Cannot use the gene set ${second.name}: its figure would be ${second.file}, as that of ${first.name}`,
      "Rename its file",
    );
  }
}

/** Warns of gene sets by which no more samples differ than there are clusters. */
function warnOfProfiles(
  finished: readonly FinishedSet[],
  { setup, rows }: ClusteringInputs,
  warn: (message: string) => void,
): void {
  // One warning for all sets that have the same number.
  const alike = Map.groupBy(
    finished,
    ({ scored }) =>
      fewProfiles({
        k: setup.clusters,
        samples: rows.length,
        profiles: scored[0].profiles,
      }),
  );
  for (const [clause, sets] of alike) {
    if (clause === "") continue;
    const names = sets.map(({ set }) => set.name);
    const more = names.length - NAMED_SETS;
    warn(
      `Gene sets ${names.slice(0, NAMED_SETS).join(", ")}${
        more > 0 ? ` and ${more} more` : ""
      }: ${clause}`,
    );
  }
}

/** The stage's result in words. */
function describe(
  finished: readonly FinishedSet[],
  { setup, rows }: ClusteringInputs,
): string {
  const meanOf = ({ scored: [first] }: FinishedSet) =>
    mean(first.repeats.map(({ ami }) => ami));
  const random = finished.filter(({ set }) => set.kind === "random");
  const parts = finished.flatMap((each) => {
    const { name, kind, title, columns } = each.set;
    const size = withCommas(columns.length);
    const what = {
      method: `for the ${size} ${title}`,
      all: `for all ${size}`,
      random: `on average for random sets of ${size}`,
      file: `for ${name}`,
    }[kind];
    if (kind === "random" && each !== random[0]) return [];
    const own = kind === "random" ? random : [each];
    return `${mean(own.map(meanOf)).toFixed(3)} ${what}`;
  });
  return `AMI ${parts.join(", ")} ` +
    `(${rows.length} samples in ${setup.clusters} clusters)`;
}
