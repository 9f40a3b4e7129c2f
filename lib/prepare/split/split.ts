/** Splits the samples once into training, validation and test. */

import { quote } from "../../cli/text.ts";
import { RandomStream } from "../../random.ts";
import { partition, rowsInIdOrder } from "../order.ts";
import type { Split } from "../outputs.ts";
import { type Group, pickGroups } from "./group_split.ts";
import { drawQuotas } from "./quota_split.ts";

/** A part that is farther from its fraction gets a note. */
const TOLERANCE = 0.05;

/** What is split, and how. */
export interface SplitOptions {
  /** The samples, each once. */
  readonly sampleIds: readonly string[];
  /** Each sample's tissue. */
  readonly tissues: readonly string[];
  /** Each sample's group, which stays in one part. Default: none. */
  readonly groups?: readonly string[];
  /** The part of all samples to test with; default 0.2. */
  readonly testFraction?: number;
  /** Whether each sample is a test sample, if that is decided already. */
  readonly tested?: readonly boolean[];
  /** The part of the others to validate with; default 0.1. */
  readonly validationFraction?: number;
  /** Seed of the one stream that makes every choice. */
  readonly seed: number;
}

/** A split with notes for the user. */
export interface SplitResult {
  /** Each sample's part. */
  readonly split: Split[];
  /**
   * What could not be achieved, each a sentence without a full stop; none if
   * the test samples were given.
   */
  readonly notes: string[];
}

/**
 * Splits samples at random into training, validation and test, stratified by
 * tissue, groups kept whole. Every tissue of two samples (or two groups) has
 * at least one on both sides, in training and in test, wherever the groups
 * allow it; a tissue of one goes to training. Then the fractions of each tissue
 * and of all samples are as close as possible to those asked for.
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
  let rows = rowsInIdOrder(sampleIds).filter((row) => split[row] === "train");
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

/** Picks about a fraction of the rows; some of each tissue are left. */
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
  const byTissue = [...partition(rows, tissues)];
  const bounds = (units: number) => ({
    minimum: onBothSides && units > 1 ? 1 : 0,
    maximum: units - 1,
  });
  const groupRows = groups === undefined
    ? []
    : [...partition(rows, groups).values()];
  if (groupRows.length === 0 || groupRows.length === rows.length) {
    const quotas = drawQuotas(
      byTissue.map(([, { length }]) => ({ size: length, ...bounds(length) })),
      fraction,
      stream,
    );
    return byTissue.flatMap(([, members], index) =>
      stream.shuffle(members).slice(0, quotas[index])
    );
  }
  const indexOf = new Map(byTissue.map(([tissue], index) => [tissue, index]));
  const units: Group[] = groupRows.map((members) => ({
    counts: Array.from(
      partition(members, tissues),
      ([tissue, own]) => [indexOf.get(tissue)!, own.length],
    ),
  }));
  const groupsOf = new Int32Array(byTissue.length);
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

/** Notes which tissues are not on both sides and why. */
function describe(
  split: readonly Split[],
  tissues: readonly string[],
  groups: readonly string[] | undefined,
  { testFraction = 0.2, validationFraction = 0.1, tested }: SplitOptions,
): string[] {
  if (tested) return [];
  const notes: string[] = [];
  const all = Array.from(tissues.keys());
  for (const [tissue, members] of partition(all, tissues)) {
    const name = `Tissue ${quote(tissue)}`;
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
  const count = (part: Split) => split.filter((own) => own === part).length;
  const tests = count("test");
  noteFraction("test", tests, split.length, testFraction, notes);
  noteFraction(
    "validation",
    count("validation"),
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
  } else if (Math.abs(count / total - fraction) > TOLERANCE) {
    const percent = (share: number) => `${Number((100 * share).toFixed(1))} %`;
    notes.push(
      `The ${part} part is ${percent(count / total)} where ` +
        `${percent(fraction)} were asked for: no closer split was found that ` +
        "keeps groups whole and tissues on both sides",
    );
  }
}
