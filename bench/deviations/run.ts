/** A finished run, as far as the effects of the deviations need it. */

import {
  type ClusterChoices,
  prepareClustering,
} from "../../lib/clusters/clustering_inputs.ts";
import { type GeneSet, readShapSet } from "../../lib/clusters/gene_sets.ts";
import type { ClusterSetup } from "../../lib/clusters/score_gene_set.ts";
import { spaces } from "../../lib/clusters/spaces/spaces.ts";
import { type Dataset, readDataset } from "../../lib/prepare/dataset.ts";
import { readTable } from "../../lib/store/csv.ts";
import { runReader } from "../run_reader.ts";

/** What `ttest.json` says of one null in one space. */
export interface RecordedTest {
  readonly null: string;
  readonly space: string;
  readonly sets: number;
  /** K-means runs a set. */
  readonly repeats: number;
  readonly genes: number;
  readonly null_mean: number;
  readonly null_sd: number;
  readonly within_set_sd: number | null;
  readonly statistic: number;
  readonly p_t: number | null;
  readonly p_empirical: number;
}

/** A run's files, read. */
export interface FinishedRun {
  readonly folder: string;
  readonly dataset: Dataset;
  /** How the run's samples are clustered. */
  readonly setup: ClusterSetup;
  /** Rows of the dataset that `setup` holds. */
  readonly rows: readonly number[];
  readonly choices: ClusterChoices;
  readonly shap: GeneSet;
  readonly tests: readonly RecordedTest[];
}

/** What a run that is older than a parameter would have had. */
const DEFAULTS: ClusterChoices = {
  samples: "test",
  k: 0,
  "n-init": 100,
  "wide-n-init": 10,
  "max-iterations": 10_000,
  neighbors: 15,
  "min-dist": 0.1,
  spaces: spaces.map(({ name }) => name),
  components: 50,
};

/** Reads a table of a run. */
export async function readRunTable(
  folder: string,
  name: string,
): Promise<Record<string, string>[]> {
  return readTable(await Deno.readTextFile(`${folder}/${name}`));
}

/** Reads a JSON file of a run; `null` if the run has none. */
export async function readRunJson<Content>(
  folder: string,
  name: string,
): Promise<Content | null> {
  try {
    return JSON.parse(await Deno.readTextFile(`${folder}/${name}`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** The tests of a run; an older run has made one alone. */
export async function readTests(folder: string): Promise<RecordedTest[]> {
  const record = await readRunJson<
    RecordedTest & { tests?: RecordedTest[] }
  >(folder, "ttest/ttest.json");
  if (record === null) return [];
  return record.tests ?? [{ ...record, null: "uniform", space: "umap" }];
}

/**
 * Reads a run.
 *
 * @throws {InputError} If a file is missing or they do not fit together.
 */
export async function readRun(folder: string): Promise<FinishedRun> {
  const dataset = await readDataset(runReader(folder));
  const recorded = await readRunJson<{ parameters: Partial<ClusterChoices> }>(
    folder,
    "clusters/stage.json",
  );
  const choices = { ...DEFAULTS, ...recorded?.parameters };
  const { setup, rows } = prepareClustering(dataset, choices, () => {});
  const shapGenes = await Deno.readTextFile(`${folder}/shap/shap_genes.csv`);
  return {
    folder,
    dataset,
    setup,
    rows,
    choices,
    shap: readShapSet(shapGenes, dataset.genes),
    tests: await readTests(folder),
  };
}
