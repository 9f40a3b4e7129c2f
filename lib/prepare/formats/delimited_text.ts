/** Reads CSV, TSV and any other delimited text, genes in columns or in rows. */

import { readTextMatrix } from "../input/text_matrix.ts";
import type { Format } from "./format.ts";

/**
 * Delimited text: a header, then one row per sample or per gene, each beginning
 * with its id. The delimiter is found from the content.
 */
export const delimitedText: Format = {
  name: "delimited-text",
  title: "csv, tsv or other delimited text",
  extensions: [".csv", ".tsv", ".txt", ".tab"],
  read: (source, options) => readTextMatrix(source, {}, options),
};
