/** What was found in the input, in lines. */

import type { Values } from "../cli/parameters.ts";
import { countOf, quote, withCommas } from "../cli/text.ts";
import {
  formatFilter,
  formatFoldsReason,
  formatNormalization,
  formatValues,
} from "../prepare/describe.ts";
import type { prepareParameters } from "../prepare/parameters.ts";
import type { DescribedInput } from "./describe_input.ts";
import { fact } from "./fact.ts";

/** One fact a line. */
export function formatInput(
  found: DescribedInput,
  { input }: Pick<Values<typeof prepareParameters>, "input">,
): string[] {
  const { dataset, read, preprocessing, parts, isGrouped, notes } = found;
  const folds = parts.folds.length;
  const groups = new Set(dataset.groups).size;
  return [
    fact("file", input),
    ...formatReading(found.reading),
    fact("samples", withCommas(read.samples)),
    fact("genes", withCommas(read.genes)),
    ...formatTissues(dataset.tissues),
    ...isGrouped ? [fact("groups", `${withCommas(groups)}, kept whole`)] : [],
    fact("values", formatValues(preprocessing)),
    fact("normalization", formatNormalization(preprocessing)),
    fact("filter", formatFilter(preprocessing)),
    fact("genes left", withCommas(dataset.genes.length)),
    fact("decoys", withCommas(found.matrix.decoys.length)),
    fact(
      "split",
      formatFoldsReason(preprocessing, folds, quote) ||
        `${countOf(folds, "test part")}, as asked for`,
    ),
    ...notes.map((note) => fact("note", note)),
  ];
}

/** How the file was understood, if the reader tells. */
function formatReading(reading: DescribedInput["reading"]): string[] {
  if (reading === undefined) return [];
  const { format, genesIn, orientationReason, label, labelFrom } = reading;
  return [
    fact("format", format),
    fact("orientation", `genes in ${genesIn}, ${orientationReason}`),
    fact("label", `${quote(label)} of the ${labelFrom}`),
  ];
}

/** How many tissues there are, and the smallest and the largest. */
function formatTissues(tissues: readonly string[]): string[] {
  const sizes = [...Map.groupBy(tissues, (tissue) => tissue)]
    .map(([tissue, { length }]) => ({ tissue, length }))
    .sort((a, b) => a.length - b.length || (a.tissue < b.tissue ? -1 : 1));
  const describe = ({ tissue, length }: typeof sizes[number]) =>
    `${quote(tissue)} with ${countOf(length, "sample")}`;
  return [
    fact("tissues", withCommas(sizes.length)),
    fact("smallest", describe(sizes[0])),
    fact("largest", describe(sizes[sizes.length - 1])),
  ];
}
