/** The test parts of a cross-fitting: each sample is tested once. */

import { countOf, quote } from "../../cli/text.ts";
import { RandomStream } from "../../random.ts";
import { listNames } from "../labels/named.ts";
import { partition, rowsInIdOrder } from "../order.ts";
import {
  checkColumns,
  noteSingles,
  type SampleColumns,
  type SingleTissue,
  TOLERANCE,
  wholeGroups,
} from "./columns.ts";
import { spreadGroups } from "./group_folds.ts";

/** What to spread over how many folds. */
export interface FoldOptions extends SampleColumns {
  /** How many folds, at least 2. */
  readonly folds: number;
  /** Seed of the one stream that makes every choice. */
  readonly seed: number;
}

/** The folds with notes for the user. */
export interface FoldResult {
  /** The fold in which each sample is tested, from 1; 0 for none. */
  readonly fold: Int32Array;
  /** What could not be achieved, each a sentence without a full stop. */
  readonly notes: string[];
}

/**
 * Spreads samples at random over folds, stratified by tissue, groups kept
 * whole; each fold tests its own samples. Each tissue that is tested in a fold
 * has samples outside of it to train on. So a tissue of one sample (or one
 * group) is never tested, nor are the other samples of that group.
 *
 * Without groups each tissue's samples, and all samples, differ by one at most
 * between two folds. With groups they are as even as the search finds.
 * A tissue of fewer samples (or groups) than folds is tested in fewer folds.
 *
 * @param options The order of the samples does not matter.
 * @returns Each sample's fold, and notes. Folds without a sample are the last.
 * @throws {RangeError} If the columns differ in length or there are fewer than
 * two folds.
 */
export function foldSamples(options: FoldOptions): FoldResult {
  const { sampleIds, tissues, folds, seed } = options;
  checkColumns(options);
  if (!Number.isInteger(folds) || folds < 2) {
    throw new RangeError(
      `Cannot make folds: their number must be a whole number >= 2, not ${folds}`,
    );
  }
  const stream = new RandomStream(seed);
  const rows = rowsInIdOrder(sampleIds);
  const groups = wholeGroups(rows, options);
  const fold = new Int32Array(rows.length);
  if (groups.length > 0) {
    const found = spreadGroups(groups, folds, stream);
    groups.forEach(({ rows }, group) => {
      for (const row of rows) fold[row] = found[group];
    });
  } else {
    // Deals out each tissue's samples in turn; the next continues from there.
    let next = 0;
    for (const members of partition(rows, tissues).values()) {
      if (members.length === 1) continue;
      for (const row of stream.shuffle(members)) fold[row] = 1 + next++ % folds;
    }
  }
  // Renumbers the folds, so that empty ones are the last.
  const filled = [...new Set(fold)].filter((own) => own > 0).sort((a, b) =>
    a - b
  );
  fold.forEach((own, row) => fold[row] = filled.indexOf(own) + 1);
  const notes = noteNeverTested(rows, fold, options);
  return { fold, notes: [...notes, ...noteSizes(fold, options)] };
}

/** Notes which tissues and groups are never tested and why. */
function noteNeverTested(
  rows: readonly number[],
  fold: Int32Array,
  columns: SampleColumns,
): string[] {
  const { sampleIds, tissues, groups = sampleIds } = columns;
  const notes: string[] = [];
  const singles: SingleTissue[] = [];
  const groupsOf = new Map<string, Set<string>>();
  for (const [tissue, members] of partition(rows, tissues)) {
    const own = new Set(members.map((row) => groups[row]));
    groupsOf.set(tissue, own);
    if (own.size === 1) {
      singles.push({ tissue, rows: members });
    } else if (members.every((row) => fold[row] === 0)) {
      notes.push(
        `Tissue ${quote(tissue)} has ${own.size} groups, but each of them is ` +
          "in the training part of every fold: the tissue is never tested",
      );
    }
  }
  const kept: { readonly group: string; readonly others: number }[] = [];
  for (const [group, members] of partition(rows, groups)) {
    if (fold[members[0]] !== 0) continue;
    const others = members.filter((row) => groupsOf.get(tissues[row])!.size > 1)
      .length;
    if (others === members.length) {
      notes.push(
        `Group ${
          quote(group)
        } is never tested: no folds were found that keep groups whole ` +
          "and leave every tissue samples to train on",
      );
    } else if (others > 0) {
      kept.push({ group, others });
    }
  }
  const place = "the training part of every fold";
  return [
    ...noteSingles(singles, columns, place),
    ...notes,
    ...noteKept(kept),
  ];
}

/** Notes groups with a tissue of their own, and samples of other tissues. */
function noteKept(
  kept: readonly { readonly group: string; readonly others: number }[],
): string[] {
  if (kept.length === 0) return [];
  const others = kept.reduce((sum, group) => sum + group.others, 0);
  const samples = `${countOf(others, "sample")} of other tissues ${
    others === 1 ? "is" : "are"
  } never tested`;
  return [
    kept.length === 1
      ? `Group ${quote(kept[0].group)} is kept whole, and one of its tissues ` +
        `comes from no other group: its ${samples}`
      : `${countOf(kept.length, "group")} (${
        listNames(kept.map(({ group }) => group))
      }) are kept whole, and one tissue of each comes from no other group: ` +
        `their ${samples}`,
  ];
}

/** Notes that folds are empty or uneven. */
function noteSizes(
  fold: Int32Array,
  { folds, groups }: FoldOptions,
): string[] {
  const sizes = new Int32Array(folds);
  for (const own of fold) if (own > 0) sizes[own - 1]++;
  const tested = sizes.reduce((sum, size) => sum + size, 0);
  const empty = sizes.filter((size) => size === 0).length;
  if (tested === 0) {
    return ["No sample can be tested: no tissue has two samples or groups"];
  }
  if (empty > 0) {
    return [
      `${folds - empty} of the ${folds} folds hold test samples: there are ` +
      `too few ${groups === undefined ? "samples" : "groups"} for more`,
    ];
  }
  const least = Math.min(...sizes);
  const most = Math.max(...sizes);
  const furthest = Math.max(
    most / tested - 1 / folds,
    1 / folds - least / tested,
  );
  if (most - least <= 1 || furthest <= TOLERANCE) return [];
  return [
    `The folds hold ${least} to ${most} test samples: no more even folds ` +
    "were found that keep groups whole and leave every tissue samples to " +
    "train on",
  ];
}
