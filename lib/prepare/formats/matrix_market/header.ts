/** The first lines of a MatrixMarket file: what it holds, and how much. */

import { quote, withCommas } from "../../../cli/text.ts";
import { unreadable } from "../../input/unreadable.ts";

export interface MatrixMarketHeader {
  /** Entries with their places, or all values column by column. */
  readonly layout: "coordinate" | "array";
  /** `pattern` has places only, which stand for 1. */
  readonly field: "real" | "pattern";
  /** What the file leaves out: the other triangle. */
  readonly symmetry: "general" | "symmetric" | "skew-symmetric";
}

const FIELDS: Readonly<Record<string, MatrixMarketHeader["field"]>> = {
  real: "real",
  double: "real",
  integer: "real",
  "unsigned-integer": "real",
  pattern: "pattern",
};

/**
 * Reads the line `%%MatrixMarket matrix coordinate real general`.
 *
 * @throws {InputError} If it is none, or of a kind that no expression has.
 */
export function parseHeader(path: string, line: string): MatrixMarketHeader {
  const [mark, object, layout, number, symmetry] = line.trim().toLowerCase()
    .split(/\s+/);
  if (mark !== "%%matrixmarket") {
    throw unreadable(
      path,
      `its first line is ${quote(line)} and should begin with %%MatrixMarket`,
    );
  }
  const field = FIELDS[number];
  if (
    object !== "matrix" || field === undefined ||
    (layout !== "coordinate" && layout !== "array") ||
    (layout === "array" && field === "pattern") ||
    (symmetry !== "general" && symmetry !== "symmetric" &&
      symmetry !== "skew-symmetric")
  ) {
    throw unreadable(
      path,
      `it holds ${quote(line.trim().slice("%%MatrixMarket ".length))} and ` +
        "should hold a matrix, coordinate or array, real, integer or pattern, " +
        "general or symmetric",
    );
  }
  return { layout, field, symmetry };
}

export interface MatrixMarketSize {
  readonly rows: number;
  readonly columns: number;
  /** Lines with a value that follow. */
  readonly entries: number;
}

/**
 * Reads the line `rows columns entries`, of an array `rows columns`.
 *
 * @throws {InputError} If it holds something else.
 */
export function parseSize(
  path: string,
  text: string,
  line: number,
  { layout, symmetry }: MatrixMarketHeader,
): MatrixMarketSize {
  const words = text.trim().split(/\s+/);
  const wanted = layout === "array" ? 2 : 3;
  if (
    words.length !== wanted ||
    !words.every((word) => /^\d{1,15}$/.test(word))
  ) {
    throw unreadable(
      path,
      `line ${line} is ${
        quote(text)
      } and should hold ${wanted} whole numbers: ` +
        `rows, columns${wanted === 3 ? ", entries" : ""}`,
    );
  }
  const [rows, columns, declared] = words.map(Number);
  if (symmetry !== "general" && rows !== columns) {
    throw unreadable(
      path,
      `it is ${symmetry} and ${withCommas(rows)} x ${
        withCommas(columns)
      }, and ` +
        "should have as many rows as columns",
    );
  }
  const triangle = symmetry === "symmetric"
    ? rows * (rows + 1) / 2
    : symmetry === "skew-symmetric"
    ? rows * (rows - 1) / 2
    : rows * columns;
  return { rows, columns, entries: declared ?? triangle };
}
