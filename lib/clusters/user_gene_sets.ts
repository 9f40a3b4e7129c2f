/** Gene sets out of the user's files. */

import { basename, extname } from "node:path";
import { parse } from "csv-parse/sync";
import { InputError } from "../run/errors.ts";
import { type GeneSet, locateGenes } from "./gene_sets.ts";

/** Unknown genes that a warning names. */
const NAMED = 3;

/** Names of the sets that every run has, and of the SHAP set's pictures. */
const RESERVED = /^(?:shap|all|random_\d+|pca_shap)$/;

/**
 * The name of a gene set: its file's name without the extension, everything
 * but letters, digits, `.`, `_` and `-` made `_`, so that a figure's file can
 * bear it.
 *
 * @example
 * ```ts
 * import { nameOfSet } from "./user_gene_sets.ts";
 * console.assert(nameOfSet("sets/my limma genes.csv") === "my_limma_genes");
 * ```
 */
export function nameOfSet(path: string): string {
  const name = basename(path, extname(path)).replaceAll(/[^\w.-]+/g, "_");
  return name === "" || name.startsWith(".") ? `_${name}` : name;
}

/**
 * Reads the gene ids of a file: the column `gene` of a CSV (`.csv`) or TSV
 * (`.tsv`, `.txt`), or else one gene a line.
 *
 * @param text The file's content.
 * @param path The file's path, for its extension and for messages.
 * @throws {InputError} If there are several columns and none is named `gene`,
 * or the file is no such table.
 *
 * @example
 * ```ts
 * import { readGeneIds } from "./user_gene_sets.ts";
 * const ids = readGeneIds("rank,gene\n1,a\n2,b\n", "set.csv");
 * console.assert(ids.join() === "a,b");
 * console.assert(readGeneIds("a\nb\n", "set.txt").join() === "a,b");
 * ```
 */
export function readGeneIds(text: string, path: string): string[] {
  const delimiter = extname(path).toLowerCase() === ".csv" ? "," : "\t";
  let lines: string[][];
  try {
    lines = parse(text, {
      bom: true,
      delimiter,
      trim: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    throw new InputError(
      `Cannot read the gene set ${path}: ${(error as Error).message}`,
      "Give a file with one gene a line, or a CSV with a column named gene",
    );
  }
  const column = lines[0]?.indexOf("gene") ?? -1;
  if (column < 0 && lines.some((cells) => cells.length > 1)) {
    throw new InputError(
      `Cannot read the gene set ${path}: it has several columns and none is named gene`,
      "Name the column of gene ids gene, or give a file with one gene a line",
    );
  }
  const ids = column < 0
    ? lines.map((cells) => cells[0])
    : lines.slice(1).map((cells) => cells[column]);
  return ids.filter((id) => id !== "");
}

async function readText(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    const what = error instanceof Deno.errors.NotFound
      ? "there is no such file"
      : (error as Error).message;
    throw new InputError(
      `Cannot read the gene set ${path}: ${what}`,
      "Give --sets the path of a file with one gene a line",
    );
  }
}

/**
 * Reads the user's gene sets.
 *
 * @param paths `.csv`, `.tsv` or `.txt` files.
 * @param genes The ids of the matrix's columns.
 * @param warn Told of genes that the matrix does not hold.
 * @throws {InputError} If a file cannot be read, holds no known gene, has
 * another extension, or two sets would bear one name.
 *
 * @example
 * ```ts
 * import { readUserGeneSets } from "./user_gene_sets.ts";
 * const path = await Deno.makeTempFile({ suffix: ".txt" });
 * await Deno.writeTextFile(path, "a\nx\n");
 * const warnings: string[] = [];
 * const [set] = await readUserGeneSets([path], ["a", "b"], (line) => {
 *   warnings.push(line);
 * });
 * console.assert(set.columns.length === 1 && warnings.length === 1);
 * await Deno.remove(path);
 * ```
 */
export async function readUserGeneSets(
  paths: readonly string[],
  genes: readonly string[],
  warn: (message: string) => void,
): Promise<GeneSet[]> {
  const taken = new Map<string, string>();
  const sets: GeneSet[] = [];
  for (const path of paths) {
    const failed = `Cannot use the gene set ${path}`;
    if (!/\.(csv|tsv|txt)$/i.test(path)) {
      throw new InputError(
        `${failed}: its name should end in .csv, .tsv or .txt`,
        "Rename the file",
      );
    }
    const name = nameOfSet(path);
    // Figures bear the names, and some file systems ignore case.
    const key = name.toLowerCase();
    const other = RESERVED.test(key)
      ? "a set that every run has"
      : taken.get(key);
    if (other !== undefined) {
      throw new InputError(
        `${failed}: its name would be ${name}, which is the name of ${other}`,
        "Rename the file",
      );
    }
    taken.set(key, path);
    const set = locateGenes(
      name,
      readGeneIds(await readText(path), path),
      genes,
    );
    const { unknown } = set;
    if (set.columns.length === 0) {
      throw new InputError(
        unknown.length === 0
          ? `${failed}: it lists no gene`
          : `${failed}: none of its ${unknown.length} genes is in the matrix, whose ids look like ${
            genes[0]
          } and not ${unknown[0]}`,
        "Give a file whose gene ids are those of the matrix",
      );
    }
    if (unknown.length > 0) {
      const named = unknown.slice(0, NAMED).join(", ");
      warn(
        `${name}: ${unknown.length} of ${
          unknown.length + set.columns.length
        } genes are not in the matrix and are left out (${named}${
          unknown.length > NAMED ? ", ..." : ""
        })`,
      );
    }
    sets.push(set);
  }
  return sets;
}
