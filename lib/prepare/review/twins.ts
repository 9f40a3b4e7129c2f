/** Finds samples with equal values. */

import { countOf, quote, withCommas } from "../../cli/text.ts";
import { listFew } from "../labels/named.ts";
import { rowsInIdOrder } from "../order.ts";
import { emptySamples, type SampleValues } from "./empty_samples.ts";
import type { Revision } from "./revision.ts";

/** The bits of -0, which equals 0. */
const MINUS_ZERO = 0x8000_0000;

/**
 * The samples with equal values, in sets: each sample has the row of the first
 * of its set, which for most is its own. Samples are compared value by value
 * where their hashes are equal, so hashes decide nothing. A sample that holds
 * nothing has no twin.
 *
 * @param order The rows, in the order in which the first of a set is sought.
 */
export function findTwins(
  matrix: SampleValues,
  order: Iterable<number>,
): Int32Array<ArrayBuffer> {
  const { genes, values } = matrix;
  const count = genes.length;
  const isEmpty = emptySamples(matrix);
  const bits = new Uint32Array(
    values.buffer,
    values.byteOffset,
    values.length,
  );
  const firstOf = Int32Array.from(isEmpty.keys());
  const byHash = new Map<number, number[]>();
  for (const row of order) {
    if (isEmpty[row]) continue;
    const hash = hashOf(bits.subarray(row * count, (row + 1) * count));
    const firsts = byHash.get(hash);
    if (firsts === undefined) {
      byHash.set(hash, [row]);
      continue;
    }
    const twin = firsts.find((other) => areEqual(values, count, row, other));
    if (twin === undefined) firsts.push(row);
    else firstOf[row] = twin;
  }
  return firstOf;
}

/** 53 bits that mix all numbers, by multiplying and rotating as MurmurHash3. */
function hashOf(numbers: Uint32Array): number {
  let [low, high] = [0x2545f491, 0x1b873593];
  for (const number of numbers) {
    const own = number === MINUS_ZERO ? 0 : number;
    const mixed = Math.imul(rotate(Math.imul(own, 0xcc9e2d51), 15), 0x1b873593);
    low = Math.imul(rotate(low ^ mixed, 13), 5) + 0x6b64 | 0;
    high = Math.imul(rotate(high ^ own, 11), 0x85ebca6b) + low | 0;
  }
  return (low >>> 0) * 2 ** 21 + (high >>> 11);
}

function rotate(word: number, by: number): number {
  return word << by | word >>> 32 - by;
}

function areEqual(
  values: Float32Array,
  genes: number,
  row: number,
  other: number,
): boolean {
  for (let gene = 0; gene < genes; gene++) {
    if (values[row * genes + gene] !== values[other * genes + gene]) {
      return false;
    }
  }
  return true;
}

/** How many samples have equal values. */
export interface TwinCounts {
  /** Samples with a twin. */
  readonly samples: number;
  /** Sets of samples with equal values. */
  readonly sets: number;
  /** Samples in sets of more than one tissue. */
  readonly ofSeveralTissues: number;
}

/**
 * Notes samples with equal values and other tissues; of those with the same
 * tissue, leaves out all but the first by sample id, if asked to.
 *
 * @returns The set of equal samples that each is in, as `findTwins` does.
 */
export function handleTwins(
  revision: Revision,
  matrix: SampleValues,
  isDropped: boolean,
): Int32Array<ArrayBuffer> {
  const { sampleIds } = matrix;
  const { tissues } = revision;
  const kept = new Set(revision.kept);
  const order = rowsInIdOrder(sampleIds).filter((row) => kept.has(row));
  const firstOf = findTwins(matrix, order);
  if (isDropped) {
    const seen = new Set<string>();
    const later = new Set<number>();
    for (const row of order) {
      const key = `${firstOf[row]}\0${tissues[row]}`;
      if (seen.has(key)) later.add(row);
      seen.add(key);
    }
    revision.drop("drop-twins", (row) => later.has(row));
    if (later.size > 0) {
      revision.notes.push(
        `--drop-twins left out ${countOf(later.size, "sample")} of ` +
          `${withCommas(order.length)} that ${
            later.size === 1 ? "has" : "have"
          } the values of another sample of the same tissue`,
      );
    }
  }
  const staying = new Set(revision.kept);
  const rows = order.filter((row) => staying.has(row));
  const mixed = twinSets(firstOf, rows).filter((own) =>
    haveSeveral(own, tissues)
  );
  revision.notes.push(...noteMixed(mixed, sampleIds, tissues));
  return firstOf;
}

/**
 * Counts the samples with equal values.
 *
 * @param firstOf The set that each sample is in.
 */
export function countTwins(
  firstOf: ArrayLike<number>,
  tissues: readonly string[],
): TwinCounts {
  const sets = twinSets(firstOf, [...tissues.keys()]);
  const count = (sets: readonly (readonly number[])[]) =>
    sets.reduce((sum, { length }) => sum + length, 0);
  return {
    samples: count(sets),
    sets: sets.length,
    ofSeveralTissues: count(sets.filter((own) => haveSeveral(own, tissues))),
  };
}

/** The sets of two or more of these samples. */
function twinSets(
  firstOf: ArrayLike<number>,
  rows: readonly number[],
): number[][] {
  return [...Map.groupBy(rows, (row) => firstOf[row]).values()]
    .filter(({ length }) => length > 1);
}

function haveSeveral(
  rows: readonly number[],
  tissues: readonly string[],
): boolean {
  return rows.some((row) => tissues[row] !== tissues[rows[0]]);
}

function noteMixed(
  mixed: readonly (readonly number[])[],
  sampleIds: readonly string[],
  tissues: readonly string[],
): string[] {
  if (mixed.length === 0) return [];
  const samples = mixed.reduce((sum, { length }) => sum + length, 0);
  const pairs = mixed.map((rows) => {
    const other = rows.find((row) => tissues[row] !== tissues[rows[0]])!;
    return [rows[0], other]
      .map((row) => `${quote(sampleIds[row])} of ${quote(tissues[row])}`)
      .join(" and ");
  });
  return [
    `${countOf(samples, "sample")} have the same values and different ` +
    `tissues, so some tissues may be wrong: ${listFew(pairs, 3)}`,
  ];
}
