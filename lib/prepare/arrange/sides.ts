/** The two sides of a matrix, once it is known which has the genes. */

import type { RawAxis, RawMatrix } from "../input/raw_matrix.ts";

/** The sides of a matrix by what is on them. */
export interface Sides {
  readonly genesIn: "rows" | "columns";
  readonly samples: RawAxis;
  readonly genes: RawAxis;
  /** What a text about each sample is to the user: a column, or a row. */
  readonly factNoun: "column" | "row";
  /** What the values of one gene are to the user. */
  readonly geneNoun: "column" | "row";
}

/** Which side is which. */
export function sidesOf(
  { rows, columns }: Pick<RawMatrix, "rows" | "columns">,
  genesIn: "rows" | "columns",
): Sides {
  return genesIn === "rows"
    ? {
      genesIn,
      samples: columns,
      genes: rows,
      factNoun: "row",
      geneNoun: "row",
    }
    : {
      genesIn,
      samples: rows,
      genes: columns,
      factNoun: "column",
      geneNoun: "column",
    };
}
