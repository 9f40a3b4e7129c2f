/** Splits the samples once into training, validation and test. */

import { quote } from "../../cli/text.ts";
import { RandomStream } from "../../random.ts";
import { partition, rowsInIdOrder } from "../order.ts";
import type { Split } from "../outputs.ts";
import {
  checkColumns,
  noteSingles,
  type SampleColumns,
  type SingleTissue,
  TOLERANCE,
  wholeGroups,
} from "./columns.ts";
import { pickGroups } from "./group_split.ts";
import { drawQuotas } from "./quota_split.ts";

/** What is split, and how. */
export interface SplitOptions extends SampleColumns {
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
 * @param options The order of the samples does not matter.
 * @throws {RangeError} If the columns differ in length.
 */
export function splitSamples(options: SplitOptions): SplitResult {
  const { sampleIds, tested, seed } = options;
  const { testFraction = 0.2, validationFraction = 0.1 } = options;
  checkColumns(options);
  const stream = new RandomStream(seed);
  const split = sampleIds.map((_, row): Split =>
    tested?.[row] ? "test" : "train"
  );
  const order = rowsInIdOrder(sampleIds);
  const assign = (part: Split, fraction: number, minimum: number) => {
    if (!(fraction > 0)) return;
    const rows = order.filter((row) => split[row] === "train");
    for (const row of pick(rows, options, minimum, fraction, stream)) {
      split[row] = part;
    }
  };
  if (tested === undefined) assign("test", testFraction, 1);
  assign("validation", validationFraction, 0);
  if (tested !== undefined) return { split, notes: [] };
  const notes = noteTissues(split, options);
  const rest = split.filter((part) => part !== "test");
  notes.push(
    ...noteFraction("test", split, testFraction),
    ...noteFraction("validation", rest, validationFraction),
  );
  return { split, notes };
}

/** Picks about a fraction of the rows, but `minimum` of each tissue or more. */
function pick(
  rows: readonly number[],
  columns: SampleColumns,
  minimum: number,
  fraction: number,
  stream: RandomStream,
): number[] {
  const groups = wholeGroups(rows, columns);
  if (groups.length > 0) {
    return pickGroups(groups, minimum, fraction, stream)
      .flatMap(({ rows }) => rows);
  }
  const byTissue = [...partition(rows, columns.tissues).values()];
  const sizes = byTissue.map(({ length }) => length);
  const quotas = drawQuotas(sizes, minimum, fraction, stream);
  return byTissue.flatMap((members, index) =>
    stream.shuffle(members).slice(0, quotas[index])
  );
}

/** Notes which tissues are not on both sides and why. */
function noteTissues(split: readonly Split[], columns: SampleColumns) {
  const { sampleIds, tissues, groups = sampleIds } = columns;
  const notes: string[] = [];
  const singles: SingleTissue[] = [];
  for (const [tissue, rows] of partition([...tissues.keys()], tissues)) {
    const parts = new Set(rows.map((row) => split[row]));
    if (parts.has("test") && parts.has("train")) continue;
    const units = new Set(rows.map((row) => groups[row])).size;
    if (units === 1) {
      singles.push({ tissue, rows });
      continue;
    }
    const missing = parts.has("test") ? "training" : "test";
    notes.push(
      `Tissue ${quote(tissue)} has ${units} groups, but no split was ` +
        "found that keeps groups whole and every tissue on both sides: it " +
        `has no ${missing} sample`,
    );
  }
  return [...noteSingles(singles, columns, "the training part"), ...notes];
}

/** Notes that a part is empty or far from its fraction of the samples. */
function noteFraction(
  part: Split,
  samples: readonly Split[],
  fraction: number,
): string[] {
  const count = samples.filter((own) => own === part).length;
  if (fraction > 0 && count === 0) {
    return [`The ${part} part is empty: no sample could be spared for it`];
  }
  const found = count / samples.length;
  if (!(Math.abs(found - fraction) > TOLERANCE)) return [];
  const percent = (share: number) => `${Number((100 * share).toFixed(1))} %`;
  return [
    `The ${part} part is ${percent(found)} where ` +
    `${percent(fraction)} were asked for: no closer split was found that ` +
    "keeps groups whole and tissues on both sides",
  ];
}
