/** Reads the tables of featureCounts (Subread). */

import { quote } from "../../cli/text.ts";
import type { RawAxis } from "../input/raw_matrix.ts";
import { readTextMatrix } from "../input/text_matrix.ts";
import { beginsWith, headerOf } from "./header_line.ts";
import type { Format } from "./format.ts";
import { FEATURE_COUNTS } from "./quantified/sample_kinds.ts";
import {
  distinctNames,
  lastPart,
  nameOfAlignment,
} from "./quantified/sample_names.ts";
import { withIds } from "./sample_axis.ts";

/** Columns that --extraAttributes adds. */
const ATTRIBUTE =
  /^(gene|transcript|exon|protein)_?(name|symbol|id|biotype|type|version|source)$|^(gene|product|description|symbol|name|biotype|note|locus_tag|db_xref)$/i;

/**
 * featureCounts: a comment with the command, a header, then one row per gene
 * with its place in the genome and its counts. A sample is named by its
 * alignment's file, without folder and ending. Genes are the rows.
 */
export const featureCounts: Format = {
  name: "feature-counts",
  title: "featureCounts",
  extensions: [],
  recognizes: (head) => beginsWith(headerOf(head), FEATURE_COUNTS),
  async read(source, options) {
    const matrix = await readTextMatrix(source, {
      format: "featureCounts",
      isLeftOut: (name, column) =>
        column < FEATURE_COUNTS.length && name === FEATURE_COUNTS[column],
      isText: (name) => ATTRIBUTE.test(name),
      hasComments: true,
      genesIn: "rows",
    }, options);
    const { columns, notes } = nameSamples(matrix.columns);
    return { ...matrix, columns, notes: [...matrix.notes, ...notes] };
  },
};

/** Names samples by their alignments, if all names stay different. */
function nameSamples(
  axis: RawAxis,
): { readonly columns: RawAxis; readonly notes: readonly string[] } {
  const names = distinctNames(
    axis.ids,
    nameOfAlignment,
    nameOfFolder,
    lastPart,
  );
  const renamed = names?.findIndex((name, index) => name !== axis.ids[index]);
  if (names === undefined || renamed === undefined || renamed < 0) {
    return { columns: axis, notes: [] };
  }
  const [name, path] = [names[renamed], axis.ids[renamed]];
  const file = lastPart(path);
  return {
    columns: withIds(axis, names),
    notes: [
      "The samples are named by their alignments, without folder and ending: " +
      `${quote(name)} for ${quote(file === name ? path : file)}`,
    ],
  };
}

/** The name of the folder that an alignment is in: `a` of `/d/a/x.bam`. */
function nameOfFolder(path: string): string {
  const file = lastPart(path);
  return file === path ? "" : lastPart(path.slice(0, -file.length - 1));
}
