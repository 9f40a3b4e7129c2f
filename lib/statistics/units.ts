/** The independent units among samples. */

/**
 * Samples of a group are one unit; a sample without a group is one of its own.
 *
 * @param groups The group of each sample, empty text for none.
 * @returns The unit of each sample, from 0, in the order of first samples.
 *
 * @example
 * ```ts
 * import { unitsOf } from "./units.ts";
 * console.assert(unitsOf(["a", "", "a", ""]).join() === "0,1,0,2");
 * ```
 */
export function unitsOf(groups: readonly string[]): Int32Array {
  const known = new Map<string, number>();
  let units = 0;
  return Int32Array.from(groups, (group) => {
    if (group === "") return units++;
    const unit = known.get(group) ?? units++;
    known.set(group, unit);
    return unit;
  });
}

/**
 * How many units there are, numbered from 0.
 *
 * @example
 * ```ts
 * import { countUnits } from "./units.ts";
 * console.assert(countUnits([0, 1, 0, 2]) === 3);
 * ```
 */
export function countUnits(units: ArrayLike<number>): number {
  let count = 0;
  for (let at = 0; at < units.length; at++) {
    count = Math.max(count, units[at] + 1);
  }
  return count;
}

/** The samples of each unit, in their order. */
export function membersOf(units: ArrayLike<number>): number[][] {
  const members = Array.from(
    { length: countUnits(units) },
    (): number[] => [],
  );
  for (let at = 0; at < units.length; at++) members[units[at]].push(at);
  return members;
}
