/** Refuses a table whose rows have no ids, so that values stand in their place. */

import { quote } from "../../cli/text.ts";
import type { RawAxis, RawMatrix } from "../input/raw_matrix.ts";
import type { MatchedSheet } from "../sheets/matched_sheet.ts";
import { unreadable } from "../input/unreadable.ts";
import { shapeOf } from "./id_patterns.ts";
import { isGeneFact, isIndexTitle, titleSide } from "./usual_names.ts";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Values have these, and numbers of genes and samples hardly do. */
const FRACTION = /[.e]/i;
/** Names such as `GeneID`, `probe_name` and `entrezgene`. */
const ID_TITLE = /(id|ids|identifier|name|names|accession|code)$|entrez|ncbi/i;
/** Some values may be missing. */
const NEARLY_ALL = 0.9;
const SHOWN = 2;

/**
 * Refuses a table that was written without the ids of its rows: its first
 * column is a sample, or a gene, and has the values where ids should be.
 *
 * Numbers are ids if they are whole and different, as those of Entrez are, if
 * the name above them says so, or if the sheet has them. They are none if the
 * name above them is one of the names beside it, or a sample of the sheet.
 *
 * @throws {InputError} If the ids of the rows are values.
 */
export function refuseMissingIds(
  input: string,
  { rows, columns, genesIn }: Pick<RawMatrix, "rows" | "columns" | "genesIn">,
  sheet?: MatchedSheet,
): void {
  // Other formats have a place for ids of their own.
  if (genesIn !== undefined || saysIds(rows.title)) return;
  const ids = rows.ids.map((id) => id.trim());
  const numbers = ids.filter((id) => NUMBER.test(id));
  if (numbers.length === 0 || numbers.length < NEARLY_ALL * ids.length) return;
  const fractions = numbers.filter((id) => FRACTION.test(id)).length;
  const different = new Set(numbers).size;
  // Small whole numbers may match a sheet by chance (9 is S9), fractions do not.
  const areValues = different < numbers.length ||
    fractions * 2 >= numbers.length && !areInSheet(sheet) ||
    sheet?.hasRowTitle === true || isLike(rows.title, columns);
  if (!areValues) return;
  const first = numbers.slice(0, SHOWN).map(quote).join(", ");
  throw unreadable(
    input,
    `its first column, ${quote(rows.title)}, holds numbers (${first}${
      numbers.length > SHOWN ? ", ..." : ""
    }) and no ids: the ids of the rows are missing`,
    "Write the table with the ids of its rows: in R write.csv(m) without " +
      "row.names = FALSE, in pandas to_csv with index=True; if the numbers are " +
      "ids, call their column sample_id or gene_id",
  );
}

/** Whether the name above the ids says that they are ids, or is that of none. */
function saysIds(title: string): boolean {
  return isIndexTitle(title) || titleSide(title) !== undefined ||
    isGeneFact(title) || ID_TITLE.test(title.trim());
}

/** Whether the sheet has most of the ids of the rows. */
function areInSheet(sheet?: MatchedSheet): boolean {
  if (sheet?.samplesIn !== "rows") return false;
  const found = sheet.matched.filter((has) => has).length;
  return found * 2 > sheet.matched.length;
}

/** Whether a name is one of numbered names: `S1` beside `S2` and `S3`. */
function isLike(title: string, { ids }: RawAxis): boolean {
  const kind = kindOf(title);
  if (!/\d/.test(kind) || ids.length === 0) return false;
  const alike = ids.filter((id) => kindOf(id) === kind).length;
  return alike >= NEARLY_ALL * ids.length;
}

/** The look of a name and the letters it begins with. */
function kindOf(name: string): string {
  const [start] = /^\p{L}*/u.exec(name.trim())!;
  return `${start} ${shapeOf(name)}`;
}
