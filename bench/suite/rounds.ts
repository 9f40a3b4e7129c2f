/** Runs the sides of a benchmark by turns, round after round. */

import {
  type Benchmark,
  type Measured,
  type Row,
  type Side,
  SideFailure,
} from "./benchmark.ts";
import { goalOn } from "./goals.ts";
import { ratioOf } from "./ratios.ts";
import type { Stamp } from "./machine.ts";
import type { RowResult, SideResult } from "./results.ts";

/** Called after each run. */
export type OnRun = (
  side: Side,
  round: number,
  outcome: Measured | SideFailure,
) => void;

/**
 * Measures some rows of a benchmark. The sides take turns (A B A B …), so
 * that changes of the machine's speed affect all of them. A side that fails is
 * not run again.
 *
 * @param rows Rows of the benchmark; a shared side runs once per round.
 */
export async function measureRows(
  benchmark: Benchmark,
  rows: readonly Row[],
  stamp: Stamp,
  onRun: OnRun,
): Promise<RowResult[]> {
  await benchmark.prepare();
  const sides = [...new Set(rows.flatMap(({ ours, peer }) => [ours, peer]))];
  const runs = new Map<Side, Measured[]>(sides.map((side) => [side, []]));
  const failures = new Map<Side, string>();
  for (let round = 1; round <= stamp.rounds; round++) {
    for (const side of sides) {
      if (failures.has(side)) continue;
      try {
        const measured = await side.run();
        runs.get(side)!.push(measured);
        onRun(side, round, measured);
      } catch (error) {
        if (!(error instanceof SideFailure)) throw error;
        failures.set(side, error.message);
        onRun(side, round, error);
      }
    }
  }
  const resultOf = (side: Side) =>
    summarize(side, runs.get(side)!, failures.get(side) ?? null);
  return rows.map(({ id, title, timed, goal, ...row }) => {
    const [ours, peer] = [resultOf(row.ours), resultOf(row.peer)];
    return {
      id,
      title,
      timed,
      ours,
      peer,
      ratio: ours.failure === null && peer.failure === null
        ? ratioOf(ours.seconds, peer.seconds)
        : null,
      goal: goalOn(goal, stamp.processor),
      stamp,
    };
  });
}

/** The result of all runs of one side. */
function summarize(
  { name, scale }: Side,
  runs: readonly Measured[],
  failure: string | null,
): SideResult {
  const peaks = runs.flatMap(({ peakBytes }) => peakBytes ?? []);
  return {
    name,
    seconds: failure === null ? runs.map((run) => run.seconds * scale) : [],
    scale,
    peakBytes: failure === null && peaks.length > 0 ? Math.max(...peaks) : null,
    facts: failure === null ? runs.at(-1)?.facts ?? {} : {},
    failure,
  };
}
