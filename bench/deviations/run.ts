/** A finished run, as the effects of the deviations need it. */

import {
  type ClusterChoices,
  prepareClustering,
} from "../../lib/clusters/clustering_inputs.ts";
import type { ClusterSetup } from "../../lib/clusters/score_gene_set.ts";
import type { GeneSet } from "../../lib/gene_sets/gene_set.ts";
import { shapMethod, shapSet } from "../../lib/gene_sets/shap.ts";
import { type SpaceTest, testResults } from "../../lib/null_test/outputs.ts";
import { type Dataset, readDataset } from "../../lib/prepare/dataset.ts";
import { shapGenes } from "../../lib/shap/outputs.ts";
import { exists } from "../../lib/store/files.ts";
import { RECORD_FILE } from "../../lib/store/record.ts";
import { runReader } from "../run_reader.ts";

/** The contents of a run. */
export interface FinishedRun {
  readonly folder: string;
  readonly dataset: Dataset;
  /** How the run's samples are clustered. */
  readonly setup: ClusterSetup;
  /** Rows of the dataset that `setup` holds. */
  readonly rows: readonly number[];
  readonly choices: ClusterChoices;
  readonly shap: GeneSet;
  /** The tests of the SHAP set. */
  readonly tests: readonly SpaceTest[];
}

/** The recorded parameters of a stage; empty if the run has not done it. */
export async function readParameters(
  folder: string,
  stage: string,
): Promise<Readonly<Record<string, unknown>>> {
  const path = `${folder}/${stage}/${RECORD_FILE}`;
  return await exists(path)
    ? JSON.parse(await Deno.readTextFile(path)).parameters
    : {};
}

/** The tests of the SHAP set by V-measure; empty if the run has none. */
export async function readTests(folder: string): Promise<SpaceTest[]> {
  const reader = runReader(folder);
  if (!await reader.has(testResults)) return [];
  const { other_measures: tests } = await reader.read(testResults);
  return tests.filter(({ gene_set, measure }) =>
    gene_set === shapMethod.name && measure === "v_measure"
  );
}

/**
 * Reads a run.
 *
 * @throws {InputError} If a file is missing or they do not fit together.
 */
export async function readRun(folder: string): Promise<FinishedRun> {
  const reader = runReader(folder);
  const dataset = await readDataset(reader);
  const choices = await readParameters(folder, "clusters") as ClusterChoices;
  const { setup, rows } = prepareClustering(dataset, choices, () => {});
  return {
    folder,
    dataset,
    setup,
    rows,
    choices,
    shap: shapSet(await reader.read(shapGenes), dataset.genes),
    tests: await readTests(folder),
  };
}
