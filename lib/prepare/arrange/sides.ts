/** The two sides of a matrix, once it is known which has the genes. */

import { quote, withCommas } from "../../cli/text.ts";
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

/**
 * Names in a sentence: `'a', 'b' and 'c'`, or `'a', 'b', 'c' and 4 more`.
 *
 * @param most So many are named.
 */
export function listNames(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).map(quote);
  if (names.length > most) {
    return `${shown.join(", ")} and ${withCommas(names.length - most)} more`;
  }
  const last = shown.pop() ?? "";
  return shown.length === 0 ? last : `${shown.join(", ")} and ${last}`;
}
