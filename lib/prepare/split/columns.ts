/** What the split and the folds share: the samples' columns, and notes. */

import { quote } from "../../cli/text.ts";
import { partition } from "../order.ts";
import type { Group } from "./group_search.ts";

/** A part that is farther from its share of the samples gets a note. */
export const TOLERANCE = 0.05;

/** What is split. */
export interface SampleColumns {
  /** The samples, each once. */
  readonly sampleIds: readonly string[];
  /** Each sample's tissue. */
  readonly tissues: readonly string[];
  /** Each sample's group, which stays in one part. Default: none. */
  readonly groups?: readonly string[];
}

/** @throws {RangeError} If the columns differ in length. */
export function checkColumns(
  { sampleIds, tissues, groups = sampleIds }: SampleColumns,
): void {
  const { length } = sampleIds;
  if (tissues.length !== length || groups.length !== length) {
    throw new RangeError(
      "Cannot split: each sample needs a tissue and a group",
    );
  }
}

/** The groups of those samples; none if each sample is one by itself. */
export function wholeGroups(
  rows: readonly number[],
  { tissues, groups }: SampleColumns,
): Group[] {
  if (groups === undefined) return [];
  const members = [...partition(rows, groups).values()];
  if (members.length === rows.length) return [];
  const names = [...partition(rows, tissues).keys()];
  const indexOf = new Map(names.map((name, index) => [name, index]));
  return members.map((rows) => ({
    rows,
    counts: Array.from(
      partition(rows, tissues),
      ([tissue, { length }]) => [indexOf.get(tissue)!, length],
    ),
  }));
}

/**
 * The note on a tissue of one sample or one group.
 *
 * @param rows The tissue's samples.
 * @param place The part that they are in.
 */
export function noteSingle(
  tissue: string,
  rows: readonly number[],
  { groups }: SampleColumns,
  place: string,
): string {
  const what = rows.length === 1
    ? "has a single sample"
    : `comes from a single group, ${quote(groups![rows[0]])}`;
  return `Tissue ${quote(tissue)} ${what}: it is in ${place} and the tissue ` +
    "is never tested";
}
