/** From the results of all trials to the rate of each row. */

import { mean, sampleSd } from "../../../lib/statistics/describe.ts";
import { studentTUpperQuantile } from "../../../lib/statistics/student_t_quantile.ts";
import {
  formatShare,
  nominalRange,
  rangeAround,
  wilsonInterval,
} from "../counts.ts";
import type { Measured } from "./measured.ts";
import { levelOf, type RowId, testRows } from "./rows.ts";
import type { TestRow } from "./test_row.ts";

/** How often a test rejected where there is nothing to find. */
export interface RowRate {
  readonly row: RowId;
  readonly trials: number;
  readonly rate: number;
  /**
   * The 95 % interval: Wilson's of trials that reject, and of shares Student's t
   * over the trials.
   */
  readonly interval: readonly [number, number];
  /** The mean of the rates that the discrete tests could have; null if nominal. */
  readonly attainable: number | null;
  /** Whether the rate is the nominal one. */
  readonly words: string;
}

/**
 * Many tests a trial make the interval narrow: a mean within this share of the
 * nominal rate is called nearly nominal.
 */
const NEARLY = 0.1;

/**
 * The rates of all rows that have results, in the order of the page.
 *
 * @param results Of all trials.
 */
export function summarizeRows(results: readonly Measured[]): RowRate[] {
  const byRow = Map.groupBy(results, ({ row }) => row);
  return (Object.keys(testRows) as RowId[]).flatMap((id) => {
    const own = byRow.get(id);
    return own === undefined ? [] : [summarizeRow(id, own)];
  });
}

function summarizeRow(id: RowId, results: readonly Measured[]): RowRate {
  const row: TestRow = testRows[id];
  const level = levelOf(row);
  const trials = results.length;
  const values = results.map(({ value }) => value);
  const known = results.flatMap(({ attainable }) => attainable ?? []);
  const shared = {
    row: id,
    trials,
    attainable: known.length === 0 ? null : mean(known),
  };
  if (row.kind === "share") {
    const rate = mean(values);
    const error = trials < 2 ? 0 : sampleSd(values) / Math.sqrt(trials);
    const half = trials < 2
      ? 0
      : error * studentTUpperQuantile(0.025, trials - 1);
    const words = formatShare(
      rate,
      rangeAround(level, error),
      row.isBound ?? false,
      level,
    );
    return {
      ...shared,
      rate,
      interval: [Math.max(0, rate - half), Math.min(1, rate + half)],
      words: Math.abs(rate - level) <= NEARLY * level && words.includes("too")
        ? "rejects at nearly the nominal rate"
        : words,
    };
  }
  const rejected =
    values.filter((value) => row.kind === "p" ? value <= level : value === 1)
      .length;
  return {
    ...shared,
    rate: rejected / trials,
    interval: wilsonInterval(rejected, trials),
    words: formatShare(
      rejected / trials,
      nominalRange(trials, level),
      row.isBound ?? false,
      level,
    ),
  };
}
