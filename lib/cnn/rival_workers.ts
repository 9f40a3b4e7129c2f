/** In how many folds the simple classifiers are trained at a time. */

/** Bytes of all workers together, at most. */
const WORKERS_BYTES = 2e9;

/** Bytes of a worker with its code. */
const WORKER_BYTES = 75e6;

/** Matrices of the samples' distances, dot products, axes and points. */
const SQUARES = 4;

/** What the number of workers depends on; no result depends on it. */
export interface RivalSize {
  /** Of a fold. */
  readonly samples: number;
  readonly genes: number;
  /** Folds with test samples. */
  readonly folds: number;
  readonly threads: number;
}

/** Bytes that a worker holds when it needs most. */
export function rivalWorkerBytes(
  { samples, genes }: Pick<RivalSize, "samples" | "genes">,
): number {
  return WORKER_BYTES + 4 * samples * genes + SQUARES * 8 * samples ** 2;
}

/** Folds that are judged at a time, at least 1. */
export function rivalWorkers(size: RivalSize): number {
  const { folds, threads } = size;
  const fitting = Math.floor(WORKERS_BYTES / rivalWorkerBytes(size));
  return Math.max(1, Math.min(threads, folds, fitting));
}
