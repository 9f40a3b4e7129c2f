/** Random sample sheets for the tests of the split and of the folds. */

import assert from "node:assert/strict";
import fc from "fast-check";

/** The columns that a split needs. */
export interface Sheet {
  readonly sampleIds: string[];
  readonly tissues: string[];
  readonly groups?: string[];
}

/** Draws between 0 and 1 are fractions of this (doubles would be near 0). */
const STEPS = 10_000;

/** Few or many tissues and groups, even or skewed, so that all cases occur. */
export function randomSheet(
  options: { grouped: boolean; samples: number; groups: number },
): fc.Arbitrary<Sheet> {
  return fc.record({
    tissues: fc.integer({ min: 1, max: 9 }),
    groups: fc.integer({ min: 1, max: options.groups }),
    skew: fc.constantFrom(1, 2, 3),
    samples: fc.array(
      fc.tuple(fc.nat(STEPS - 1), fc.nat(STEPS - 1)),
      { minLength: 2, maxLength: options.samples, size: "max" },
    ),
  }).map(({ tissues, groups, skew, samples }) => ({
    sampleIds: samples.map((_, row) => `s${row * 7919 % 1009}`),
    tissues: samples.map(([draw]) =>
      `t${Math.floor(tissues * (draw / STEPS) ** skew)}`
    ),
    groups: options.grouped
      ? samples.map(([, draw]) =>
        `g${Math.floor(groups * (draw / STEPS) ** skew)}`
      )
      : undefined,
  }));
}

/**
 * A sheet of many tissues, each from two or three of few groups, so that often
 * no split of the groups suits all of them.
 */
export function tangledSheet(groups: number): fc.Arbitrary<Sheet> {
  const all = Array.from({ length: groups }, (_, group) => `g${group}`);
  const tissue = fc.subarray(all, { minLength: 2, maxLength: 3 });
  return fc.array(tissue, { minLength: 1, maxLength: 2 * groups, size: "max" })
    .map((tissues) => ({
      sampleIds: tissues.flat().map((_, row) => `s${row * 7919 % 1009}`),
      tissues: tissues.flatMap((own, tissue) => own.map(() => `t${tissue}`)),
      groups: tissues.flat(),
    }));
}

/** The rows of each value of a column. */
export function rowsBy(column: readonly string[]): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  column.forEach((value, row) => {
    rows.set(value, [...rows.get(value) ?? [], row]);
  });
  return rows;
}

/** Each tissue's units: its groups, or its samples without groups. */
export function unitsBy({ tissues, groups, sampleIds }: Sheet) {
  const units = new Map<string, Set<string>>();
  tissues.forEach((tissue, row) => {
    const own = units.get(tissue) ?? new Set<string>();
    units.set(tissue, own.add((groups ?? sampleIds)[row]));
  });
  return units;
}

/** The same sheet, its rows in another order. */
export function reorder(sheet: Sheet, order: readonly number[]): Sheet {
  return {
    sampleIds: order.map((row) => sheet.sampleIds[row]),
    tissues: order.map((row) => sheet.tissues[row]),
    groups: sheet.groups && order.map((row) => sheet.groups![row]),
  };
}

/** A thousand runs, the same every time, all sizes equally likely. */
export const THOUSAND = {
  numRuns: 1000,
  seed: 20_240_601,
  unbiased: true,
} as const;

/** Checks that notes name each tissue that is never tested, and no other. */
export function assertNoted(
  notes: readonly string[],
  tissue: string,
  isTested: boolean,
): void {
  const alike = notes.filter((note) => /^\d+ tissues \(/.test(note));
  const isNamed =
    notes.some((note) => note.startsWith(`Tissue '${tissue}' `)) ||
    alike.some((note) => note.includes(`'${tissue}'`));
  // A long note names the first few only.
  const isCut = alike.some((note) => note.includes("…"));
  assert.ok(isTested ? !isNamed : isNamed || isCut, `${tissue}: ${notes}`);
}
