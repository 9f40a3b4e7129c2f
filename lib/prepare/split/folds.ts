/** The test parts of a cross-fitting: each sample is tested once. */

import { countOf, quote } from "../../cli/text.ts";
import { RandomStream } from "../../random.ts";
import { partition, rowsInIdOrder } from "../order.ts";
import { spreadGroups } from "./group_folds.ts";
import type { Group } from "./group_split.ts";

/** Folds that are farther from an equal share get a note. */
const TOLERANCE = 0.05;

/** What to spread over how many folds. */
export interface FoldOptions {
  /** The samples, each once. */
  readonly sampleIds: readonly string[];
  /** Each sample's tissue. */
  readonly tissues: readonly string[];
  /** Each sample's group, which stays in one fold. Default: none. */
  readonly groups?: readonly string[];
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
  const rows = rowsInIdOrder(sampleIds);
  const units = groups === undefined ? [] : [...partition(rows, groups)];
  const fold = groups === undefined || units.length === rows.length
    ? dealSamples(rows, tissues, folds, stream)
    : spreadUnits(units.map(([, members]) => members), options, stream);
  renumber(fold, folds);
  return { fold, notes: describe(rows, fold, options) };
}

/** Deals out each tissue's samples in turn; the next continues from there. */
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
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const counted: Group[] = units.map((members) => ({
    counts: Array.from(
      partition(members, tissues),
      ([name, own]) => [indexOf.get(name)!, own.length] as const,
    ),
  }));
  const found = spreadGroups(counted, names.length, folds, stream);
  const fold = new Int32Array(tissues.length);
  units.forEach((members, unit) => {
    for (const row of members) fold[row] = found[unit];
  });
  return fold;
}

/** Renumbers the folds, so that empty ones are the last. */
function renumber(fold: Int32Array, folds: number): void {
  const numbers = new Int32Array(folds + 1);
  let next = 1;
  for (let own = 1; own <= folds; own++) {
    if (fold.includes(own)) numbers[own] = next++;
  }
  for (let row = 0; row < fold.length; row++) fold[row] = numbers[fold[row]];
}

/** Notes what is never tested and why, and which folds are uneven. */
function describe(
  rows: readonly number[],
  fold: Int32Array,
  { tissues, groups, folds }: FoldOptions,
): string[] {
  const notes: string[] = [];
  const always = "it is in the training part of every fold";
  // Groups that are never tested because a tissue has no other.
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
          `group: its ${countOf(others, "sample")} of other tissues ${
            others === 1 ? "is" : "are"
          } never tested`,
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
    notes.push("No sample can be tested: no tissue has two samples or groups");
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
  if (most - least > 1 && furthest > TOLERANCE) {
    notes.push(
      `The folds hold ${least} to ${most} test samples: no more even folds ` +
        "were found that keep groups whole and leave every tissue samples to " +
        "train on",
    );
  }
}
