/** The work of `genesets` in a pool of workers: fits, halves and shuffles. */

import type { Dataset } from "../prepare/dataset.ts";
import { tissueContrasts } from "../prepare/tissue_contrasts.ts";
import {
  type UndoneTransform,
  undoTransform,
} from "../prepare/undo_transform.ts";
import { furtherRankings, rankingMethods } from "./methods.ts";
import type { RankingInput, RankingMethod } from "./ranking_method.ts";
import { keepShare } from "./shared_scores.ts";
import {
  makeShuffleCounter,
  type MethodCounts,
} from "./shuffles/null_counts.ts";
import { type HalfLists, rankerOfHalves } from "./stability/repeat_rankings.ts";
import { fitHalf, type TreeFit, type TreeTask } from "./trees/fit.ts";

/** Functions cannot be sent to a worker, which finds these by their names. */
const methods: readonly RankingMethod[] = [
  ...rankingMethods,
  ...furtherRankings,
];

/** Whether a worker can rank by a method. */
export function isKnownToWorkers(method: RankingMethod): boolean {
  return methods.includes(method);
}

/** What is sent to each worker. */
export interface RankingSetup {
  /** Its values are in shared memory. */
  readonly dataset: Dataset;
  readonly rows: readonly number[];
  readonly transform: UndoneTransform;
  /** Rounds of boosted trees. */
  readonly rounds: number;
  /** What the parts of the samples share, by the method's name. */
  readonly shares: ReadonlyMap<string, unknown>;
}

/** A fit of boosted trees, a half of the samples to be ranked, or a shuffle. */
export type RankingTask =
  | { readonly kind: "trees"; readonly task: TreeTask }
  | {
    readonly kind: "half";
    readonly rows: readonly number[];
    /** Names of methods. */
    readonly methods: readonly string[];
    /** How many of a tissue's first genes are kept. */
    readonly first: number;
  }
  | {
    readonly kind: "shuffle";
    readonly seed: number;
    /** Names of methods. */
    readonly methods: readonly string[];
    /** Of two samples of a group; 0 without groups. */
    readonly correlation: number;
  };

/** What it gives. */
export type RankingResult = TreeFit | HalfLists | MethodCounts;

/** What a worker keeps. */
interface State {
  readonly input: RankingInput;
  readonly rounds: number;
  /** Of the last halves; all have the same methods. */
  ranker?: (rows: readonly number[]) => HalfLists;
  /** Of the last shuffles; all have the same methods. */
  counter?: (seed: number) => MethodCounts;
}

export function setUp(
  { dataset, rows, transform, rounds, shares }: RankingSetup,
): State {
  const input: RankingInput = {
    dataset,
    rows,
    // Only their parts are ranked.
    contrasts: tissueContrasts(dataset, []),
    toLinear: undoTransform(transform),
  };
  for (const method of methods) {
    if (shares.has(method.name)) {
      keepShare(method, input, shares.get(method.name));
    }
  }
  return { input, rounds };
}

export function work(task: RankingTask, state: State): RankingResult {
  if (task.kind === "trees") {
    return fitHalf(state.input, state.rounds, task.task);
  }
  const named = (names: readonly string[]) =>
    names.map((name) => methods.find((each) => each.name === name)!);
  if (task.kind === "shuffle") {
    state.counter ??= makeShuffleCounter(
      named(task.methods),
      {
        ...state.input,
        contrasts: tissueContrasts(state.input.dataset, state.input.rows),
      },
      task.correlation,
    );
    return state.counter(task.seed);
  }
  state.ranker ??= rankerOfHalves(
    named(task.methods),
    state.input,
    task.first,
  );
  return state.ranker(task.rows);
}
