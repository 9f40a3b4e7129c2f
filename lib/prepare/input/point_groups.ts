/** Tells points between thousands (`1.234` is 1234) from decimal points. */

import { Role } from "./column_roles.ts";
import type { SampleRow } from "./table_sample.ts";

/** How a number is written. */
export const Shape = {
  /** No number, or 0. */
  none: 0,
  /** A whole number from 1 to 999. */
  short: 1,
  /** A longer whole number. */
  long: 2,
  /** `1.234`, with digits in groups of three. */
  grouped: 3,
  /** The same, and the last digit is 0: `1.230`. */
  groupedTen: 4,
  /** Any other: `0.123`, `12.5`, `-1.234`, `1e5`. */
  other: 5,
} as const;

const WHOLE = /^[1-9]\d*$/;
const GROUPED = /^[1-9]\d{0,2}(\.\d{3})+$/;
const LONGEST_SHORT = 3;

/** Fewer numbers in groups prove nothing. */
const LEAST_GROUPED = 20;

/** How the number in a cell is written. */
export function shapeOf(text: string): number {
  if (text === "0") return Shape.none;
  if (WHOLE.test(text)) {
    return text.length <= LONGEST_SHORT ? Shape.short : Shape.long;
  }
  if (!GROUPED.test(text)) return Shape.other;
  return text.endsWith("0") ? Shape.groupedTen : Shape.grouped;
}

/** Whether digits with points stand in groups of three: `1.234`. */
export function isGrouped(text: string): boolean {
  return GROUPED.test(text);
}

/**
 * Whether the points in the first rows stand between thousands. Columns with
 * whole numbers below 1000 and with `1.230`, but none of the form `1.23` or
 * `1230`, are of no other origin: decimals of a fixed number would also be in
 * the whole numbers (`12.000`), and others do not end in 0. One number in any
 * column that has another form speaks against it.
 *
 * @param roles What each column holds; only numbers are looked at.
 */
export function havePointGroups(
  rows: readonly SampleRow[],
  roles: Uint8Array,
): boolean {
  let [grouped, tens] = [0, 0];
  for (let column = 1; column < roles.length; column++) {
    if (roles[column] !== Role.number) continue;
    const counts = new Uint32Array(Shape.other + 1);
    for (const { shapes } of rows) counts[shapes[column] ?? Shape.none]++;
    const here = counts[Shape.grouped] + counts[Shape.groupedTen];
    if (counts[Shape.other] > 0) return false;
    if (here === 0) continue;
    if (counts[Shape.long] > 0) return false;
    if (counts[Shape.short] === 0) continue;
    grouped += here;
    tens += counts[Shape.groupedTen];
  }
  return grouped >= LEAST_GROUPED && tens > 0;
}
