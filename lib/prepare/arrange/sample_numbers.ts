/** Finds numbers about the samples, such as the age, among the genes. */

import { quoteForShell } from "../../cli/shell.ts";
import { joinNames } from "../labels/named.ts";
import { isGeneId } from "./id_patterns.ts";
import { isSampleNumber } from "./usual_names.ts";
import { findDates } from "./spreadsheet_names.ts";

/** So many ids must have a look that only genes have to make others odd. */
const NEARLY_ALL = 0.8;
/** More ids that look otherwise are genes of another kind. */
const MOST_ODD = 10;
/** So many are written into the flag that leaves them out. */
const MOST_WRITTEN = 20;

/**
 * A note that names what may be no gene: what is called like a fact about
 * samples, and the few ids that look unlike all others.
 *
 * @param noun What holds the values of a gene.
 * @param ignored What the flag leaves out already.
 */
export function noteSampleNumbers(
  ids: readonly string[],
  noun: "column" | "row",
  ignored: readonly string[] = [],
): string[] {
  const unlike = ids.filter((id) => !isGeneId(id));
  const dates = new Set(findDates(ids));
  const odd = unlike.length <= MOST_ODD &&
      ids.length - unlike.length >= NEARLY_ALL * ids.length
    ? new Set(unlike.filter((id) => !dates.has(id)))
    : new Set<string>();
  const found = [
    ...new Set(unlike.filter((id) => isSampleNumber(id) || odd.has(id))),
  ];
  if (found.length === 0) return [];
  const one = found.length === 1;
  // A comma would be read as the end of a name.
  const written = found.filter((id) => !id.includes(",")).slice(
    0,
    MOST_WRITTEN,
  );
  return [
    `${noun === "row" ? "Row" : "Column"}${one ? "" : "s"} ${
      joinNames(found)
    } may be no gene${one ? "" : "s"} but ${one ? "is" : "are"} used as ${
      one ? "one" : "genes"
    }${
      written.length === 0
        ? ""
        : `; to leave ${one ? "it" : "them"} out: --ignore ${
          quoteForShell([...ignored, ...written].join(","))
        }`
    }`,
  ];
}
