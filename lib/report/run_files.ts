/** What a run's folder holds, in one typed object. */

import { basename, resolve } from "node:path";
import { findStale, readRecord, type StageRecord } from "../store/record.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { readTable } from "../store/csv.ts";
import type {
  ChecksSummary,
  NetworkMetrics,
  Rows,
  SampleRow,
  ShapSummary,
  TestResult,
  TrainingFacts,
} from "./stage_files.ts";

/** A stage that was made from an earlier state of other stages. */
export interface OutdatedStage {
  readonly stage: string;
  /** The stages that have changed since. */
  readonly behind: readonly string[];
}

/** The run, as far as it has been made. */
export interface RunFiles {
  /** The run's folder as a user would type it. */
  readonly folder: string;
  /** The records of the stages that have run, in the data flow's order. */
  readonly records: readonly StageRecord[];
  readonly outdated: readonly OutdatedStage[];
  /** Whether the matrix of this run is the simulated one. */
  readonly simulated: boolean;
  /** Paths of the figures that are there, such as `cnn/tissue_f1.svg`. */
  readonly figures: ReadonlySet<string>;
  readonly samples: readonly SampleRow[];
  /** Genes in the matrix. */
  readonly geneCount: number;
  /** Genes that are zero in every sample. */
  readonly silentGenes: number;
  /** Decoy genes hidden among the genes. */
  readonly decoyCount: number;
  /** `prepare/folds.csv`, if the samples were parted into folds. */
  readonly folds?: Rows;
  /** `simulate/truth.csv`, if the matrix is the simulated one. */
  readonly truth?: Rows;
  readonly network?: {
    readonly metrics: NetworkMetrics | TrainingFacts;
  };
  readonly shap?: {
    readonly summary: ShapSummary;
    /** Gene ids by tissue, best first. */
    readonly ranks: ReadonlyMap<string, readonly string[]>;
    readonly genes: Rows;
    /** `shap/cut_curve.csv`: what a cut at each rank would give. */
    readonly curve?: Rows;
    /** `shap/stability.csv`: a row a tissue and pair. */
    readonly stability?: Rows;
  };
  readonly clusters?: { readonly scores: Rows; readonly sets: Rows };
  readonly ttest?: { readonly result: TestResult; readonly null: Rows };
  readonly checks?: ChecksSummary;
}

/** The part of a stage's context that reading a run needs. */
export type RunReader = Pick<
  StageContext,
  "artifact" | "hasArtifact" | "runFolder"
>;

/**
 * Reads a run's folder. Only `prepare` must be there.
 *
 * @param context Finds the stages' files.
 * @param stageNames The stages to tell of, in the order of the data flow.
 * @throws {InputError} If `prepare` has not run or a file was altered.
 */
export async function readRun(
  context: RunReader,
  stageNames: readonly string[],
): Promise<RunFiles> {
  const readText = async (name: string) =>
    await Deno.readTextFile(await context.artifact(name));
  const rows = async (name: string) => readTable(await readText(name));
  const json = async (name: string) => JSON.parse(await readText(name));
  const has = (name: string) => context.hasArtifact(name);
  const optionalRows = async (name: string) =>
    await has(name) ? await rows(name) : undefined;

  const samples = await rows("prepare/samples.csv");
  const genes = await rows("prepare/genes.csv");
  const records = await readRecords(context, stageNames);
  const prepared = records.find(({ stage }) => stage === "prepare");
  const simulated = Object.keys(prepared?.inputs ?? {})
    .some((path) => path.startsWith("simulate/"));

  return {
    folder: typedFolder(context.runFolder),
    records,
    outdated: await findOutdated(context.runFolder, stageNames),
    simulated,
    figures: await findFigures(context, records),
    samples: samples.map(({ tissue, group, split, fold = "" }) => ({
      tissue,
      group,
      split,
      fold,
    })),
    geneCount: genes.length,
    silentGenes:
      genes.filter(({ zeros }) => Number(zeros) === samples.length).length,
    decoyCount: (await optionalRows("prepare/decoys.csv") ?? []).length,
    folds: await optionalRows("prepare/folds.csv"),
    ...(simulated && await has("simulate/truth.csv") &&
      { truth: await rows("simulate/truth.csv") }),
    ...(await has("cnn/metrics.json") && {
      network: { metrics: await json("cnn/metrics.json") },
    }),
    ...(await has("shap/summary.json") && {
      shap: {
        summary: await json("shap/summary.json"),
        ranks: byTissue(await rows("shap/ranks.csv")),
        genes: await rows("shap/shap_genes.csv"),
        curve: await optionalRows("shap/cut_curve.csv"),
        stability: await optionalRows("shap/stability.csv"),
      },
    }),
    ...(await has("clusters/scores.csv") && {
      clusters: {
        scores: await rows("clusters/scores.csv"),
        sets: await optionalRows("clusters/sets.csv") ?? [],
      },
    }),
    ...(await has("ttest/ttest.json") && {
      ttest: {
        result: await json("ttest/ttest.json"),
        null: await rows("ttest/null.csv"),
      },
    }),
    ...(await has("checks/checks.json") && {
      checks: await json("checks/checks.json"),
    }),
  };
}

/** The records of the stages that have run. */
async function readRecords(
  context: RunReader,
  stageNames: readonly string[],
): Promise<StageRecord[]> {
  const records: StageRecord[] = [];
  for (const name of stageNames) {
    // As an input of the report, so that a new record makes it out of date.
    if (!await context.hasArtifact(`${name}/stage.json`)) continue;
    await context.artifact(`${name}/stage.json`);
    const record = await readRecord(context.runFolder, name);
    if (record !== undefined) records.push(record);
  }
  return records;
}

/** The stages that are out of date, each with all that has changed. */
async function findOutdated(
  runFolder: string,
  stageNames: readonly string[],
): Promise<OutdatedStage[]> {
  const behind = new Map<string, string[]>();
  for (const { stage, olderThan } of await findStale(runFolder, stageNames)) {
    behind.set(stage, [...(behind.get(stage) ?? []), olderThan]);
  }
  return [...behind].map(([stage, behind]) => ({ stage, behind }));
}

/** The figures that the stages wrote and that are still there. */
async function findFigures(
  context: RunReader,
  records: readonly StageRecord[],
): Promise<Set<string>> {
  const figures = new Set<string>();
  for (const { stage, outputs } of records) {
    for (const file of Object.keys(outputs).sort()) {
      const path = `${stage}/${file}`;
      if (!file.endsWith(".svg") || !await context.hasArtifact(path)) continue;
      figures.add(path);
    }
  }
  return figures;
}

/** Turns `rank,leaf,root,…` round: the genes of each tissue, best first. */
function byTissue(ranks: Rows): Map<string, string[]> {
  const tissues = Object.keys(ranks[0] ?? {}).filter((name) => name !== "rank");
  return new Map(
    tissues.map((tissue) => [
      tissue,
      ranks.map((row) => row[tissue]).filter((gene) => gene !== ""),
    ]),
  );
}

/**
 * The run's folder as the commands name it. Nothing of where it lies on this
 * machine: the report's bytes must not depend on that.
 */
function typedFolder(folder: string): string {
  return `reports/${basename(resolve(folder))}`;
}
