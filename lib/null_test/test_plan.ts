/** What is tested: the gene sets, their random sets, and all seeds. */

import { InputError, rerun } from "../cli/errors.ts";
import { chooseNamed } from "../cli/named_choices.ts";
import type { Values } from "../cli/parameters.ts";
import { quote } from "../cli/text.ts";
import { prepareClustering } from "../clusters/clustering_inputs.ts";
import { geneSetGenes, geneSets, scores } from "../clusters/outputs.ts";
import { repeatsOf } from "../clusters/space_tasks.ts";
import type { Space } from "../clusters/spaces/space.ts";
import type { SpaceList } from "../clusters/spaces/spaces.ts";
import { type GeneSet, locateGenes } from "../gene_sets/gene_set.ts";
import type { clusteringParameters } from "../clusters/parameters.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { readDataset } from "../prepare/dataset.ts";
import type { RowOf } from "../store/table.ts";
import { unfit } from "../store/unfit.ts";
import { matchGenes } from "./gene_matching.ts";
import type { NullModel } from "./null_models/null_model.ts";
import { planNull } from "./null_plan.ts";
import type { RunsInSpace } from "./null_tests.ts";
import type { ttestParameters } from "./parameters.ts";

export type TestContext = StageContext<
  Values<ReturnType<typeof ttestParameters>>
>;

/** What the stage can be extended by. */
export interface TtestParts {
  readonly spaces: SpaceList;
  readonly nullModels: readonly NullModel[];
}

/**
 * Reads what the earlier stages made and draws the random sets.
 *
 * @returns How the samples are clustered, and each gene set that is tested with
 * its scores and its random sets.
 * @throws {InputError} If a gene set is unknown, there are not so many genes,
 * or a stage has not run.
 */
export async function planTest(
  context: TestContext,
  { spaces, nullModels }: TtestParts,
) {
  const { parameters, settings, warn } = context;
  const dataset = await readDataset(context);
  const genes = dataset.genes.length;
  const choices = await context.parametersOf("clusters");
  const values = choices as unknown as Values<
    ReturnType<typeof clusteringParameters>
  >;
  const inputs = prepareClustering(
    dataset,
    values,
    () => {}, // The stage `clusters` has shown the warnings.
    spaces,
  );
  const strata = matchGenes(dataset);
  // A set and its random sets are scored alike, or they cannot be compared.
  const repeats = repeatsOf(values, inputs.rows.length);
  const tested = await readGeneSets(context, dataset.genes);
  const runs = await context.read(scores);
  return {
    inputs,
    sets: tested.map((set) => {
      const { name, columns } = set;
      const size = sizeOfSets(parameters.genes, set, genes, warn);
      const pool = { genes, size, tested: columns, strata };
      return {
        name,
        genes: columns.length,
        scored: inputs.spaces.map((space) => runsOf(name, space, runs)),
        nulls: chooseNulls(
          chooseNamed("null-models", parameters["null-models"], nullModels),
          size,
          set,
          warn,
        ).map((model) =>
          planNull(model, pool, {
            geneSet: name,
            sets: parameters.sets,
            firstLook: parameters["first-look"],
            spaces: inputs.spaces,
            repeats,
            master: settings.seed,
          })
        ),
      };
    }),
  };
}

/** The runs of a set in a space, as the stage `clusters` scored them. */
function runsOf(
  geneSet: string,
  { name: space }: Space,
  rows: readonly RowOf<typeof scores>[],
): RunsInSpace {
  const own = rows.filter((row) =>
    row.gene_set === geneSet && row.space === space
  );
  if (own.length === 0) {
    throw unfit(
      scores.file,
      `it must hold scores of ${quote(geneSet)} in the space ${quote(space)}`,
    );
  }
  return {
    space,
    repeats: own.map((row) => ({
      layout: row.layout,
      embeddingSeed: row.embedding_seed,
      repeat: row.repeat,
      kmeansSeed: row.kmeans_seed,
      vMeasure: row.v_measure,
      ami: row.ami,
      ari: row.ari,
    })),
  };
}

async function readGeneSets(
  { parameters, read }: TestContext,
  genes: readonly string[],
) {
  const listed = Map.groupBy(
    await read(geneSetGenes),
    ({ gene_set }) => gene_set,
  );
  const known = (await read(geneSets))
    .filter(({ gene_set }) => listed.has(gene_set))
    .map((row) => ({ name: row.gene_set }));
  return chooseNamed("gene-sets", parameters["gene-sets"], known)
    .map(({ name }) => {
      const ids = listed.get(name)!.map(({ gene }) => gene);
      return locateGenes(name, ids, genes);
    });
}

/** The size of the random sets, after a check that there are so many genes. */
function sizeOfSets(
  wanted: number,
  { name, columns: { length } }: GeneSet,
  genes: number,
  warn: (message: string) => void,
): number {
  const size = wanted || length;
  if (size > genes) {
    throw new InputError(
      `Cannot draw random gene sets: genes is ${size} and should be at most ${genes}, the genes of the matrix`,
      rerun("ttest", { genes: 0 }),
    );
  }
  if (size !== length) {
    warn(
      `The random sets hold ${size} genes and the gene set ${name} ${length}: they may differ because of their size`,
    );
  }
  if (length === genes) {
    warn(
      `The gene set ${name} holds all ${genes} genes: ${
        size === genes
          ? "every random set is the same set, and the test shows nothing"
          : "the test compares all genes with some"
      }`,
    );
  } else if (size === genes) {
    warn(
      `Every random set holds all ${genes} genes: they differ only by the seeds of UMAP and k-means`,
    );
  }
  return size;
}

/** The null models, without those whose sets cannot have that size. */
function chooseNulls(
  models: readonly NullModel[],
  size: number,
  { name, columns: { length } }: GeneSet,
  warn: (message: string) => void,
): NullModel[] {
  const fits = ({ sameSize }: NullModel) => !sameSize || size === length;
  const others = models.filter((model) => !fits(model));
  const names = others.map(({ name }) => name).join(", ");
  const why =
    `${names} sets hold as many genes as the gene set ${name}, ${length}, and genes is ${size}`;
  if (others.length === models.length) {
    throw new InputError(
      `Cannot draw random gene sets: ${why}`,
      rerun("ttest", { genes: 0 }),
    );
  }
  if (others.length > 0) warn(`No ${names} random sets are drawn: ${why}`);
  return models.filter(fits);
}
