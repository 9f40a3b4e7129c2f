/** What a trial gives for a row, and the helpers that make it. */

import { exactMcNemar } from "../../../lib/statistics/binomial.ts";
import { SIGNIFICANCE_LEVEL as LEVEL } from "../../../lib/statistics/format_p.ts";
import { testPairs } from "../../../lib/statistics/paired_test.ts";
import { signFlipTail } from "../../../lib/statistics/sign_flips.ts";
import type { RowId } from "./rows.ts";

/** One result. */
export interface Measured {
  readonly row: RowId;
  /** A p-value, a share, or 1 or 0: see the row's kind. */
  readonly value: number;
  /**
   * The rate at which a discrete test can reject at most, given its counts; not
   * given if it is the nominal one.
   */
  readonly attainable?: number;
}

/** The share of p-values that reject; NaN stands for no test. */
export function shareRejected(p: Iterable<number>): number {
  let tests = 0;
  let rejected = 0;
  for (const each of p) {
    if (Number.isNaN(each)) continue;
    tests++;
    if (each <= LEVEL) rejected++;
  }
  return tests === 0 ? 0 : rejected / tests;
}

/** 1 if any adjusted p is below the level, else 0. */
export function anyBelow(adjusted: Iterable<number>, level = LEVEL): number {
  for (const each of adjusted) if (each < level) return 1;
  return 0;
}

/** McNemar's exact p of two classifiers' answers, with its attainable level. */
export function compareRight(
  row: RowId,
  first: readonly boolean[],
  second: readonly boolean[],
): Measured {
  const [{ onlyFirst, onlySecond, p }] = testPairs(first, [second]);
  return { row, value: p, attainable: mcNemarLevel(onlyFirst + onlySecond) };
}

/** The exact p by groups, with its attainable level. */
export function compareByGroups(
  row: RowId,
  first: readonly boolean[],
  second: readonly boolean[],
  groups: readonly string[],
): Measured {
  const [{ byGroups }] = testPairs(first, [second], groups);
  const differences = [
    ...Map.groupBy(groups.keys(), (sample) => groups[sample]).values(),
  ].map((own) => own.reduce((sum, at) => sum + +first[at] - +second[at], 0));
  return {
    row,
    value: byGroups!.p,
    attainable: signFlipTail(differences).find((p) => p <= LEVEL) ?? 0,
  };
}

/**
 * The rate at which McNemar's exact test rejects where nothing is to be found:
 * the largest of its possible p-values up to the level.
 *
 * @param differing Samples that one of the two gets right.
 */
export function mcNemarLevel(differing: number): number {
  let largest = 0;
  for (let fewer = 0; 2 * fewer <= differing; fewer++) {
    const p = exactMcNemar(fewer, differing - fewer);
    if (p > LEVEL) break;
    largest = p;
  }
  return largest;
}
