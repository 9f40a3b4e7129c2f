/** What a cell of a table says: a number, or why it is none. */

import type { FaultKind } from "./raw_matrix.ts";
import { isStorable } from "./value_faults.ts";

/** How missing values are written, in lower case. */
const MISSING = new Set([
  ..."na,nan,-nan,+nan,n/a,<na>,null,none,-,.".split(","),
  ..."#n/a,#div/0!,#ref!,#value!,#name?,#num!,#null!".split(","),
]);
const LONGEST_MISSING = 8;

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const INFINITE = /^[+-]?inf(inity)?$/i;
/** Between thousands: any blank, also one without a break, or an apostrophe. */
const MARK = "[\\s'\u2019\u02bc\u00b4`]";
const COMMA = new RegExp(
  `^[+-]?(\\d*|[1-9]\\d{0,2}(\\.\\d{3}|${MARK}\\d{3})+),\\d+(e[+-]?\\d+)?$`,
  "i",
);
const THOUSANDS = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/;
/** With marks that have no other meaning; a single point may be decimal. */
const GROUPED = new RegExp(
  `^[+-]?[1-9]\\d{0,2}((\\.\\d{3}){2,}|(${MARK}\\d{3})+(\\.\\d*)?)$`,
);

/** Why a cell holds no number; commas may have either meaning. */
export type CellFault = FaultKind | "comma";

/** Whether a text says that something is missing: empty, `NA`, `#N/A`. */
function saysMissing(text: string): boolean {
  return text === "" ||
    text.length <= LONGEST_MISSING && MISSING.has(text.toLowerCase());
}

/** Whether a text is a plain decimal number: `12`, `-.5`, `1e-7`. */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/**
 * Reads the text of a cell.
 *
 * @param text Without white space around it.
 * @returns The number, or why it is none. `comma` is a number in which commas
 * may stand between thousands (`1,234`) or for the decimal point, and
 * `decimal comma` one in which they must stand for it (`0,5`); `thousands` is a
 * number with blanks, apostrophes or several points (`1 234`, `1.234.567`).
 */
export function readCell(text: string): number | CellFault {
  if (saysMissing(text)) return "missing";
  if (isDecimal(text)) {
    const value = Number(text);
    return isStorable(value) ? value + 0 : "too large";
  }
  if (INFINITE.test(text)) return "infinite";
  if (THOUSANDS.test(text)) return "comma";
  if (COMMA.test(text)) return "decimal comma";
  if (GROUPED.test(text)) return "thousands";
  return "word";
}
