/** The split into training, validation and test samples, once for all. */

import { RandomStream } from "../../random.ts";
import type { Split } from "../dataset.ts";
import { type Group, pickGroups } from "./group_split.ts";
import { drawQuotas } from "./quota_split.ts";
import { quote } from "../../cli/text.ts";

/** A part may be that far from its fraction before it is said. */
const TOLERATED = 0.05;

/** What is split, and how. */
export interface SplitOptions {
  /** The samples, each once. */
  readonly sampleIds: readonly string[];
  /** Each sample's tissue. */
  readonly tissues: readonly string[];
  /** Each sample's group; a group is never parted. Default: none. */
  readonly groups?: readonly string[];
  /** The part of all samples to test with; default 0.2. */
  readonly testFraction?: number;
  /** Whether each sample is a test sample, where that is settled already. */
  readonly tested?: readonly boolean[];
  /** The part of the others to validate with; default 0.1. */
  readonly validationFraction?: number;
  /** Seed of the one stream that makes every choice. */
  readonly seed: number;
}

/** A split and what is to be said about it. */
export interface SplitResult {
  /** Each sample's part. */
  readonly split: Split[];
  /**
   * What could not be kept, each a sentence without a full stop; none where
   * the test samples were given.
   */
  readonly notes: string[];
}

/**
 * Splits samples at random into training, validation and test, stratified by
 * tissue, groups kept whole. Every tissue of two samples (or two groups) has
 * at least one on both sides, in training and in test, wherever the groups
 * allow it; a tissue of one goes to training. Then each tissue's fractions and
 * the total's come as near as they can to those asked for.
 *
 * @param options Samples, fractions and the seed. The order of the samples
 * does not matter.
 * @returns Each sample's part, and notes.
 * @throws {RangeError} If the columns differ in length.
 */
export function splitSamples(options: SplitOptions): SplitResult {
  const { sampleIds, tissues, groups, tested, seed } = options;
  const { testFraction = 0.2, validationFraction = 0.1 } = options;
  if (
    tissues.length !== sampleIds.length ||
    (groups !== undefined && groups.length !== sampleIds.length)
  ) {
    throw new RangeError(
      "Cannot split: each sample needs a tissue and a group",
    );
  }
  const stream = new RandomStream(seed);
  const split = sampleIds.map((_, row): Split =>
    tested?.[row] ? "test" : "train"
  );
  // Sorted, so that the order of the file does not matter.
  let rows = Array.from(sampleIds.keys())
    .sort((a, b) => compare(sampleIds[a], sampleIds[b]))
    .filter((row) => split[row] === "train");
  const parts = [["test", testFraction], ["validation", validationFraction]];
  for (const [part, fraction] of parts as [Split, number][]) {
    if (!(fraction > 0) || (part === "test" && tested)) continue;
    const picked = pick(rows, { tissues, groups }, {
      fraction,
      onBothSides: part === "test",
      stream,
    });
    for (const row of picked) split[row] = part;
    rows = rows.filter((row) => split[row] === "train");
  }
  return { split, notes: describe(split, tissues, groups, options) };
}

interface Columns {
  readonly tissues: readonly string[];
  readonly groups?: readonly string[];
}

/** Picks about a fraction of the rows; some of each tissue stay behind. */
function pick(
  rows: readonly number[],
  { tissues, groups }: Columns,
  { fraction, onBothSides, stream }: {
    fraction: number;
    /** Whether some of each tissue must be picked, too. */
    onBothSides: boolean;
    stream: RandomStream;
  },
): number[] {
  const names = distinct(rows.map((row) => tissues[row]));
  const bounds = (units: number) => ({
    minimum: onBothSides && units > 1 ? 1 : 0,
    maximum: units - 1,
  });
  const groupRows = groups === undefined ? [] : partition(rows, groups);
  if (groupRows.length === 0 || groupRows.length === rows.length) {
    const strata = partition(rows, tissues);
    const quotas = drawQuotas(
      strata.map(({ length }) => ({ size: length, ...bounds(length) })),
      fraction,
      stream,
    );
    return strata.flatMap((members, index) =>
      stream.shuffle(members).slice(0, quotas[index])
    );
  }
  const place = new Map(names.map((name, index) => [name, index]));
  const units: Group[] = groupRows.map((members) => ({
    counts: partition(members, tissues).map((
      own,
    ) => [place.get(tissues[own[0]])!, own.length]),
  }));
  const groupsOf = new Int32Array(names.length);
  for (const { counts } of units) {
    for (const [tissue] of counts) groupsOf[tissue]++;
  }
  const picked = pickGroups(
    units,
    Array.from(groupsOf, bounds),
    fraction,
    stream,
  );
  return groupRows.filter((_, index) => picked[index]).flat();
}

/** The rows by the text of a column, in the order of the texts. */
function partition(
  rows: readonly number[],
  column: readonly string[],
): number[][] {
  const parts = new Map<string, number[]>();
  for (const row of rows) {
    const part = parts.get(column[row]);
    if (part === undefined) parts.set(column[row], [row]);
    else part.push(row);
  }
  return [...parts].sort(([a], [b]) => compare(a, b)).map(([, part]) => part);
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compare);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Says which tissues are not on both sides and why. */
function describe(
  split: readonly Split[],
  tissues: readonly string[],
  groups: readonly string[] | undefined,
  { testFraction = 0.2, validationFraction = 0.1, tested }: SplitOptions,
): string[] {
  if (tested) return [];
  const notes: string[] = [];
  const all = Array.from(tissues.keys());
  for (const members of partition(all, tissues)) {
    const name = `Tissue ${quote(tissues[members[0]])}`;
    const parts = new Set(members.map((row) => split[row]));
    const units = groups === undefined
      ? members.length
      : new Set(members.map((row) => groups[row])).size;
    if (parts.has("test") && parts.has("train")) continue;
    if (members.length === 1) {
      notes.push(
        `${name} has a single sample: it is in the training part and the ` +
          "tissue is never tested",
      );
    } else if (units === 1) {
      notes.push(
        `${name} comes from a single group, ${quote(groups![members[0]])}: ` +
          "it is in the training part and the tissue is never tested",
      );
    } else {
      const where = parts.has("test") ? "training" : "test";
      notes.push(
        `${name} has ${units} groups, but no split was found that keeps ` +
          `groups whole and every tissue on both sides: it has no ${where} ` +
          "sample",
      );
    }
  }
  const held = (part: Split) => split.filter((own) => own === part).length;
  const tests = held("test");
  noteFraction("test", tests, split.length, testFraction, notes);
  noteFraction(
    "validation",
    held("validation"),
    split.length - tests,
    validationFraction,
    notes,
  );
  return notes;
}

function noteFraction(
  part: Split,
  count: number,
  total: number,
  fraction: number,
  notes: string[],
): void {
  if (fraction > 0 && count === 0) {
    notes.push(`The ${part} part is empty: no sample could be spared for it`);
  } else if (Math.abs(count / total - fraction) > TOLERATED) {
    const percent = (share: number) => `${Number((100 * share).toFixed(1))} %`;
    notes.push(
      `The ${part} part is ${percent(count / total)} where ` +
        `${percent(fraction)} were asked for: no nearer split was found that ` +
        "keeps groups whole and tissues on both sides",
    );
  }
}
