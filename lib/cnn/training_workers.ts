/** How many networks are trained at a time. */

import type { Backend } from "../backend/backend.ts";
import type { Architecture } from "./architecture.ts";
import { trainingHeapBytes, weightBytes } from "./memory_estimate.ts";
import { trainingWork } from "./training_work.ts";

/**
 * Bytes of all workers that train, together, at most: beside them the program
 * and its matrix are held.
 */
const WORKERS_BYTES = 2e9;

/** Bytes of a worker with its code and an empty backend. */
const WORKER_BYTES = 75e6;

/** Copies of the weights outside the heap: the best epoch's, and those saved. */
const WEIGHT_COPIES = 2;

/**
 * Multiply-adds of an update below which networks are trained side by side.
 * Threads inside the kernels wait for each other at each kernel's end; that
 * costs little where an update is longer than about half a second, and a large
 * network's memory is then held once.
 */
const SMALL_UPDATE = 4e9;

/** What the number of workers depends on; no result depends on it. */
export interface WorkersPlan {
  readonly backend: Pick<Backend, "name">;
  readonly architecture: Architecture;
  /** Samples in a training batch. */
  readonly batch: number;
  /** Samples that a network trains with and is validated by, at most. */
  readonly samples: number;
  /** Networks of the run. */
  readonly networks: number;
  readonly threads: number;
}

/** Bytes that a worker holds when it needs most. */
export function trainingWorkerBytes(
  { architecture, batch, samples }: Pick<
    WorkersPlan,
    "architecture" | "batch" | "samples"
  >,
): number {
  const weights = weightBytes(architecture)
    .reduce((sum, bytes) => sum + bytes, 0);
  return WORKER_BYTES + trainingHeapBytes(architecture, batch + 1) +
    WEIGHT_COPIES * weights + 4 * samples * architecture.genes;
}

/**
 * Workers that each train a network in one thread, where the networks are
 * small and there are several.
 *
 * @returns At least 1. With 1 the networks are trained in the calling process,
 * one after another, with the threads inside the kernels.
 */
export function trainingWorkers(plan: WorkersPlan): number {
  const { backend, architecture, batch, networks, threads } = plan;
  // Workers would share one GPU, and `cpu` is there to be compared with.
  if (backend.name !== "wasm") return 1;
  if (trainingWork(architecture, batch, 1) >= SMALL_UPDATE) return 1;
  const fitting = Math.floor(WORKERS_BYTES / trainingWorkerBytes(plan));
  return Math.max(1, Math.min(threads, networks, fitting));
}
