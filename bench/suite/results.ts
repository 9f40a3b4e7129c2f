/** What is kept of all measurements: `results.json`, row by row. */

import { InputError } from "../../lib/cli/errors.ts";
import type { Goal } from "./benchmark.ts";
import type { Ratio } from "./figures.ts";
import type { Stamp } from "./machine.ts";

/** What one side needed. */
export interface SideResult {
  readonly name: string;
  /** One a round, for the whole work. */
  readonly seconds: readonly number[];
  /** The whole work over the part that was run. */
  readonly scale: number;
  /** The most of all rounds; null where it is not known. */
  readonly peakBytes: number | null;
  /** Of the last round. */
  readonly facts: Readonly<Record<string, number>>;
  /** Why there is no number, or null. */
  readonly failure: string | null;
}

/** One comparison as it was measured. */
export interface RowResult {
  readonly id: string;
  readonly title: string;
  readonly timed: string;
  readonly ours: SideResult;
  readonly peer: SideResult;
  /** Null where a side failed. */
  readonly ratio: Ratio | null;
  readonly goal: Goal | null;
  readonly stamp: Stamp;
}

/** How one kind of work grows along one axis. */
export interface GrowthLine {
  readonly work: string;
  readonly axis: string;
  readonly sizes: readonly number[];
  /** Median seconds, one a size. */
  readonly seconds: readonly number[];
  readonly peakBytes: readonly (number | null)[];
  /** The exponent by which the work itself grows, at most. */
  readonly expected: number;
}

/** The whole table of growth. */
export interface GrowthResult {
  readonly lines: readonly GrowthLine[];
  readonly stamp: Stamp;
}

/** All that has been measured. */
export interface Results {
  readonly rows: readonly RowResult[];
  readonly growth: GrowthResult | null;
}

/** Nothing measured yet. */
export const noResults: Results = { rows: [], growth: null };

/**
 * Puts new measurements in the place of old ones; what was not measured again
 * stays, with its own stamp.
 *
 * @param order Ids of all rows, as the page lists them. Rows that no longer
 * exist are left out.
 *
 * @example
 * ```ts
 * import { mergeResults, noResults } from "./results.ts";
 * const merged = mergeResults(noResults, noResults, ["load_csv"]);
 * console.assert(merged.rows.length === 0);
 * ```
 */
export function mergeResults(
  old: Results,
  measured: Results,
  order: readonly string[],
): Results {
  const rows = new Map(
    [...old.rows, ...measured.rows].map((row) => [row.id, row]),
  );
  return {
    rows: order.flatMap((id) => rows.get(id) ?? []),
    growth: measured.growth ?? old.growth,
  };
}

/**
 * Reads `results.json`.
 *
 * @returns Nothing measured yet, if there is no such file.
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
    // Said below, in the same words as for JSON that holds something else.
  }
  if (!Array.isArray(results?.rows) || results.growth === undefined) {
    throw new InputError(
      `Cannot read ${path}: it does not hold the results of the bench`,
      `Remove ${path} and measure again`,
    );
  }
  return results as Results;
}

/** The results as text: numbers with the digits that mean something. */
export function writeResults(results: Results): string {
  return JSON.stringify(
    results,
    (_key, value) =>
      typeof value === "number" && !Number.isInteger(value)
        ? Number(value.toPrecision(5))
        : value,
    2,
  ) + "\n";
}
