/**
 * The file formats of expression matrices. A new format is a file beside this
 * one and a line in the list.
 */

import { plainName } from "../input/delimiter.ts";
import type { FileHead } from "../input/file_head.ts";
import { anndata } from "./anndata.ts";
import { delimitedText } from "./delimited_text.ts";
import { expressionAtlas } from "./expression_atlas.ts";
import { featureCounts } from "./feature_counts.ts";
import { foreignFormats } from "./foreign.ts";
import { gct } from "./gct.ts";
import type { Format } from "./format.ts";
import { matrixMarket } from "./matrix_market.ts";
import { parquet } from "./parquet.ts";
import { quantFolder } from "./quant_folder.ts";
import { tximport } from "./tximport.ts";

/**
 * All formats that are read, in the order in which their content is looked
 * for; the first one also reads files that nothing else is known of.
 */
export const formats: readonly Format[] = [
  delimitedText,
  gct,
  featureCounts,
  expressionAtlas,
  tximport,
  anndata,
  matrixMarket,
  parquet,
  quantFolder, // Takes every folder that no other format has taken.
];

/**
 * The format of a file or folder: the first whose content it has; else one of
 * those that are refused by name; else by the end of its name, of which a last
 * `.gz` does not count.
 *
 * @param known The formats to choose from; the first is the default.
 */
export function findFormat(
  head: FileHead,
  known: readonly Format[] = formats,
): Format {
  const recognized = [...known, ...foreignFormats]
    .find((format) => format.recognizes?.(head));
  if (recognized !== undefined) return recognized;
  const name = plainName(head.path);
  return known.find(({ extensions }) =>
    extensions.some((extension) => name.endsWith(extension))
  ) ?? known[0];
}
