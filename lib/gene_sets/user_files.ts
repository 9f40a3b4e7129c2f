/** Gene sets from the user's files. */

import { basename, extname } from "node:path";
import { parse } from "csv-parse/sync";
import { InputError } from "../cli/errors.ts";
import { escapeControls, truncateText } from "../cli/text.ts";
import { readTextFile } from "../cli/text_file.ts";
import { type GeneSet, locateGenes } from "./gene_set.ts";
import type { GeneSetMethod } from "./gene_set_method.ts";

/** Genes not in the matrix that a warning names. */
const NAMED = 3;
/** Characters shown of a longer gene id. */
const SHOWN = 40;
/** A larger file is no list of genes. */
const LARGEST_FILE = 1 << 25;
/** More lines are no list of genes. */
const MOST_LINES = 1_000_000;
/** A longer line is no line of a table of genes. */
const LONGEST_LINE = 100_000;
const REMEDY =
  "Give a file with one gene a line, or a CSV with a column named gene";
/** Characters of a set's name, which is a part of its figures' file names. */
const LONGEST_NAME = 100;

/** The files of `--clusters.sets`. */
export const userFilesMethod: GeneSetMethod = {
  name: "files",
  title: "genes of the user's file",
  kind: "file",
  async select({ genes }, { parameters, earlier, userInput, warn }) {
    const taken = earlier.map(({ name }) => name);
    const sets = await readUserGeneSets(parameters.sets, genes, warn, taken);
    for (const path of parameters.sets) await userInput(path);
    return sets;
  },
};

/**
 * The name of a gene set: its file's name without the extension, everything
 * but letters, digits, `.`, `_` and `-` made `_`, and no more than 100
 * characters of it, so that it can be part of a file name.
 */
export function nameOfSet(path: string): string {
  const name = basename(path, extname(path)).replaceAll(/[^\w.-]+/g, "_")
    .slice(0, LONGEST_NAME);
  return name === "" || name.startsWith(".") ? `_${name}` : name;
}

/**
 * Parses the gene ids of a file: the column `gene` of a CSV (`.csv`) or TSV
 * (`.tsv`, `.txt`), or else one gene a line.
 *
 * @param path For its extension and for messages.
 * @throws {InputError} If there are several columns and none is named `gene`,
 * or the file is no such table.
 */
export function parseGeneIds(text: string, path: string): string[] {
  const refuse = (what: string, remedy: string): never => {
    throw new InputError(
      `Cannot read the gene set ${escapeControls(path)}: ${what}`,
      remedy,
    );
  };
  const fault = findExcess(text);
  if (fault !== undefined) refuse(fault, REMEDY);
  const rows: string[][] = [];
  let column = 0;
  try {
    parse(text, {
      bom: true,
      delimiter: extname(path).toLowerCase() === ".csv" ? "," : "\t",
      trim: true,
      skip_empty_lines: true,
      // The other cells of a table need not be kept.
      on_record: (cells: string[]) => {
        if (rows.length === 0) column = cells.indexOf("gene");
        rows.push(column < 0 ? cells.slice(0, 2) : [cells[column]]);
        return null;
      },
    });
  } catch (error) {
    refuse(truncateText((error as Error).message, 200), REMEDY);
  }
  if (column < 0 && rows.some((cells) => cells.length > 1)) {
    refuse(
      "it has several columns and none is named gene",
      "Name the column of gene ids gene, or give a file with one gene a line",
    );
  }
  return (column < 0 ? rows : rows.slice(1)).map(([id]) => id.trim())
    .filter((id) => id !== "");
}

/** What makes a text too long to be a table of genes, if anything does. */
function findExcess(text: string): string | undefined {
  let lines = 0;
  let start = 0;
  for (const { index } of text.matchAll(/\r?\n|\r|$/g)) {
    lines++;
    if (index - start > LONGEST_LINE) {
      return `line ${lines} has more than ${LONGEST_LINE} characters`;
    }
    if (lines > MOST_LINES) return "it has more than 1,000,000 lines";
    start = index;
  }
  return undefined;
}

/**
 * Reads the user's gene sets.
 *
 * @param genes The ids of the matrix's columns.
 * @param taken Names of other gene sets.
 * @throws {InputError} If a file cannot be read, lists no gene of the matrix,
 * has another extension, or two sets would have one name.
 */
export async function readUserGeneSets(
  paths: readonly string[],
  genes: readonly string[],
  warn: (message: string) => void,
  taken: readonly string[] = [],
): Promise<GeneSet[]> {
  // The names are in file names, and some file systems ignore case.
  const ownerOf = new Map(
    taken.map((name) => [name.toLowerCase(), "another gene set of the run"]),
  );
  const sets: GeneSet[] = [];
  for (const path of paths) {
    const refuse = (what: string, remedy: string): never => {
      throw new InputError(
        `Cannot use the gene set ${escapeControls(path)}: ${what}`,
        remedy,
      );
    };
    if (!/\.(csv|tsv|txt)$/i.test(path)) {
      refuse("its name should end in .csv, .tsv or .txt", "Rename the file");
    }
    const name = nameOfSet(path);
    const other = ownerOf.get(name.toLowerCase());
    if (other !== undefined) {
      refuse(
        `its name would be ${name}, which is the name of ${other}`,
        "Rename the file",
      );
    }
    ownerOf.set(name.toLowerCase(), path);
    const text = await readTextFile(path, LARGEST_FILE, {
      kind: "a text file with one gene a line",
      action: `Cannot read the gene set ${escapeControls(path)}`,
    });
    const set = locateGenes(name, parseGeneIds(text, path), genes);
    const { notInMatrix } = set;
    const shown = notInMatrix.slice(0, NAMED)
      .map((id) => truncateText(id, SHOWN));
    if (set.columns.length === 0) {
      refuse(
        notInMatrix.length === 0
          ? "it lists no gene"
          : `none of its ${notInMatrix.length} genes is in the matrix, whose ids look like ${
            truncateText(genes[0], SHOWN)
          } and not ${shown[0]}`,
        "Give a file whose gene ids are those of the matrix",
      );
    }
    if (notInMatrix.length > 0) {
      warn(
        `${name}: ${notInMatrix.length} of ${
          notInMatrix.length + set.columns.length
        } genes are not in the matrix and are left out (${shown.join(", ")}${
          notInMatrix.length > NAMED ? ", ..." : ""
        })`,
      );
    }
    sets.push(set);
  }
  return sets;
}
