/** Gene sets from the user's files. */

import { basename, extname } from "node:path";
import { InputError, type Remedy } from "../cli/errors.ts";
import {
  countOf,
  escapeControls,
  quote,
  truncateText,
  withCommas,
} from "../cli/text.ts";
import type { NamedGene } from "../prepare/gene_label.ts";
import { plainName } from "../prepare/input/delimiter.ts";
import {
  naming,
  readSmallTable,
  type SmallTable,
} from "../prepare/input/small_table.ts";
import { checkTableFile } from "../prepare/input/table_file.ts";
import { matchGenes, namedGenes } from "../prepare/match_genes.ts";
import { matchIds } from "../prepare/sheets/match_ids.ts";
import type { NamedGenes } from "../store/gmt.ts";
import { findGenes } from "./gene_column.ts";
import { type GeneSet, locateGenes } from "./gene_set.ts";
import type { GeneSetMethod } from "./gene_set_method.ts";
import { isGmt, parseGmt, readUnpackedText } from "./gmt_file.ts";

/** Genes and sets that a message names. */
const NAMED = 3;
/** Characters shown of a longer gene id. */
const SHOWN = 40;
/** Characters of a set's name, which is a part of its figures' file names. */
const LONGEST_NAME = 100;
const EXTENSIONS = /\.(csv|tsv|txt|gmt)(\.(gz|gzip|bgz))?$/i;
const PURPOSE = {
  what: "the gene set",
  remedy: "Give a file with one gene a line, a table with a column named " +
    "gene, or GMT",
};

/** The files of `--clusters.sets`. */
export const userFilesMethod: GeneSetMethod = {
  name: "files",
  title: "genes of the user's file",
  kind: "file",
  async select(dataset, { parameters, earlier, userInput, warn }) {
    const taken = earlier.map(({ name }) => name);
    const genes = namedGenes(dataset);
    for (const path of parameters.sets) await userInput(path);
    return await readUserGeneSets(parameters.sets, genes, warn, taken);
  },
};

/**
 * The name of a gene set of a file: the file's name without its extension, as
 * `safeName` makes it.
 */
export function nameOfSet(path: string): string {
  const unpacked = path.slice(0, plainName(path).length);
  return safeName(basename(unpacked, extname(unpacked)));
}

/**
 * A name that can be part of a file's name: everything but letters, digits,
 * `.`, `_` and `-` made `_`, and no more than 100 characters of it.
 */
export function safeName(name: string): string {
  const safe = name.replaceAll(/[^\w.-]+/g, "_").slice(0, LONGEST_NAME);
  return safe === "" || safe.startsWith(".") ? `_${safe}` : safe;
}

/**
 * Reads the gene sets of a file: of GMT a set a line, of any other table or
 * list one set. Its content shows what it is, except that `.gmt` is GMT.
 *
 * @param genes The genes of the matrix.
 * @param note Takes what the user should know.
 * @throws {InputError} If it cannot be read or is no such file.
 */
export function readSetFile(
  path: string,
  genes: readonly NamedGene[],
  note: (text: string) => void = () => {},
): Promise<readonly NamedGenes[]> {
  return naming(path, PURPOSE, async () => {
    const { text } = await checkTableFile(path);
    if (plainName(path).endsWith(".gmt") || isGmt(text)) {
      return parseGmt(await readUnpackedText(path), path);
    }
    const table = await readSmallTable(path);
    const found = findGenes(table, path, idsOrNames(table, genes));
    if (found.note !== undefined) note(found.note);
    return [{ name: nameOfSet(path), description: "", genes: found.ids }];
  });
}

/**
 * Reads the user's gene sets. A file may give genes by name (`matchGenes`); if
 * it has no gene of the matrix, its ids may be written differently or have
 * versions (`matchIds`).
 *
 * @param genes The genes of the matrix, in the order of its columns.
 * @param taken Names of other gene sets.
 * @throws {InputError} If a file cannot be read, lists no gene of the matrix,
 * has another extension, or two sets would have one name.
 */
export async function readUserGeneSets(
  paths: readonly string[],
  genes: readonly NamedGene[],
  warn: (message: string) => void,
  taken: readonly string[] = [],
): Promise<GeneSet[]> {
  // The names are in file names, and some file systems ignore case.
  const ownerOf = new Map(
    taken.map((name) => [name.toLowerCase(), "another gene set of the run"]),
  );
  const ids = genes.map(({ gene }) => gene);
  const sets: GeneSet[] = [];
  for (const path of paths) {
    if (!EXTENSIONS.test(path)) {
      throw unusable(
        path,
        "its name should end in .csv, .tsv, .txt or .gmt (or .gz after it)",
        "Rename the file",
      );
    }
    const title = nameOfSet(path);
    const note = (text: string) => warn(`${title}: ${text}`);
    const listed = (await readSetFile(path, genes, note)).map((set) => ({
      ...set,
      name: safeName(set.name),
    }));
    for (const { name } of listed) {
      const other = ownerOf.get(name.toLowerCase());
      if (other !== undefined) {
        throw unusable(
          path,
          `${
            listed.length === 1 && name === title ? "its name" : "a set's name"
          } would be ${name}, which is the name of ${other}`,
          listed.length === 1 && name === title
            ? "Rename the file"
            : "Rename the set",
        );
      }
      ownerOf.set(name.toLowerCase(), path);
    }
    const matched = takeNames(listed, genes, note) ??
      respell(listed, ids, note);
    sets.push(...locateSets(path, matched, ids, note));
  }
  return sets;
}

/** What a table's best column has of the matrix: ids of its genes, or names. */
function idsOrNames(
  { header, rows }: SmallTable,
  genes: readonly NamedGene[],
): ReadonlySet<string> {
  const ids = new Set(genes.map(({ gene }) => gene));
  const names = new Set(genes.flatMap(({ name }) => name ?? []));
  const most = (known: ReadonlySet<string>) =>
    header.reduce((most, first, column) => {
      const own = new Set([first, ...rows.map(({ cells }) => cells[column])]);
      return Math.max(most, own.intersection(known).size);
    }, 0);
  return names.size > 0 && 2 * most(ids) < most(names) ? names : ids;
}

/** Gives genes that are named their ids; undefined if they are not named. */
function takeNames(
  sets: readonly NamedGenes[],
  genes: readonly NamedGene[],
  note: (text: string) => void,
): readonly NamedGenes[] | undefined {
  const given = new Set(sets.flatMap(({ genes }) => genes));
  const { byName, idOf, ambiguous } = matchGenes(given, genes);
  if (!byName) return undefined;
  const pair = [...idOf].find(([given, id]) => given !== id)!;
  note(
    `its genes are matched by name: ${withCommas(idOf.size)} of ${
      countOf(given.size, "gene")
    } matched (${quote(pair[0])} = ${quote(pair[1])})`,
  );
  if (ambiguous.length > 0) {
    const shown = ambiguous.slice(0, NAMED).map(quote).join(", ");
    note(
      `${countOf(ambiguous.length, "name")} left out, for several genes of ` +
        `the matrix have ${ambiguous.length === 1 ? "it" : "each"} (${shown}${
          ambiguous.length > NAMED ? ", ..." : ""
        })`,
    );
  }
  const isKnown = (gene: string) => !ambiguous.includes(gene);
  return sets.map((set) => ({
    ...set,
    genes: set.genes.filter(isKnown).map((gene) => idOf.get(gene) ?? gene),
  }));
}

/** Gives genes the ids of the matrix, if not one of them has it. */
function respell(
  sets: readonly NamedGenes[],
  genes: readonly string[],
  note: (text: string) => void,
): readonly NamedGenes[] {
  const known = new Set(genes);
  const wanted = new Set(sets.flatMap(({ genes }) => genes));
  if (wanted.size === 0 || [...wanted].some((gene) => known.has(gene))) {
    return sets;
  }
  const { partners, differences, ambiguous } = matchIds(wanted, known, {
    versions: true,
  });
  const [pair] = partners;
  if (pair === undefined || ambiguous.length > 0) return sets;
  note(
    `its ids differ from the matrix's by ${differences.join(", ")}: ${
      withCommas(partners.size)
    } of ${countOf(wanted.size, "gene")} matched (${quote(pair[0])} = ${
      quote(pair[1])
    })`,
  );
  return sets.map((set) => ({
    ...set,
    genes: set.genes.map((gene) => partners.get(gene) ?? gene),
  }));
}

/** Finds the sets' genes in the matrix, and says which are not there. */
function locateSets(
  path: string,
  listed: readonly NamedGenes[],
  genes: readonly string[],
  note: (text: string) => void,
): GeneSet[] {
  const all = listed.map(({ name, genes: ids }) =>
    locateGenes(name, ids, genes)
  );
  const found = all.filter(({ columns }) => columns.length > 0);
  const strangers = [...new Set(all.flatMap((set) => set.notInMatrix))];
  const shown = strangers.slice(0, NAMED).map((id) => truncateText(id, SHOWN))
    .join(", ") + (strangers.length > NAMED ? ", ..." : "");
  if (found.length === 0) {
    throw unusable(
      path,
      strangers.length === 0
        ? "it lists no gene"
        : `none of its ${strangers.length} genes is in the matrix, whose ids look like ${
          truncateText(genes[0], SHOWN)
        } and not ${truncateText(strangers[0], SHOWN)}`,
      "Give a file whose gene ids are those of the matrix",
    );
  }
  const lost = all.filter(({ columns }) => columns.length === 0);
  if (lost.length > 0) {
    const names = lost.slice(0, NAMED).map(({ name }) => name).join(", ");
    note(
      `${lost.length} of ${all.length} sets have no gene of the matrix and are left out (${names}${
        lost.length > NAMED ? ", ..." : ""
      })`,
    );
  }
  if (strangers.length > 0) {
    const total = new Set(listed.flatMap((set) => set.genes)).size;
    note(
      `${strangers.length} of ${total} genes are not in the matrix and are left out (${shown})`,
    );
  }
  return found;
}

function unusable(path: string, what: string, remedy: Remedy): InputError {
  return new InputError(
    `Cannot use the gene set ${escapeControls(path)}: ${what}`,
    remedy,
  );
}
