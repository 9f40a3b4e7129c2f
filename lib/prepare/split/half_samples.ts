/** Draws half of the samples, of each tissue half, whole groups kept together. */

import type { Dataset } from "../dataset.ts";
import { partition } from "../order.ts";
import type { RandomStream } from "../../random.ts";
import { membersOf, unitsOf } from "../../statistics/units.ts";
import { drawHalfOfGroups, LEAST_SAMPLES } from "./half_groups.ts";

/** What a sample is, by row. */
export type SampleLabels = Pick<Dataset, "tissues" | "groups">;

/**
 * Draws half of the samples. Without groups of several samples that is half of
 * each tissue's, rounded up. With such groups, each is in the half or not, and
 * each tissue's samples are about halved. Either way two samples of a tissue are
 * taken at least, if it has two, so that no tissue is lost.
 *
 * @param rows The samples, in the order of their ids: what is drawn does not
 * depend on the order of the file.
 * @returns The rows that are drawn, in the order of `rows`.
 */
export function drawHalf(
  labels: SampleLabels,
  rows: readonly number[],
  stream: RandomStream,
): number[] {
  const units = wholeUnits(labels, rows);
  const drawn = new Set(
    units.length < rows.length
      ? drawHalfOfGroups(labels.tissues, units, stream)
      : drawHalfOfTissues(labels.tissues, rows, stream),
  );
  return rows.filter((row) => drawn.has(row));
}

/** How many groups have several of the samples. */
export function countWholeGroups(
  labels: SampleLabels,
  rows: readonly number[],
): number {
  return wholeUnits(labels, rows).filter(({ length }) => length > 1).length;
}

/** The samples by group, in the order of rows; one without a group is alone. */
function wholeUnits(
  { groups }: SampleLabels,
  rows: readonly number[],
): number[][] {
  return membersOf(unitsOf(rows.map((row) => groups[row])))
    .map((members) => members.map((at) => rows[at]));
}

function drawHalfOfTissues(
  tissues: readonly string[],
  rows: readonly number[],
  stream: RandomStream,
): number[] {
  return [...partition(rows, tissues)].flatMap(([tissue, own]) => {
    const count = Math.max(
      Math.min(LEAST_SAMPLES, own.length),
      Math.ceil(own.length / 2),
    );
    // A tissue's half does not depend on the other tissues.
    return Array.from(
      stream.child(tissue).sample(own.length, count),
      (index) => own[index],
    );
  });
}
