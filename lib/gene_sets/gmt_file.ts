/** Reads the sets of a user's GMT file, one a line. */

import { countOf, quote } from "../cli/text.ts";
import { openBytes } from "../prepare/input/file_stream.ts";
import { unreadable } from "../prepare/input/unreadable.ts";
import { geneColumns } from "../prepare/sheets/gene_columns.ts";
import type { NamedGenes } from "../store/gmt.ts";

/** A larger file is no list of gene sets. */
const LARGEST = 1 << 25;
/** A shorter beginning of a file is all of it. */
const HEAD = 1 << 14;
/** More sets are not clustered in any time. */
const MOST_SETS = 1000;
/** Sets that a message names. */
const NAMED = 3;
/** A gene's weight, as Enrichr's libraries have it: `TP53,1.0`. */
const WEIGHT = /,-?\d+(\.\d+)?(e-?\d+)?$/i;

/**
 * The text of a file, unpacked.
 *
 * @throws {InputError} If it cannot be read, is larger than 32 MiB or no UTF-8.
 */
export async function readUnpackedText(path: string): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  try {
    for await (const chunk of openBytes({ path })) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > LARGEST) {
        throw unreadable(path, "it is larger than 32 MiB");
      }
    }
    return text + decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw unreadable(path, "it is no UTF-8 text", "Save it as UTF-8 text");
  }
}

/**
 * Whether a file is GMT, whatever it is called: at least three fields in each
 * line, separated by tabs, and not as many in each line, or without anything as
 * the description; and no header with a column of genes.
 *
 * @param start The file's first lines; the last one may be cut off.
 */
export function isGmt(start: string): boolean {
  const isCut = start.length >= HEAD && !/[\r\n]$/.test(start);
  const lines = fieldsOf(start);
  const rows = isCut && lines.length > 1 ? lines.slice(0, -1) : lines;
  if (rows.length === 0 || geneColumns(rows[0]).length > 0) return false;
  if (rows.some(({ length }) => length < 3)) return false;
  return new Set(rows.map(({ length }) => length)).size > 1 ||
    rows.every(([, description]) => /^(|na|-|https?:.*)$/i.test(description));
}

/**
 * The sets of a GMT file: a line each, with its name, a description and its
 * genes, separated by tabs. Weights behind the genes are left out if every gene
 * has one.
 *
 * @throws {InputError} If a line is no such set, or two have one name.
 */
export function parseGmt(text: string, path: string): NamedGenes[] {
  const rows = fieldsOf(text);
  const refuse = (what: string, remedy: string): never => {
    throw unreadable(path, what, remedy);
  };
  const short = rows.filter(({ length }) => length < 2);
  if (short.length > 0) {
    refuse(
      `${countOf(short.length, "line")} of ${rows.length} should be a set (a ` +
        "name, a description and genes, separated by tabs) and " +
        `${short.length === 1 ? "has" : "have"} no tab, first ${
          quote(short[0][0])
        }`,
      "Give a GMT file, or a .txt file with one gene a line",
    );
  }
  const nameless = rows.filter(([name]) => name === "").length;
  if (nameless > 0) {
    refuse(
      `${countOf(nameless, "set")} of ${rows.length} ${
        nameless === 1 ? "has" : "have"
      } no name`,
      "Name each set in the first field of its line",
    );
  }
  if (rows.length > MOST_SETS) {
    refuse(
      `it has ${
        countOf(rows.length, "set")
      } and should have at most ${MOST_SETS}, ` +
        "since each is clustered",
      "Give a file with the sets that you want to compare",
    );
  }
  const names = new Set<string>();
  const twice = new Set<string>();
  for (const [name] of rows) (names.has(name) ? twice : names).add(name);
  if (twice.size > 0) {
    const first = [...twice].slice(0, NAMED).map(quote).join(", ");
    refuse(
      `${countOf(twice.size, "name")} of sets ${
        twice.size === 1 ? "is" : "are"
      } there twice: ${first}${twice.size > NAMED ? ", ..." : ""}`,
      "Rename the sets or remove the repeated lines",
    );
  }
  const isWeighted = rows.every(([, , ...genes]) =>
    genes.every((gene) => WEIGHT.test(gene))
  );
  return rows.map(([name, description, ...genes]) => ({
    name,
    description,
    genes: genes.map((gene) => isWeighted ? gene.replace(WEIGHT, "") : gene)
      .filter((gene) => gene !== ""),
  }));
}

/** The fields of each line that is not empty; empty ones at its end left out. */
function fieldsOf(text: string): string[][] {
  return text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => {
      const fields = line.split("\t").map((field) => field.trim());
      while (fields.length > 2 && fields.at(-1) === "") fields.pop();
      return fields;
    });
}
