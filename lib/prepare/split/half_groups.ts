/** Divides whole groups of samples into two halves, each tissue as well as all. */

import type { RandomStream } from "../../random.ts";

/** So many samples of a tissue are taken at least, if it has them. */
export const LEAST_SAMPLES = 2;

/** A group's samples by tissue. */
type Counts = ReadonlyMap<string, number>;

/**
 * Draws groups that hold about half of each tissue's samples.
 *
 * One group after the other, in random order, goes to the side that makes the
 * tissues more even, and to either if both do (minimization, as in clinical
 * trials: Pocock and Simon, Biometrics 31, 1975). Both sides are treated alike,
 * so that each group is in half of all halves, also a large one; a search for
 * the most even halves would find the same few again and again.
 *
 * Then the half is completed: the only group of a tissue is always in it, and
 * groups are added until it has two samples of each tissue that has two.
 *
 * @param units The groups' rows, in an order that the caller fixes.
 * @returns The rows of the groups drawn.
 */
export function drawHalfOfGroups(
  tissues: readonly string[],
  units: readonly (readonly number[])[],
  stream: RandomStream,
): number[] {
  const countsOf = units.map((rows) => countTissues(tissues, rows));
  const total = new Balance();
  const unitsOf = new Balance();
  for (const counts of countsOf) {
    total.add(counts, 1);
    for (const tissue of counts.keys()) unitsOf.add(new Map([[tissue, 1]]), 1);
  }
  const isForced = countsOf.map((counts) =>
    [...counts.keys()].some((tissue) => unitsOf.get(tissue) === 1)
  );

  // Samples of the tissue in the half less those that are not.
  const surplus = new Balance();
  const isDrawn = units.map(() => false);
  const place = (unit: number, drawn: boolean) => {
    isDrawn[unit] = drawn;
    surplus.add(countsOf[unit], drawn ? 1 : -1);
  };
  const excess = (unit: number) => {
    let sum = 0;
    for (const [tissue, count] of countsOf[unit]) {
      sum += count * surplus.get(tissue) / total.get(tissue);
    }
    return sum;
  };
  units.forEach((_, unit) => isForced[unit] && place(unit, true));
  const order = stream.shuffle([...units.keys()])
    .filter((unit) => !isForced[unit]);
  for (const unit of order) {
    const side = stream.uniform() < 0.5;
    const tooMany = excess(unit);
    place(unit, tooMany === 0 ? side : tooMany < 0);
  }

  for (const tissue of total.tissues()) {
    const all = total.get(tissue);
    const least = Math.min(LEAST_SAMPLES, all);
    while ((all + surplus.get(tissue)) / 2 < least) {
      const added = order
        .filter((unit) => !isDrawn[unit] && countsOf[unit].has(tissue))
        .reduce((best, unit) => excess(unit) < excess(best) ? unit : best);
      // It moves from one side to the other.
      surplus.add(countsOf[added], 1);
      place(added, true);
    }
  }
  return units.flatMap((rows, unit) => isDrawn[unit] ? rows : []);
}

function countTissues(
  tissues: readonly string[],
  rows: readonly number[],
): Counts {
  const counts = new Balance();
  for (const row of rows) counts.add(new Map([[tissues[row], 1]]), 1);
  return counts.counts;
}

/** Numbers by tissue, 0 at first. */
class Balance {
  readonly counts = new Map<string, number>();

  get(tissue: string): number {
    return this.counts.get(tissue) ?? 0;
  }

  add(counts: Counts, sign: number): void {
    for (const [tissue, count] of counts) {
      this.counts.set(tissue, this.get(tissue) + sign * count);
    }
  }

  /** In the order in which they were added. */
  tissues(): string[] {
    return [...this.counts.keys()];
  }
}
