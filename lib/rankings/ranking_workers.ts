/** The pool of workers that fits boosted trees, ranks halves and shuffles. */

import type { Dataset } from "../prepare/dataset.ts";
import type { UndoneTransform } from "../prepare/undo_transform.ts";
import { openPool, type Pool, shareFloats } from "../workers/pool.ts";
import type { RankingInput, RankingMethod } from "./ranking_method.ts";
import {
  isKnownToWorkers,
  type RankingResult,
  type RankingSetup,
  type RankingTask,
} from "./ranking_worker.ts";
import { shareOf } from "./shared_scores.ts";
import {
  collectHalves,
  type HalfLists,
  type RepeatedRanking,
  repeatRankings,
} from "./stability/repeat_rankings.ts";
import {
  addMethodCounts,
  makeShuffleCounter,
  type MethodCounts,
} from "./shuffles/null_counts.ts";
import { keepTrees, type TreeFit, TreeMeans, treeTasks } from "./trees/fit.ts";

/** Opens its pool with the first work; no result depends on the threads. */
export class RankingWorkers implements AsyncDisposable {
  #pool: Promise<Pool<RankingTask, RankingResult>> | null = null;

  /**
   * @param methods Those by which halves may be ranked.
   * @param transform What `input.toLinear` takes back.
   */
  constructor(
    readonly input: RankingInput,
    readonly methods: readonly RankingMethod[],
    readonly transform: UndoneTransform,
    readonly threads: number,
  ) {}

  /**
   * Fits the trees, so that `fitTrees` has them.
   *
   * @param onFit Is called after each fit.
   */
  async fitTrees(onFit: () => void): Promise<void> {
    const means = new TreeMeans(this.input);
    // Sums do not depend on which fit is done first.
    const waiting = new Map<number, TreeFit>();
    let next = 0;
    const pool = await this.#open();
    await pool.forEach(
      treeTasks(this.input).map((task) => ({ kind: "trees", task })),
      (result, index) => {
        waiting.set(index, result as TreeFit);
        for (; waiting.has(next); waiting.delete(next++)) {
          means.add(waiting.get(next)!);
        }
        onFit();
      },
    );
    keepTrees(this.input, means.finish());
  }

  /**
   * Ranks the genes by each method on each half, as `repeatRankings` does. A
   * method that workers do not know is used in this thread.
   *
   * @param onHalf Is called after each half.
   */
  async rankHalves(
    methods: readonly RankingMethod[],
    halves: readonly (readonly number[])[],
    first: number,
    onHalf: () => void,
  ): Promise<RepeatedRanking[]> {
    if (!methods.every(isKnownToWorkers)) {
      return repeatRankings(methods, this.input, halves, first, onHalf);
    }
    const pool = await this.#open();
    const names = methods.map(({ name }) => name);
    const lists = await pool.map(
      halves.map((rows) => ({ kind: "half", rows, methods: names, first })),
      onHalf,
    );
    return collectHalves(methods, this.input, lists as HalfLists[]);
  }

  /**
   * Counts the statistics in shuffled residuals, as `makeShuffleCounter` does,
   * over all shuffles. A method that workers do not know is used in this thread.
   *
   * @param seeds One a shuffle, at least one.
   * @param correlation Of two samples of a group; 0 without groups.
   * @param onShuffle Is called after each shuffle.
   */
  async countShuffles(
    methods: readonly RankingMethod[],
    seeds: readonly number[],
    correlation: number,
    onShuffle: () => void,
  ): Promise<MethodCounts> {
    let sum: MethodCounts | undefined;
    const add = (counts: MethodCounts) => {
      sum = sum === undefined ? counts : addMethodCounts(sum, counts);
      onShuffle();
    };
    if (!methods.every(isKnownToWorkers)) {
      const count = makeShuffleCounter(methods, this.input, correlation);
      for (const seed of seeds) add(count(seed));
      return sum!;
    }
    const pool = await this.#open();
    const names = methods.map(({ name }) => name);
    await pool.forEach(
      seeds.map((seed) => ({
        kind: "shuffle",
        seed,
        methods: names,
        correlation,
      })),
      (result) => add(result as MethodCounts),
    );
    return sum!;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // What kept it from opening was thrown where it was to work.
    await (await this.#pool?.catch(() => null))?.close();
  }

  #open(): Promise<Pool<RankingTask, RankingResult>> {
    return this.#pool ??= openPool<RankingSetup, RankingTask, RankingResult>({
      module: new URL("./ranking_worker.ts", import.meta.url),
      setup: this.#setup(),
      threads: this.threads,
    });
  }

  #setup(): RankingSetup {
    const { dataset, rows, trees } = this.input;
    return {
      dataset: {
        ...dataset,
        // Only read, for which any memory will do.
        values: shareFloats(dataset.values) as Float32Array as Dataset[
          "values"
        ],
      },
      rows,
      transform: this.transform,
      rounds: trees?.rounds ?? 1,
      shares: new Map(
        this.methods.filter(({ share }) => share !== undefined)
          .map((method) => [method.name, shareOf(method, this.input)]),
      ),
    };
  }
}
