/** What the test rests on: the sets, their seeds and how they are clustered. */

import { prepareClustering } from "../clusters/clustering_inputs.ts";
import { type GeneSet, readShapSet } from "../clusters/gene_sets.ts";
import type { ClusterSetup, GeneSetTask } from "../clusters/score_gene_set.ts";
import { planSpaces } from "../clusters/space_tasks.ts";
import { chooseNamed } from "../clusters/spaces/spaces.ts";
import { readDataset } from "../prepare/dataset.ts";
import { InputError } from "../cli/errors.ts";
import type { Values } from "../cli/parameters.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { readTable } from "../store/csv.ts";
import { readClusterChoices } from "./clustering_choices.ts";
import { stratifyGenes } from "./gene_strata.ts";
import type { GenePool, NullModel } from "./null_models/null_model.ts";
import { nullModels } from "./null_models/null_models.ts";
import { type PlannedNull, planNull } from "./null_plan.ts";
import type { ttestParameters } from "./parameters.ts";

/** A run's stage `ttest`. */
export type TestContext = StageContext<Values<typeof ttestParameters>>;

/** All that is to be scored. */
export interface TestPlan {
  readonly shap: GeneSet;
  /** The spaces, by name; the published one first. */
  readonly spaces: readonly string[];
  /** What all gene sets share. */
  readonly setup: ClusterSetup;
  readonly shapTask: GeneSetTask;
  readonly plans: readonly PlannedNull[];
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

/** The kinds of random sets, but those that cannot be of the size asked for. */
function chooseNulls(
  names: readonly string[],
  size: number,
  shap: GeneSet,
  warn: (message: string) => void,
): NullModel[] {
  const kinds = chooseNamed("nulls", names, nullModels);
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

/**
 * Reads what the earlier stages made and draws the random sets.
 *
 * @throws {InputError} If there are not so many genes, or a stage has not run.
 */
export async function planTest(context: TestContext): Promise<TestPlan> {
  const { parameters, settings } = context;
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
    planNull(kind, pool, { sets: parameters.sets, spaces, repeats, master })
  );
  return { shap, spaces, setup, shapTask, plans };
}
