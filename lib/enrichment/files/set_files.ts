/** Reads gene sets of any kind: GMT, or a table of terms and their genes. */

import { quote, withCommas } from "../../cli/text.ts";
import { isGmt } from "../../gene_sets/gmt_file.ts";
import { plainName } from "../../prepare/input/delimiter.ts";
import { readHead } from "../../prepare/input/read_head.ts";
import { checkAnnotationFile } from "./check_file.ts";
import { readLines, unusable } from "./text_lines.ts";

const MOST_SETS = 1_000_000;
const MOST_GENES = 100_000_000;
/** A gene's weight, as Enrichr's libraries have it: `TP53,1.0`. */
const WEIGHT = /,-?\d+(\.\d+)?(e-?\d+)?$/i;
const REMEDY =
  "Give a GMT file (a set a line: name, description, genes) or a " +
  "table with the columns term and gene";

/** What the columns of a table of terms and genes may be called. */
const COLUMNS = {
  term: /^(term|term_?id|go|go_?id|gs_name|gs_id|set|gene_?set|pathway)$/i,
  gene: /^(gene|gene_?id|genes|entrez_?gene|ensembl_?gene|gene_?symbol|id)$/i,
  name: /^(name|term_?name|description)$/i,
} as const;

/** A set of a file. */
export interface FileSet {
  readonly name: string | null;
  readonly genes: Set<string>;
}

/** The sets of a file by their ids. */
export interface SetFile {
  readonly kind: "gmt" | "term2gene";
  readonly sets: ReadonlyMap<string, FileSet>;
}

/**
 * Reads a file of gene sets, plain or gzipped. It is GMT if its name ends in
 * `.gmt` or its lines are of different lengths; otherwise it is a table with a
 * term and a gene in each row (clusterProfiler's TERM2GENE), separated by tabs
 * or commas, with the columns `term`, `gene` and perhaps `name`, or without a
 * header the term first.
 *
 * @throws {InputError} If it cannot be read, a line is no such line (it is
 * named), or a set is there twice.
 */
export async function readSetFile(path: string): Promise<SetFile> {
  await checkAnnotationFile(path);
  const { text } = await readHead(path);
  const isSets = plainName(path).endsWith(".gmt") || isGmt(text);
  const sets = new Map<string, FileSet & { readonly genes: Set<string> }>();
  let genes = 0;
  const add = (set: FileSet, gene: string) => {
    if (gene === "") return;
    set.genes.add(gene);
    if (++genes > MOST_GENES) {
      throw unusable(path, `it has more than ${withCommas(MOST_GENES)} genes`);
    }
  };
  const make = (id: string, name: string | null, line: number): FileSet => {
    if (sets.size >= MOST_SETS) {
      throw unusable(
        path,
        `line ${withCommas(line)} is of more than ${
          withCommas(MOST_SETS)
        } sets`,
      );
    }
    const set = { name, genes: new Set<string>() };
    sets.set(id, set);
    return set;
  };
  if (isSets) {
    await readGmtLines(path, (line, [id, description, ...members]) => {
      if (sets.has(id)) {
        throw unusable(
          path,
          `line ${withCommas(line)} has the set ${quote(id)} again`,
          "Rename the sets or remove the repeated lines",
        );
      }
      const isName = !/^(|na|-|https?:.*)$/i.test(description) &&
        description !== id;
      const set = make(id, isName ? description : null, line);
      const isWeighted = members.length > 0 &&
        members.every((gene) => WEIGHT.test(gene));
      for (const gene of members) {
        add(set, isWeighted ? gene.replace(WEIGHT, "") : gene);
      }
    });
  } else {
    await readPairs(path, (line, term, gene, name) => {
      add(sets.get(term) ?? make(term, name, line), gene);
    });
  }
  if (genes === 0) throw unusable(path, "it has no gene in any set", REMEDY);
  return { kind: isSets ? "gmt" : "term2gene", sets };
}

async function readGmtLines(
  path: string,
  take: (line: number, fields: readonly string[]) => void,
): Promise<void> {
  for await (const { first, lines } of readLines(path)) {
    lines.forEach((text, index) => {
      if (text.trim() === "" || text.startsWith("#")) return;
      const fields = text.split("\t").map((field) => field.trim());
      if (fields.length < 2 || fields[0] === "") {
        throw unusable(
          path,
          `line ${withCommas(first + index)} is ${quote(text)} and should ` +
            "have a set's name, a description and genes, separated by tabs",
          REMEDY,
        );
      }
      take(first + index, fields);
    });
  }
}

/** The columns of term, gene and name; no name is -1. */
interface PairColumns {
  readonly term: number;
  readonly gene: number;
  readonly name: number;
}

async function readPairs(
  path: string,
  take: (line: number, term: string, gene: string, name: string | null) => void,
): Promise<void> {
  let columns: PairColumns | undefined;
  let delimiter = "\t";
  for await (const { first, lines } of readLines(path)) {
    for (let index = 0; index < lines.length; index++) {
      const text = lines[index];
      if (text.trim() === "" || text.startsWith("#")) continue;
      if (columns === undefined) {
        delimiter = text.includes("\t")
          ? "\t"
          : text.includes(",")
          ? ","
          : "\t";
        const header = findColumns(splitFields(text, delimiter));
        columns = header ?? { term: 0, gene: 1, name: -1 };
        if (header !== undefined) continue;
      }
      const fields = splitFields(text, delimiter);
      const term = fields[columns.term] ?? "";
      const gene = fields[columns.gene] ?? "";
      if (term === "" || gene === "") {
        throw unusable(
          path,
          `line ${withCommas(first + index)} is ${quote(text)} and should ` +
            "have a term and a gene, separated by a tab or a comma",
          REMEDY,
        );
      }
      take(first + index, term, gene, fields[columns.name] || null);
    }
  }
}

function findColumns(fields: readonly string[]): PairColumns | undefined {
  const at = (name: RegExp) => fields.findIndex((field) => name.test(field));
  const [term, gene] = [at(COLUMNS.term), at(COLUMNS.gene)];
  if (term === -1 || gene === -1) return undefined;
  return { term, gene, name: at(COLUMNS.name) };
}

/** The fields of a line; quotes around one are taken off. */
function splitFields(text: string, delimiter: string): string[] {
  if (!text.includes('"')) {
    return text.split(delimiter).map((field) => field.trim());
  }
  const fields: string[] = [];
  let [field, isQuoted] = ["", false];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      if (isQuoted && text[at + 1] === '"') field += text[at++];
      else isQuoted = !isQuoted;
    } else if (character === delimiter && !isQuoted) {
      fields.push(field.trim());
      field = "";
    } else field += character;
  }
  return [...fields, field.trim()];
}
