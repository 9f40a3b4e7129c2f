/** All measurements: `results.json`, row by row. */

import { InputError } from "../../lib/cli/errors.ts";
import type { Goal, Row } from "./benchmark.ts";
import { goalOn } from "./goals.ts";
import type { Ratio } from "./ratios.ts";
import type { Stamp } from "./machine.ts";

/** Time and memory of one side. */
export interface SideResult {
  readonly name: string;
  /** One per round, for the whole work. */
  readonly seconds: readonly number[];
  /** The whole work divided by the part that was run. */
  readonly scale: number;
  /** The largest of all rounds; null if unknown. */
  readonly peakBytes: number | null;
  /** Of the last round. */
  readonly facts: Readonly<Record<string, number>>;
  /** Why there is no measurement, or null. */
  readonly failure: string | null;
}

/** One measured comparison. */
export interface RowResult {
  readonly id: string;
  readonly title: string;
  readonly timed: string;
  readonly ours: SideResult;
  readonly peer: SideResult;
  /** Null if a side failed. */
  readonly ratio: Ratio | null;
  /** Of the processor. */
  readonly goal: Goal | null;
  readonly stamp: Stamp;
}

/** How one kind of work grows along one axis. */
export interface GrowthLine {
  readonly work: string;
  readonly axis: string;
  readonly sizes: readonly number[];
  /** Median seconds, one per size. */
  readonly seconds: readonly number[];
  readonly peakBytes: readonly (number | null)[];
  /** The largest expected exponent. */
  readonly expected: number;
}

/** The whole table of growth. */
export interface GrowthResult {
  readonly lines: readonly GrowthLine[];
  readonly stamp: Stamp;
}

/** All measurements: at most one of each row and processor. */
export interface Results {
  readonly rows: readonly RowResult[];
  /** One for each processor. */
  readonly growth: readonly GrowthResult[];
}

/** No measurements yet. */
export const noResults: Results = { rows: [], growth: [] };

/** The processors of all measurements, sorted. */
export function processorsOf({ rows, growth }: Results): string[] {
  return [
    ...new Set([...rows, ...growth].map(({ stamp }) => stamp.processor)),
  ].sort();
}

/**
 * Replaces old measurements by new ones of the same processor. All others
 * stay, with their own conditions.
 *
 * @param known All rows, in the order of the page. Measurements of rows that no
 * longer exist are left out; goals are those of today.
 */
export function mergeResults(
  old: Results,
  measured: Results,
  known: readonly Pick<Row, "id" | "goal">[],
): Results {
  const rows = [...old.rows, ...measured.rows];
  const growth = [...old.growth, ...measured.growth];
  const processors = processorsOf({ rows, growth });
  return {
    rows: processors.flatMap((processor) =>
      known.flatMap(({ id, goal }) => {
        const last = rows.findLast((row) =>
          row.id === id && row.stamp.processor === processor
        );
        return last === undefined
          ? []
          : { ...last, goal: goalOn(goal, processor) };
      })
    ),
    growth: processors.flatMap((processor) =>
      growth.findLast(({ stamp }) => stamp.processor === processor) ?? []
    ),
  };
}

/**
 * Reads `results.json`.
 *
 * @returns No measurements if there is no such file.
 * @throws {InputError} If it holds something else.
 */
export async function readResults(path: string): Promise<Results> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return noResults;
    throw error;
  }
  let results: Partial<Results> | null = null;
  try {
    results = JSON.parse(text);
  } catch {
    // Reported below, like JSON that holds something else.
  }
  if (!Array.isArray(results?.rows) || !Array.isArray(results.growth)) {
    throw new InputError(
      `Cannot read ${path}: it does not hold results of the bench`,
      `Remove ${path} and measure again`,
    );
  }
  return results as Results;
}

/** The results as text: numbers with five significant digits. */
export function formatResults(results: Results): string {
  return JSON.stringify(
    results,
    (_key, value) =>
      typeof value === "number" && !Number.isInteger(value)
        ? Number(value.toPrecision(5))
        : value,
    2,
  ) + "\n";
}
