/** What the split and the folds share: the samples' columns, and notes. */

import { countOf, quote } from "../../cli/text.ts";
import { listNames } from "../labels/named.ts";
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

/** A tissue that comes from one sample, or one group. */
export interface SingleTissue {
  readonly tissue: string;
  /** Its samples. */
  readonly rows: readonly number[];
}

/**
 * The notes on tissues of one sample or one group, one for all alike.
 *
 * @param place The part that they are in.
 */
export function noteSingles(
  singles: readonly SingleTissue[],
  { groups }: SampleColumns,
  place: string,
): string[] {
  const note = (own: readonly SingleTissue[], one: string, what: string) => {
    if (own.length === 0) return [];
    if (own.length === 1) {
      return [
        `Tissue ${quote(own[0].tissue)} ${one}: it is in ${place} and the ` +
        "tissue is never tested",
      ];
    }
    const named = listNames(own.map(({ tissue }) => tissue));
    return [
      `${countOf(own.length, "tissue")} (${named}) ${what}: they are in ` +
      `${place} and are never tested`,
    ];
  };
  const alone = singles.filter(({ rows }) => rows.length === 1);
  const grouped = singles.filter(({ rows }) => rows.length > 1);
  const [first] = grouped;
  return [
    ...note(alone, "has a single sample", "have a single sample each"),
    ...note(
      grouped,
      `comes from a single group, ${first && quote(groups![first.rows[0]])}`,
      "come from a single group each",
    ),
  ];
}
