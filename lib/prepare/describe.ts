/** How values were recognized, normalized, filtered and split, in words. */

import { percent, significant } from "../cli/numbers.ts";
import { countOf, withCommas } from "../cli/text.ts";
import type { Row } from "../store/fields.ts";
import type { preprocessing } from "./outputs.ts";
import { ENOUGH_TESTED } from "./split/sample_split.ts";

/** What `prepare/preprocessing.json` holds. */
export type Preprocessing = Row<typeof preprocessing.fields>;

/** What the values look like and why. */
export function formatValues(found: Preprocessing): string {
  const { values, whole_share, largest_value, library_size } = found;
  const range = `from ${significant(found.smallest_value)} to ${
    significant(largest_value)
  }`;
  const figures = `(${percent(whole_share)} of those above 0 are whole ` +
    `numbers; sums per sample ${
      formatRange(library_size.min, library_size.max)
    })`;
  switch (values) {
    case "counts":
      return `The values look like counts ${figures}`;
    case "per million":
      return "The values look like TPM or CPM (each sample adds up to a " +
        "million)";
    case "logarithms":
      return found.negative_values > 0
        ? `The values look like logarithms (${range})`
        : `The values look like logarithms (the largest is ${
          significant(largest_value)
        })`;
    case "scaled":
      return `The values look like z-scores or other scaled values (${range}, ` +
        "centered at 0)";
    default:
      if (found.negative_values > 0) {
        return `The values look corrected (${range}, ` +
          `${withCommas(found.negative_values)} of them negative)`;
      }
      return `The values look like FPKM, RPKM or the like ${figures}`;
  }
}

/** What was done about the library sizes. */
export function formatNormalization({ normalization }: Preprocessing): string {
  switch (normalization) {
    case "cpm":
      return "divided by the library size (CPM)";
    case "tmm":
      return "divided by the effective library size (TMM)";
    default:
      return "not normalized for library size";
  }
}

/** Which genes were left out. */
export function formatFilter(found: Preprocessing): string {
  const { genes_filtered, genes_in_matrix, min_expression } = found;
  if (min_expression === 0) return "no genes were filtered out";
  const threshold = `with ${formatThreshold(found)} or more`;
  const one = found.min_samples === 1;
  const rule = one
    ? `no sample ${threshold}`
    : `fewer than ${countOf(found.min_samples, "sample")} ${threshold}`;
  return genes_filtered === 0
    ? one ? `every gene has a sample ${threshold}` : `no gene has ${rule}`
    : `${withCommas(genes_filtered)} of ${
      countOf(genes_in_matrix, "gene")
    } left out: ${rule}`;
}

/** The threshold of the filter with its unit. */
function formatThreshold(
  { min_expression, normalization, values }: Preprocessing,
): string {
  const unit = normalization !== "none"
    ? " CPM"
    : values === "counts"
    ? " counts"
    : "";
  const number = min_expression >= 1000
    ? withCommas(min_expression)
    : Number(min_expression.toPrecision(3));
  return `${unit === "" ? "a value of " : ""}${number}${unit}`;
}

/**
 * Why there is a single test part, or folds.
 *
 * @param folds Their number.
 * @param show Makes a tissue's name fit the text around.
 * @returns Empty if their number was given.
 */
export function formatFoldsReason(
  { fewest_tested }: Preprocessing,
  folds: number,
  show: (name: string) => string,
): string {
  if (fewest_tested === null) return "";
  const { tissue, test_samples } = fewest_tested;
  return folds === 1
    ? `one test part, because it has ${ENOUGH_TESTED} or more samples of ` +
      "each tissue that can be tested"
    : `${folds} folds, because a single test part would have only ${
      countOf(test_samples, "sample")
    } of tissue ${show(tissue)} (fewer than ${ENOUGH_TESTED})`;
}

/** Two sizes as `20.1 to 162 million`. */
function formatRange(least: number, most: number): string {
  const inMillions = (size: number) => significant(size / 1e6);
  return least >= 1e6
    ? `${inMillions(least)} to ${inMillions(most)} million`
    : `${formatSize(least)} to ${formatSize(most)}`;
}

function formatSize(size: number): string {
  if (size >= 1e6) return `${significant(size / 1e6)} million`;
  return size >= 100 ? withCommas(size) : significant(size);
}
