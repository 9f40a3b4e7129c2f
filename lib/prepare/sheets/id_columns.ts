/** Which column of a sample sheet has the ids, from its name and content. */

import { plainTitle } from "../arrange/usual_names.ts";

/** What such columns are called, letters and digits only, the surest first. */
const NAMES = [
  "sampleid",
  "sample",
  "samples",
  "samplename",
  "sampid",
  "run",
  "runaccession",
  "geoaccession",
  "samplegeoaccession",
  "barcode",
  "id",
  "ids",
  "name",
  "filename",
  "file",
  "rownames",
];

/** How likely a column of that name has the ids: 0 is the surest. */
export function rankName(name: string): number {
  const rank = NAMES.indexOf(plainTitle(name));
  return rank < 0 ? NAMES.length : rank;
}

/** Whether a column is called as columns of ids are. */
export function isIdName(name: string): boolean {
  return rankName(name) < NAMES.length;
}

/** The names of a header, `column 3` where it has none. */
export function nameColumns(header: readonly string[]): string[] {
  return header.map((name, index) =>
    name === "" ? `column ${index + 1}` : name
  );
}

/** What a column has in common with one side of a matrix. */
export interface ColumnScore {
  readonly column: number;
  readonly name: string;
  readonly side: "rows" | "columns";
  /** Ids of that side that the column has, however written. */
  readonly alike: number;
  /** Those that it writes the same. */
  readonly equal: number;
  /** `alike` as a share of the ids of that side. */
  readonly share: number;
}

/**
 * The column of ids: the one with the most ids of the matrix; of equal ones
 * that with more equal ids, then the one called so, then the first.
 */
export function bestColumn<Score extends ColumnScore>(
  scores: readonly Score[],
): Score | undefined {
  return scores.filter(({ alike }) => alike > 0).sort((one, other) =>
    other.alike - one.alike ||
    other.equal - one.equal ||
    rankName(one.name) - rankName(other.name) ||
    one.column - other.column ||
    other.share - one.share ||
    (one.side === "rows" ? -1 : 1)
  )[0];
}
