/** Finds and reads the names of the rows and columns of a MatrixMarket file. */

import { basename, dirname, join } from "node:path";
import { countOf, withCommas } from "../../../cli/text.ts";
import type { Annotation, RawAxis } from "../../input/raw_matrix.ts";
import { unreadable } from "../../input/unreadable.ts";
import type { ReadOptions } from "../format.ts";
import { readLines } from "./lines.ts";

/** What names a file may hold, by how it is called. */
type Kind = "genes" | "samples" | "rows" | "columns";

/** Ends of names of files, and what those files name; without `.gz`. */
const ENDS: readonly [end: string, kind: Kind][] = [
  ["features.tsv", "genes"],
  ["genes.tsv", "genes"],
  ["barcodes.tsv", "samples"],
  ["samples.tsv", "samples"],
  ["cells.tsv", "samples"],
  ["features.txt", "genes"],
  ["genes.txt", "genes"],
  ["barcodes.txt", "samples"],
  ["samples.txt", "samples"],
  ["cells.txt", "samples"],
  ["mtx_rows", "rows"],
  ["mtx_cols", "columns"],
  ["rows", "rows"],
  ["cols", "columns"],
  ["rownames", "rows"],
  ["colnames", "columns"],
  ["rownames.txt", "rows"],
  ["colnames.txt", "columns"],
  ["rows.txt", "rows"],
  ["cols.txt", "columns"],
  ["rownames.tsv", "rows"],
  ["colnames.tsv", "columns"],
  ["features.csv", "genes"],
  ["genes.csv", "genes"],
  ["barcodes.csv", "samples"],
  ["samples.csv", "samples"],
  ["cells.csv", "samples"],
];

const PACKED = /\.(gz|gzip|bgz)$/i;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The names of one side, and which side has the genes if that is known. */
export interface Names {
  readonly rows: RawAxis;
  readonly columns: RawAxis;
  readonly genesIn?: "rows" | "columns";
}

/** One file of names. */
interface NameFile {
  readonly path: string;
  readonly kind: Kind;
  /** The cells of each line. */
  readonly lines: readonly (readonly string[])[];
}

/**
 * Reads the two files of names beside a matrix. Which side each belongs to
 * follows from how many names it has; if both fit both sides, genes are in
 * rows, as in the files of 10x Genomics.
 *
 * @param path The matrix.
 * @param noteFile Takes the path of each before it is opened.
 * @throws {InputError} If one is missing, or its count fits no side.
 */
export async function readNames(
  path: string,
  rows: number,
  columns: number,
  noteFile?: ReadOptions["noteFile"],
): Promise<Names> {
  const files: NameFile[] = [];
  for (const { name, kind } of await findNameFiles(path)) {
    const file = join(dirname(path), name);
    await noteFile?.(file);
    files.push({ path: file, kind, lines: await readNameLines(file) });
  }
  const first = files.find(({ kind }) => kind === "genes" || kind === "rows");
  const second = files.find(({ kind }) => kind !== first?.kind)!;
  if (first === undefined) throw new Error("no such kind of names");
  const areGenes = first.kind === "genes" || second.kind === "samples";
  for (const [a, b] of [[first, second], [second, first]]) {
    // Names by `rows` and `columns` say themselves where they belong.
    if (a === second && first.kind === "rows") break;
    const above = withoutHeader(a.lines, rows);
    const beside = withoutHeader(b.lines, columns);
    if (above === undefined || beside === undefined) continue;
    return {
      rows: axisOf(a, above, rows),
      columns: axisOf(b, beside, columns),
      genesIn: !areGenes && !isAtlas(first.path)
        ? undefined
        : a === first
        ? "rows"
        : "columns",
    };
  }
  throw unreadable(
    path,
    `it is ${withCommas(rows)} x ${withCommas(columns)}, and ${
      files.map((file) =>
        `${basename(file.path)} has ${countOf(file.lines.length, "name")}`
      ).join(" and ")
    }: one should have ${withCommas(rows)} and the other ${
      withCommas(columns)
    }`,
    "Give the files that belong to the same matrix",
  );
}

/** Expression Atlas, whose rows are always genes. */
function isAtlas(path: string): boolean {
  return /\.mtx_rows$/i.test(path.replace(PACKED, ""));
}

/**
 * The files of names beside a matrix, those whose names begin as the matrix's
 * first.
 */
async function findNameFiles(
  path: string,
): Promise<{ name: string; kind: Kind }[]> {
  const present = new Map<string, string>();
  for await (const { name, isDirectory } of Deno.readDir(dirname(path))) {
    if (isDirectory) continue;
    const plain = name.replace(PACKED, "").toLowerCase();
    // A file that is there packed and unpacked is read unpacked.
    if (!present.has(plain) || !PACKED.test(name)) present.set(plain, name);
  }
  const looked = candidates(path);
  const found = new Map<string, { name: string; kind: Kind }>();
  for (const { plain, kind } of looked) {
    const name = present.get(plain.toLowerCase());
    const side = kind === "genes" || kind === "rows" ? "genes" : "samples";
    if (name !== undefined && !found.has(side)) found.set(side, { name, kind });
  }
  if (found.size === 2) return [...found.values()];
  const stem = candidates(path)[0].prefix;
  const [only] = found.values();
  throw unreadable(
    path,
    only === undefined
      ? "the names of its rows and columns are not beside it: looked for " +
        `${stem}features.tsv or ${stem}genes.tsv with ${stem}barcodes.tsv ` +
        "(also .gz), and for names that end in rows and cols or rownames.txt " +
        "and colnames.txt"
      : `${only.name} names one side of it, and the other side's names are ` +
        `not beside it: looked for ${stem}${
          only.kind === "genes"
            ? "barcodes.tsv"
            : only.kind === "samples"
            ? "features.tsv or genes.tsv"
            : only.kind === "rows"
            ? "cols or colnames.txt"
            : "rows or rownames.txt"
        } and the like`,
    "Put them into the matrix's folder; 10x Genomics calls them features.tsv.gz and barcodes.tsv.gz",
  );
}

/** The names that the files may have, those nearest to the matrix's first. */
function candidates(
  path: string,
): { plain: string; prefix: string; kind: Kind }[] {
  const stem = basename(path).replace(PACKED, "").replace(/\.mtx$/i, "");
  const own = /^(.*[^a-z0-9])?(matrix|counts?|mat)$/i.exec(stem);
  const prefixes = [
    ...own === null ? [] : [own[1] ?? ""],
    `${stem}_`,
    `${stem}.`,
    `${stem}-`,
    "",
  ];
  return [...new Set(prefixes)].flatMap((prefix) =>
    ENDS.map(([end, kind]) => ({ plain: prefix + end, prefix, kind }))
  );
}

/** The lines of a file of names, cut at tabs, in a `.csv` at commas. */
async function readNameLines(path: string): Promise<string[][]> {
  const delimiter = /\.csv$/i.test(path.replace(PACKED, "")) ? "," : "\t";
  const lines: string[][] = [];
  await readLines({ path }, (bytes, start, end, line) => {
    let text: string;
    try {
      text = utf8.decode(bytes.subarray(start, end));
    } catch {
      throw unreadable(path, `line ${line} is no UTF-8 text`);
    }
    lines.push(
      text.split(delimiter).map((cell) =>
        cell.trim().replace(/^"(.*)"$/, "$1").replaceAll('""', '"')
      ),
    );
  });
  return lines;
}

/** The lines of names and the header above them, if they are so many. */
function withoutHeader(
  lines: readonly (readonly string[])[],
  count: number,
):
  | { header?: readonly string[]; lines: readonly (readonly string[])[] }
  | undefined {
  if (lines.length === count) return { lines };
  if (lines.length !== count + 1) return undefined;
  return { header: lines[0], lines: lines.slice(1) };
}

/** What the columns are called where no header says it. */
const COLUMNS: Readonly<Record<Kind, readonly string[]>> = {
  genes: ["id", "gene_name", "feature_type"],
  samples: ["barcode"],
  rows: ["", "name"],
  columns: ["", "name"],
};

function axisOf(
  { path, kind }: NameFile,
  { header, lines }: NonNullable<ReturnType<typeof withoutHeader>>,
  count: number,
): RawAxis {
  const width = lines.reduce((most, line) => Math.max(most, line.length), 1);
  const titleOf = (column: number) =>
    header?.[column] ?? COLUMNS[kind][column] ?? `column ${column + 1}`;
  const annotations: Annotation[] = [];
  for (let column = 1; column < width; column++) {
    const texts = lines.map((line) => line[column] ?? "");
    const isCopy = texts.every((text, line) => text === lines[line][0]);
    if (!isCopy) annotations.push({ name: titleOf(column), texts });
  }
  const skipped = header === undefined ? 1 : 2;
  return {
    title: titleOf(0),
    ids: lines.slice(0, count).map(([id]) => id),
    annotations,
    locate: (index) => `line ${index + skipped} of ${basename(path)}`,
  };
}
