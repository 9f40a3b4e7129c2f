/** Reads GCT 1.2 and 1.3, the Broad Institute's tables of genes and samples. */

import { countOf, withCommas } from "../../cli/text.ts";
import type { FileHead } from "../input/file_head.ts";
import type { FileSource } from "../input/file_stream.ts";
import type { RawAxis, RawMatrix } from "../input/raw_matrix.ts";
import { readHead } from "../input/read_head.ts";
import { readTextMatrix } from "../input/text_matrix.ts";
import { unreadable } from "../input/unreadable.ts";
import { linesOf } from "./header_line.ts";
import type { Format, ReadOptions } from "./format.ts";

const TAB = 0x09;

/** What the lines in front of a GCT file's header say. */
interface Dimensions {
  readonly version: "1.2" | "1.3";
  /** Whether the first line names the version. */
  readonly isNamed: boolean;
  readonly genes: number;
  readonly samples: number;
  /** Columns of texts about each gene, and rows of texts about each sample. */
  readonly geneTexts: number;
  readonly sampleTexts: number;
  /** The name of each column in the header, as far as it was read. */
  readonly header: readonly string[];
}

/**
 * GCT: the version, the size, a header, then one row per gene. In 1.2 the
 * second column describes the gene; 1.3 declares how many columns describe
 * genes and how many rows describe samples. In the variant of GTEx a column
 * `id` comes first. Genes are the rows.
 */
export const gct: Format = {
  name: "gct",
  title: "GCT",
  extensions: [".gct"],
  recognizes: (head) => findDimensions(head) !== undefined,
  read: readGct,
};

async function readGct(
  source: FileSource,
  options: ReadOptions,
): Promise<RawMatrix> {
  const { path } = source;
  const found = findDimensions(await readHead(path));
  if (found === undefined) {
    throw unreadable(
      path,
      "its first line should be #1.2 or #1.3 and its second the numbers of " +
        "genes and samples, as a GCT file has them",
      "If it is an ordinary table, name it .tsv",
    );
  }
  const { header, geneTexts, isNamed } = found;
  // In the variant of GTEx the first column only numbers the genes.
  const isNumbered = found.version === "1.2" && header[1] === "Name";
  const texts = geneTexts + (isNumbered ? 1 : 0);
  const matrix = await readTextMatrix(source, {
    format: `GCT ${found.version}`,
    delimiter: TAB,
    skipLines: 1, // The size; the version is a comment.
    isText: (_, column) => column <= texts,
    textRows: found.sampleTexts,
    hasComments: true,
    genesIn: "rows",
    // What is ignored is declared, too, and left out later.
  }, { ...options, ignore: [] });
  checkSize(path, found, matrix);
  return {
    ...matrix,
    rows: isNumbered ? withIdsFromFirstText(matrix.rows) : matrix.rows,
    notes: [
      ...matrix.notes,
      ...isNamed ? [] : [
        `The file is read as GCT ${found.version}, though its first line does ` +
        `not say #${found.version}`,
      ],
    ],
  };
}

/** What a file's first lines say, if they are those of a GCT file. */
function findDimensions({ text, entries }: FileHead): Dimensions | undefined {
  if (entries !== undefined) return undefined;
  const lines = [];
  for (const { line } of linesOf(text)) {
    lines.push(line);
    if (lines.length === 3) break;
  }
  const named = /^#(1\.[23])\s*$/.exec(lines[0] ?? "")?.[1];
  const [sizes, header] = named === undefined ? lines : lines.slice(1);
  const numbers = /^\d+(\t\d+){1,3}\s*$/.test(sizes ?? "")
    ? sizes.trim().split("\t").map(Number)
    : [];
  const names = (header ?? "").split("\t").map((name) => name.trim());
  if (named === undefined) {
    const isHeader = numbers.length === 4
      ? names[0] === "id"
      : names[names[0] === "id" ? 1 : 0] === "Name";
    if (!isHeader) return undefined;
  }
  const version = named ?? (numbers.length === 4 ? "1.3" : "1.2");
  if (version === "1.2" ? numbers.length < 2 : numbers.length !== 4) {
    return undefined;
  }
  return {
    version: version as Dimensions["version"],
    isNamed: named !== undefined,
    genes: numbers[0],
    samples: numbers[1],
    geneTexts: version === "1.2" ? 1 : numbers[2],
    sampleTexts: version === "1.2" ? 0 : numbers[3],
    header: names,
  };
}

/** @throws {InputError} If the matrix has another size than is declared. */
function checkSize(
  path: string,
  { genes, samples }: Dimensions,
  { rows, columns }: RawMatrix,
): void {
  if (rows.ids.length === genes && columns.ids.length === samples) return;
  const declared = `${countOf(genes, "gene")} x ${countOf(samples, "sample")}`;
  throw unreadable(
    path,
    `it declares ${declared} and holds ${withCommas(rows.ids.length)} x ${
      withCommas(columns.ids.length)
    }`,
    rows.ids.length < genes && columns.ids.length === samples
      ? "It looks cut off: download it again, or write the true numbers in " +
        "its second line"
      : "Write the true numbers in its second line",
  );
}

/** The names in the first column of texts become the ids. */
function withIdsFromFirstText(axis: RawAxis): RawAxis {
  const [first, ...annotations] = axis.annotations;
  return {
    title: first.name,
    ids: first.texts,
    annotations,
    locate: (index) => axis.locate(index),
  };
}
