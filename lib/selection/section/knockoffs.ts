/** The part on genes beside their knockoffs. */

import { withCommas } from "../../cli/text.ts";
import { percent, significant } from "../../cli/numbers.ts";
import {
  code,
  escapeText,
  numberColumns,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import { knockoffs, type ShapSummary } from "../../shap/outputs.ts";

type Knockoffs = NonNullable<ShapSummary["knockoffs"]>;

/** What a knockoff cannot show. */
const SHARED =
  "A knockoff keeps what the gene shares with all others in a few factors. " +
  "Where a tissue is such a factor its genes are not told from their knockoffs";

/** Each tissue's threshold and list. */
export function knockoffPart({ fdr, tissues }: Knockoffs): string {
  return paragraphs(
    "### Genes and their knockoffs",
    "Every gene has a knockoff: its mean, its part in the factors that all " +
      "genes share, and new noise. The network saw both. A gene is listed " +
      "where its score exceeds that of its knockoff by the threshold, at " +
      "which the genes whose knockoff is better by as much, and one more, are " +
      `at most ${percent(fdr)} of those listed. That is the false discovery ` +
      "rate of each tissue's list, if a gene that tells nothing scores like " +
      "its knockoff; the set of all tissues has no such rate. " +
      `${SHARED}. All differences are in ${code(knockoffs.file)}.`,
    table(
      [
        { title: "tissue" },
        ...numberColumns("threshold", "genes listed", "knockoffs as far ahead"),
      ],
      tissues.map(({ tissue, threshold, listed, below }) => [
        escapeText(tissue),
        threshold === null ? "none" : significant(threshold),
        withCommas(listed),
        withCommas(below),
      ]),
    ),
  );
}

/** The sentence of the verdict. */
export function knockoffVerdict({ fdr, tissues }: Knockoffs): string {
  const listed = tissues.filter(({ threshold }) => threshold !== null).length;
  return `By knockoffs, ${withCommas(listed)} of ${
    withCommas(tissues.length)
  } tissues have genes at a false discovery rate of ${percent(fdr)}. ` +
    `${SHARED}.`;
}
