/** One fact beside its name, as every line of the doctor has it. */

import { COLUMNS, wrap } from "../cli/terminal.ts";

/** The column at which a fact stands. */
const FACT_COLUMN = 18;

/**
 * A fact beside its name. What is too long for a line goes on in the next one.
 *
 * @param name Empty for more about the fact before.
 */
export function fact(name: string, text: string): string {
  return wrap(text, COLUMNS - FACT_COLUMN).map((line, index) =>
    (index === 0 ? `  ${name}` : "").padEnd(FACT_COLUMN) + line
  ).join("\n");
}
