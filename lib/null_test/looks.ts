/** The p of a gene set at the looks of a test, and whether it goes on. */

import { holm } from "../statistics/adjust_p.ts";
import { clopperPearson } from "../statistics/binomial.ts";
import { goesOn, type Looks, pOfLook } from "../statistics/interim_look.ts";
import { minP } from "../statistics/min_p.ts";
import { hitsToStop, sequentialP } from "../statistics/sequential_p.ts";
import { mainMeasure, type Measure } from "./measures.ts";

/**
 * The looks of a measure: only AMI, which the result is read from, goes on past
 * the first, as more random sets take long.
 */
export function looksOf(measure: Measure, looks: Looks): Looks {
  return measure === mainMeasure ? looks : { ...looks, last: looks.first };
}

/** The p of a set in one space, and what it rests on. */
export interface SpaceP {
  readonly p: number;
  /** Random sets that p counts, from the first on. */
  readonly counted: number;
  /** Of them, those that score as high. */
  readonly hits: number;
  /** Adjusted for the spaces, with its exact 95 % interval. */
  readonly adjusted: number;
  readonly low: number;
  readonly high: number;
  /** Whether its count, or that of its adjusted p, is to go on. */
  readonly isOpen: boolean;
}

/** A count of hits that ended at a look. */
interface Counted {
  readonly hits: number;
  readonly values: number;
}

/**
 * Tests a set in every space.
 *
 * @param values Its score in each space.
 * @param nulls For each space the scores of the random sets, in their order: all
 * up to a look, or fewer where all counts have stopped.
 * @param looks Where counts end. Each count, that of p and that of the adjusted
 * p, ends at the first look if it is clear there, whatever the others do, so
 * that its p depends on nothing but its own values.
 */
export function testSpaces(
  values: readonly number[],
  nulls: readonly (readonly number[])[],
  looks: Looks,
): SpaceP[] {
  const { first } = looks;
  const atFirst = nulls.map((own) => own.slice(0, first));
  const hasMore = nulls[0].length > first;
  const counts = values.map((value, index) => {
    const own = sequentialP(atFirst[index], value, hitsToStop(first));
    if (own.stopped || own.counted < first || !goesOn(own.hits, looks)) {
      return { ...own, values: own.counted, isOpen: false };
    }
    const all = sequentialP(nulls[index], value, Infinity);
    return { ...all, values: all.counted, isOpen: !hasMore };
  });
  const p = counts.map((own) => own.stopped ? own.p : pOf(own, looks));
  const scored = atFirst[0].length;
  if (scored < first && counts.every(({ stopped }) => stopped)) {
    // Every p is 0.1 or more, and Holm's bound on them is enough: whatever it
    // says, no test at a smaller level depends on it.
    const bounds = holm(p);
    return counts.map(({ hits, counted, low }, index) => ({
      p: p[index],
      counted,
      hits,
      adjusted: bounds[index],
      low,
      high: 1,
      isOpen: false,
    }));
  }
  const early = minP(values, atFirst).hits;
  const late = hasMore ? minP(values, nulls).hits : early;
  return counts.map(({ hits, counted, isOpen }, index) => {
    const isUnclear = goesOn(early[index], looks);
    const joint = isUnclear && hasMore
      ? { hits: late[index], values: nulls[index].length }
      : { hits: early[index], values: scored };
    const { low, high } = clopperPearson(joint.hits, joint.values);
    return {
      p: p[index],
      counted,
      hits,
      // A stopped count may be a little above the count of all sets.
      adjusted: Math.max(pOf(joint, looks), p[index]),
      low,
      high,
      isOpen: isOpen || (isUnclear && !hasMore),
    };
  });
}

/** The p of a count; of one that has not ended, as if it ended here. */
function pOf({ hits, values }: Counted, looks: Looks): number {
  const hasEnded = values === looks.last ||
    (values === looks.first && !goesOn(hits, looks));
  return hasEnded ? pOfLook(hits, values, looks) : (1 + hits) / (1 + values);
}
