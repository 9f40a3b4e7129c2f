/** The rows of a table that have too many or too few cells. */

import { countOf, quote, withCommas } from "../../cli/text.ts";
import { unreadable } from "./unreadable.ts";

/** Rows that the message names. */
const NAMED = 3;
/** With so many times as many cells, decimal commas cut numbers in two. */
const DECIMALS = 1.5;

/** Counts them, and remembers the first. */
export class WrongRows {
  count = 0;
  readonly #first: string[] = [];
  readonly #widths = new Set<number>();

  /**
   * @param path The file, for messages.
   * @param width The cells that a row should have.
   */
  constructor(readonly path: string, readonly width: number) {}

  add(id: string, line: number, cells: number): void {
    this.count++;
    if (this.#widths.size < 2) this.#widths.add(cells);
    if (this.#first.length < NAMED) {
      this.#first.push(
        `line ${line} (${quote(id)}) has ${withCommas(cells)}`,
      );
    }
  }

  /**
   * Refuses the table if there are such rows.
   *
   * @param rows All rows of the table.
   */
  refuse(rows: number): void {
    const { count, width } = this;
    if (count === 0) return;
    const which = count === rows && rows > 1
      ? `all ${countOf(rows, "row")}`
      : `${withCommas(count)} of ${countOf(rows, "row")}`;
    const list = this.#first.join(", ");
    const more = count > NAMED ? " …" : "";
    throw unreadable(
      this.path,
      `${which} ${count === 1 ? "has" : "have"} another number of cells than ` +
        `the header, which has ${withCommas(width)}: ${list}${more}`,
      count === rows && this.#widths.size === 1
        ? [...this.#widths][0] > DECIMALS * width
          ? "If commas stand between the cells and for decimal points, write " +
            "the table again with points"
          : "Give each column one name in the header"
        : "Correct these lines: they may be cut off, or a text in them may " +
          "need quotes around it",
    );
  }
}
