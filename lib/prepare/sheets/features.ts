/** Reads the user's table of genes: their names and descriptions. */

import { bareName } from "../../cli/input_files.ts";
import { countOf, escapeControls, quote } from "../../cli/text.ts";
import type { GeneFacts } from "../input/expression_matrix.ts";
import {
  readSmallTable,
  refuseTable,
  type TablePurpose,
} from "../input/small_table.ts";
import { isMissingLabel } from "../labels/label_key.ts";
import { descriptionColumn, idColumns, nameColumn } from "./gene_columns.ts";

/** What is known of each gene, by its id. */
export type FeatureTable = ReadonlyMap<string, GeneFacts>;

/** Characters that are kept of a name and of a description. */
const LONGEST_NAME = 200;
const LONGEST_DESCRIPTION = 1000;
/** Genes that a note names. */
const NAMED = 3;
/** The last column of a table without a header, as Cell Ranger writes it. */
const FEATURE_TYPE =
  /^(gene expression|antibody capture|crispr guide capture)$/i;
const PURPOSE: TablePurpose = {
  what: "the genes in",
  remedy: "Give a table with the columns gene, name and description",
};

/**
 * Reads a table of genes. The ids are in the column gene, gene_id, id or one
 * called alike, else in the first; name (symbol, gene_name) and description
 * (product) may follow anywhere. A table without a header, as Cell Ranger's
 * `features.tsv`, has the ids and the names in its first two columns. A gene
 * may have several rows: the first name and the first description count.
 *
 * @param note Takes what the user should know.
 * @throws {InputError} If the file is no such table, or has neither names nor
 * descriptions.
 */
export async function readFeatures(
  path: string,
  note: (text: string) => void = () => {},
): Promise<FeatureTable> {
  const { header, rows } = await readSmallTable(path, PURPOSE);
  const isHeaderless = header.length > 1 && FEATURE_TYPE.test(header.at(-1)!);
  const id = isHeaderless ? 0 : idColumns(header)[0] ?? 0;
  const name = isHeaderless ? 1 : nameColumn(header, id);
  const description = isHeaderless ? undefined : descriptionColumn(header, id);
  if (name === undefined && description === undefined) {
    throw refuseTable(
      path,
      PURPOSE,
      "it has neither a column of names (name, gene_name, symbol) nor one of " +
        "descriptions (description, product)",
    );
  }
  const facts = new Map<string, GeneFacts>();
  const differing = new Set<string>();
  for (const cells of isHeaderless ? [header] : []) take(cells);
  for (const { cells } of rows) take(cells);
  if (facts.size === 0) throw refuseTable(path, PURPOSE, "it has no gene");
  if (differing.size > 0) {
    const first = [...differing].slice(0, NAMED).map(quote).join(", ");
    note(
      `${escapeControls(bareName(path))}: ${countOf(differing.size, "gene")} ${
        differing.size === 1 ? "has" : "have"
      } rows with different names or descriptions (${first}${
        differing.size > NAMED ? ", ..." : ""
      }): the first ones are used`,
    );
  }
  return facts;

  function take(cells: readonly string[]): void {
    const gene = cells[id];
    if (gene === "") return;
    const own: GeneFacts = {
      name: textIn(cells, name, LONGEST_NAME),
      description: textIn(cells, description, LONGEST_DESCRIPTION),
    };
    const first = facts.get(gene);
    if (first === undefined) {
      facts.set(gene, own);
      return;
    }
    const isOther = (one: string | null, other: string | null) =>
      one !== null && other !== null && one !== other;
    if (
      isOther(first.name, own.name) ||
      isOther(first.description, own.description)
    ) differing.add(gene);
    facts.set(gene, {
      name: first.name ?? own.name,
      description: first.description ?? own.description,
    });
  }
}

function textIn(
  cells: readonly string[],
  column: number | undefined,
  longest: number,
): string | null {
  const text = column === undefined ? "" : cells[column];
  return isMissingLabel(text) ? null : text.slice(0, longest).toWellFormed();
}
