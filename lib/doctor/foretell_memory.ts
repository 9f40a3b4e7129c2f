/** How much memory each stage will hold at its peak. */

import { inferenceBatch } from "../cnn/batch_limits.ts";
import { explanationBytes, trainingHeapBytes } from "../cnn/memory_estimate.ts";
import { rivalWorkerBytes, rivalWorkers } from "../cnn/rival_workers.ts";
import { trainingWorkerBytes } from "../cnn/training_workers.ts";
import { blockCount, drawRounds } from "../shap/draw_rounds.ts";
import {
  clusteredSamples,
  explainedSamples,
  type RunPlan,
  trainingSamples,
} from "./plan.ts";
import { enrichmentBytes } from "./foretell_enrichment.ts";
import { networkBytes } from "./sizes.ts";

/** What was measured of this process. */
export interface ProcessMemory {
  /** Bytes with the program loaded and nothing read. */
  readonly base: number;
  /** Bytes at the peak of reading and preparing the input. */
  readonly input: number;
  /** Bytes of the backend's largest tensor. */
  readonly maxBufferBytes: number;
}

/** Bytes of a worker that has loaded its code, and of one with the backend. */
const WORKER = 40e6;
const EXPLAIN_WORKER = 75e6;
/** Bytes of the backend's own module, and of tables and garbage. */
const BACKEND = 90e6;
const TABLES = 60e6;
/** Matrices of samples x genes that the rankings of `shap` take at a time. */
const SCORE_COPIES = 3;
/** Bytes of a float. */
const FLOAT = 4;

/**
 * Bytes at the peak of each stage. All stages run in one process, and what the
 * backend has taken for the training stays with it.
 */
export function foretellMemory(
  plan: RunPlan,
  { base, input, maxBufferBytes }: ProcessMemory,
): Readonly<Record<string, number>> {
  const { architecture, samples, genes, members, folds, batch } = plan;
  const { settings: { threads }, values } = plan;
  const columns = architecture.genes;
  const program = base + TABLES;
  const data = FLOAT * samples * (genes + columns);
  const train = FLOAT * columns * Math.max(...folds.map(({ train }) => train));
  const weights = networkBytes(plan);
  const largest = BACKEND + trainingHeapBytes(architecture, batch + 1);
  // Workers give back what they have taken, and leave this process's backend
  // empty; the checks train one network in it.
  const { trainedAtATime } = plan;
  const heap = trainedAtATime > 1 ? BACKEND : largest;
  const training = trainedAtATime > 1
    ? FLOAT * samples * columns + trainedAtATime *
        trainingWorkerBytes({
          architecture,
          batch,
          samples: trainingSamples(plan),
        })
    : train + 2 * weights;
  const rivalSize = { samples, genes, threads, folds: folds.length };
  const rivals = FLOAT * samples * genes +
    rivalWorkers(rivalSize) * rivalWorkerBytes(rivalSize);
  const explained = explainedSamples(plan);

  const workers = Math.min(threads, explained);
  const most = Math.max(1, inferenceBatch({ maxBufferBytes }, architecture));
  const blocks = blockCount(
    drawRounds(values.shap.draws, values.shap["max-draws"])[0],
  );
  const explaining = (sets: number) =>
    train + weights + workers *
      (EXPLAIN_WORKER + 2 * weights + most * explanationBytes(architecture) +
        3 * 8 * sets * columns);
  const scores = FLOAT * explained * columns *
      (blocks + (members > 1 ? members : 0)) +
    SCORE_COPIES * FLOAT * explained * genes;

  const clustered = clusteredSamples(plan);
  const scoring = FLOAT * clustered * genes * 2 + threads *
      (WORKER + 3 * 8 * clustered ** 2);
  const cubes = 8 * 4 * samples ** 2;
  return {
    prepare: Math.max(input, program),
    cnn: program + data + heap + Math.max(training, rivals),
    shap: program + data + heap + explaining(blocks) + scores,
    // The matrix is shared, and a worker shuffles it.
    genesets: program + data + heap + 2 * FLOAT * samples * genes + cubes +
      threads * (WORKER + FLOAT * samples * genes + cubes),
    enrichment: program + heap + enrichmentBytes(plan),
    panels: program + data + heap + FLOAT * samples * genes +
      threads * (WORKER + cubes),
    // What the stages before it hold one after another, of one fold.
    splits: values.splits.splits === 1
      ? program
      : program + data + heap + FLOAT * samples * genes +
        Math.max(
          training,
          explaining(blocks) + scores,
          threads * (WORKER + cubes),
        ),
    confounding: program + data + heap + FLOAT * samples * genes + cubes,
    clusters: program + data + heap + scoring,
    ttest: program + data + heap + scoring,
    checks: program + data + largest + 3 * weights + explaining(1),
    // The other cohort is taken to be as large; its values are held in three
    // forms, and while they are moved as doubles.
    external: program + heap +
      (values.external.external === ""
        ? 0
        : Math.max(input, 3 * data) + data + cubes),
    report: program + largest,
  };
}

/** The largest of all stages. */
export function peakMemory(memory: Readonly<Record<string, number>>): number {
  return Math.max(...Object.values(memory));
}
