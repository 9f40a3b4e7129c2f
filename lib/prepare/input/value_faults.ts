/** Which expression values are accepted, and what is wrong with the others. */

import { type Remedy, rerun } from "../../cli/errors.ts";
import { countOf, quote } from "../../cli/text.ts";
import type { FaultKind } from "./raw_matrix.ts";

/** The largest value that a float32 holds. */
const FLOAT32_MAX = 3.4028234663852886e38;

/** Whether a value is not NaN and fits a float32. */
export function isStorable(value: number): boolean {
  return value <= FLOAT32_MAX && value >= -FLOAT32_MAX;
}

/** The values of a matrix that are no numbers for one reason. */
export interface FaultSummary {
  readonly kind: FaultKind;
  /** How many they are, and in how many samples and genes. */
  readonly values: number;
  readonly samples: number;
  readonly genes: number;
  /** The first of them, as the file has it. */
  readonly text: string;
  /** Its sample and its gene. */
  readonly sample: string;
  readonly gene: string;
  /** Where it stands: `line 3, column 5 of the header`. */
  readonly where?: string;
}

const REASONS: Record<FaultKind, readonly [is: string, are: string]> = {
  missing: ["is missing", "are missing"],
  infinite: ["is infinite", "are infinite"],
  "too large": [
    "is too large for a float32 (more than 3.4e38)",
    "are too large for a float32 (more than 3.4e38)",
  ],
  "decimal comma": [
    "has a comma where the decimal point should be",
    "have commas where decimal points should be",
  ],
  thousands: [
    "has MARKS between the thousands and should have none",
    "have MARKS between the thousands and should have none",
  ],
  word: ["is no number", "are no numbers"],
};

const REMEDIES: Record<FaultKind, Remedy> = {
  missing: rerun("prepare", { missing: "drop-genes" }),
  infinite:
    "Correct them where the table is made, or write NA in their place " +
    "and give --missing drop-genes",
  "too large":
    "Give expression values as FPKM, RPKM, TPM, counts or their logarithms",
  "decimal comma":
    'Write the table again with points: in R with write.csv or dec = "."; in ' +
    "a spreadsheet, set the decimal separator to the point first",
  thousands:
    "Write the table again without them: in a spreadsheet, set the cells' " +
    "format to plain numbers; in R, leave out big.mark",
  word: "Correct them, or leave out columns that hold no gene and no sample " +
    "with --ignore COLUMN",
};

/**
 * Says what is wrong with all values of one kind, in one line.
 *
 * @returns What is wrong, to follow `Cannot read FILE: `, and the remedy.
 */
export function describeFaults(
  { kind, values, samples, genes, text, sample, gene, where }: FaultSummary,
): readonly [what: string, remedy: Remedy] {
  const [is, are] = REASONS[kind].map((reason) =>
    reason.replace("MARKS", marksIn(text))
  );
  const shown = text === "" ? "empty" : quote(text);
  const place = `sample ${quote(sample)}, gene ${quote(gene)}` +
    (where === undefined ? "" : ` (${where})`);
  const what = values === 1
    ? `1 value ${is}: ${shown} in ${place}`
    : `${countOf(values, "value")} of ${countOf(samples, "sample")} and ` +
      `${countOf(genes, "gene")} ${are}; the first (${shown}) is that of ` +
      place;
  return [what, REMEDIES[kind]];
}

/** What stands between the digits of a number, in words. */
function marksIn(text: string): string {
  const mark = /\d(\D)/.exec(text)?.[1] ?? ",";
  if (mark === ",") return "commas";
  if (mark === ".") return "points";
  return mark.trim() === "" ? "blanks" : "apostrophes";
}
