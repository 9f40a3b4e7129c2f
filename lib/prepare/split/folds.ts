/** The test parts of a cross-fitting: each sample is tested once. */

import { RandomStream } from "../../random.ts";
import { spreadGroups } from "./group_folds.ts";
import type { Group } from "./group_split.ts";
import { quote } from "../../cli/text.ts";

/** A fold may be that far from its share before it is said. */
const TOLERATED = 0.05;

/** What is spread over folds. */
export interface FoldOptions {
  /** The samples, each once. */
  readonly sampleIds: readonly string[];
  /** Each sample's tissue. */
  readonly tissues: readonly string[];
  /** Each sample's group; a group is never parted. Default: none. */
  readonly groups?: readonly string[];
  /** How many folds, at least 2. */
  readonly folds: number;
  /** Seed of the one stream that makes every choice. */
  readonly seed: number;
}

/** The folds and what is to be said about them. */
export interface FoldResult {
  /** In which fold each sample is tested, from 1; 0 where never. */
  readonly fold: Int32Array;
  /** What could not be kept, each a sentence without a full stop. */
  readonly notes: string[];
}

/**
 * Spreads samples at random over folds, in each of which others are tested,
 * stratified by tissue, groups kept whole. Each tissue that is tested in a
 * fold has samples outside of it to train on. So a tissue of one sample (or
 * one group) is never tested, nor are the other samples of that group.
 *
 * Without groups each tissue's samples, and all samples, differ by one at most
 * between two folds. With groups they come as near to that as a search finds.
 * A tissue of fewer samples (or groups) than folds is tested in fewer folds.
 *
 * @param options Samples, folds and the seed. The order of the samples does
 * not matter.
 * @returns Each sample's fold, and notes. Folds without a sample are the last.
 * @throws {RangeError} If the columns differ in length or there are fewer than
 * two folds.
 */
export function foldSamples(options: FoldOptions): FoldResult {
  const { sampleIds, tissues, groups, folds, seed } = options;
  if (
    tissues.length !== sampleIds.length ||
    (groups !== undefined && groups.length !== sampleIds.length)
  ) {
    throw new RangeError(
      "Cannot make folds: each sample needs a tissue and a group",
    );
  }
  if (!Number.isInteger(folds) || folds < 2) {
    throw new RangeError(
      `Cannot make folds: their number must be a whole number >= 2, not ${folds}`,
    );
  }
  const stream = new RandomStream(seed);
  // Sorted, so that the order of the file does not matter.
  const rows = Array.from(sampleIds.keys())
    .sort((a, b) => compare(sampleIds[a], sampleIds[b]));
  const units = groups === undefined ? [] : [...partition(rows, groups)];
  const fold = groups === undefined || units.length === rows.length
    ? dealSamples(rows, tissues, folds, stream)
    : spreadUnits(units.map(([, members]) => members), options, stream);
  renumber(fold, folds);
  return { fold, notes: describe(rows, fold, options) };
}

/** Deals each tissue's samples out in turn; the next goes on where it ended. */
function dealSamples(
  rows: readonly number[],
  tissues: readonly string[],
  folds: number,
  stream: RandomStream,
): Int32Array {
  const fold = new Int32Array(rows.length);
  let next = 0;
  for (const members of partition(rows, tissues).values()) {
    if (members.length === 1) continue;
    for (const row of stream.shuffle(members)) fold[row] = 1 + next++ % folds;
  }
  return fold;
}

/** Spreads groups of samples, each as a whole. */
function spreadUnits(
  units: readonly (readonly number[])[],
  { tissues, folds }: FoldOptions,
  stream: RandomStream,
): Int32Array {
  const names = [...partition(units.flat(), tissues).keys()];
  const place = new Map(names.map((name, index) => [name, index]));
  const counted: Group[] = units.map((members) => ({
    counts: Array.from(
      partition(members, tissues),
      ([name, own]) => [place.get(name)!, own.length] as const,
    ),
  }));
  const found = spreadGroups(counted, names.length, folds, stream);
  const fold = new Int32Array(tissues.length);
  units.forEach((members, unit) => {
    for (const row of members) fold[row] = found[unit];
  });
  return fold;
}

/** Gives the folds that hold samples the first numbers. */
function renumber(fold: Int32Array, folds: number): void {
  const numbers = new Int32Array(folds + 1);
  let next = 1;
  for (let own = 1; own <= folds; own++) {
    if (fold.includes(own)) numbers[own] = next++;
  }
  for (let row = 0; row < fold.length; row++) fold[row] = numbers[fold[row]];
}

/** Says what is never tested and why, and which folds are uneven. */
function describe(
  rows: readonly number[],
  fold: Int32Array,
  { tissues, groups, folds }: FoldOptions,
): string[] {
  const notes: string[] = [];
  const always = "it is in the training part of every fold";
  // Groups that are never tested since a tissue has no other.
  const needed = new Set<string>();
  for (const [tissue, members] of partition(rows, tissues)) {
    const own = new Set(members.map((row) => groups?.[row]));
    const name = `Tissue ${quote(tissue)}`;
    const never = `${always} and the tissue is never tested`;
    if (own.size === 1 && groups !== undefined) needed.add(groups[members[0]]);
    if (members.length === 1) {
      notes.push(`${name} has a single sample: ${never}`);
    } else if (groups !== undefined && own.size === 1) {
      const only = quote(groups[members[0]]);
      notes.push(`${name} comes from a single group, ${only}: ${never}`);
    } else if (members.every((row) => fold[row] === 0)) {
      notes.push(
        `${name} has ${own.size} groups, but each of them is in the training ` +
          "part of every fold: the tissue is never tested",
      );
    }
  }
  const sizesOf = partition(rows, tissues);
  for (const [group, members] of groups ? partition(rows, groups) : []) {
    if (fold[members[0]] !== 0) continue;
    const name = `Group ${quote(group)}`;
    if (!needed.has(group)) {
      notes.push(
        `${name} is never tested: no folds were found that keep groups whole ` +
          "and leave every tissue samples to train on",
      );
      continue;
    }
    const others = members.filter((row) =>
      new Set(sizesOf.get(tissues[row])!.map((own) =>
        groups![own]
      )).size > 1
    ).length;
    if (others > 0) {
      notes.push(
        `${name} is kept whole, and one of its tissues comes from no other ` +
          `group: its ${others} samples of other tissues are never tested`,
      );
    }
  }
  noteSizes(fold, folds, groups === undefined ? "samples" : "groups", notes);
  return notes;
}

function noteSizes(
  fold: Int32Array,
  folds: number,
  units: string,
  notes: string[],
): void {
  const sizes = new Int32Array(folds);
  for (const own of fold) if (own > 0) sizes[own - 1]++;
  const tested = sizes.reduce((sum, size) => sum + size, 0);
  const empty = sizes.filter((size) => size === 0).length;
  if (tested === 0) {
    notes.push("No sample can be tested: no tissue has two to part");
    return;
  }
  if (empty > 0) {
    notes.push(
      `${folds - empty} of the ${folds} folds hold test samples: there are ` +
        `too few ${units} for more`,
    );
    return;
  }
  const least = sizes.reduce((a, b) => Math.min(a, b));
  const most = sizes.reduce((a, b) => Math.max(a, b));
  const furthest = Math.max(
    most / tested - 1 / folds,
    1 / folds - least / tested,
  );
  if (most - least > 1 && furthest > TOLERATED) {
    notes.push(
      `The folds hold ${least} to ${most} test samples: no evener folds were ` +
        "found that keep groups whole and leave every tissue samples to train on",
    );
  }
}

/** The rows by the text of a column, in the order of the texts. */
function partition(
  rows: readonly number[],
  column: readonly string[],
): Map<string, number[]> {
  const parts = new Map<string, number[]>();
  for (const row of rows) {
    const part = parts.get(column[row]);
    if (part === undefined) parts.set(column[row], [row]);
    else part.push(row);
  }
  return new Map([...parts].sort(([a], [b]) => compare(a, b)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
