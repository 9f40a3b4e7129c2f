/** The kinds of tables that hold one quantified sample each. */

import { isDecimal } from "../../input/cell_value.ts";

/** Where a sample's table has its ids and numbers. */
export interface SampleLayout {
  readonly delimiter: string;
  /** Lines before the first row. */
  readonly skip: number;
  /** Cells in a row. */
  readonly width: number;
  readonly id: number;
  /** The column of gene names, if there is one. */
  readonly name?: number;
  /** The columns of numbers, by layer; the first one is the default. */
  readonly layers: ReadonlyMap<string, number>;
}

/** One program's table of one sample. */
export interface SampleKind {
  /** What the user calls such a file. */
  readonly title: string;
  readonly ids: "genes" | "transcripts";
  /** The end of its files' names in lower case, if no other kind has it. */
  readonly ending?: RegExp;
  /** What its numbers are called, by layer. */
  readonly layers: Readonly<Record<string, string>>;
  /**
   * Where ids and numbers are.
   *
   * @param lines The first lines of the file, `SNIFFED_LINES` if it has so many.
   * @returns `undefined` if the file is not of this kind.
   */
  layout(lines: readonly string[]): SampleLayout | undefined;
}

/** As many lines as each kind needs to be recognized. */
export const SNIFFED_LINES = 12;

const STRANDS = {
  forward: "counts of the forward strand",
  reverse: "counts of the reverse strand",
};

/** A table with a header that names its columns. */
interface HeadedTable extends Omit<SampleKind, "layout" | "layers"> {
  /** The header's first columns. */
  readonly begins: readonly string[];
  readonly name?: string;
  /** The column of each layer, and what its numbers are called. */
  readonly columns: Readonly<Record<string, readonly [string, string]>>;
}

function headed({ begins, name, columns, ...kind }: HeadedTable): SampleKind {
  const layers = Object.entries(columns);
  return {
    ...kind,
    layers: Object.fromEntries(
      layers.map(([layer, [, title]]) => [layer, title]),
    ),
    layout(lines) {
      const skip = lines.findIndex((line) => !line.startsWith("#"));
      if (skip < 0) return undefined;
      const header = lines[skip].split("\t");
      if (begins.some((column, index) => header[index] !== column)) {
        return undefined;
      }
      const found = layers.map(([layer, [column]]) =>
        [layer, header.indexOf(column)] as const
      );
      if (found.some(([, column]) => column < 0)) return undefined;
      const names = name === undefined ? -1 : header.indexOf(name);
      return {
        delimiter: "\t",
        skip: skip + 1,
        width: header.length,
        id: 0,
        name: names < 0 ? undefined : names,
        layers: new Map(found),
      };
    },
  };
}

const SALMON: Omit<HeadedTable, "title" | "ids" | "ending"> = {
  begins: ["Name", "Length", "EffectiveLength"],
  columns: { tpm: ["TPM", "TPM"], counts: ["NumReads", "estimated counts"] },
};

const RSEM: HeadedTable["columns"] = {
  tpm: ["TPM", "TPM"],
  counts: ["expected_count", "expected counts"],
  fpkm: ["FPKM", "FPKM"],
};

/** The first columns of featureCounts; all but the ids are about the place. */
export const FEATURE_COUNTS: readonly string[] = [
  "Geneid",
  "Chr",
  "Start",
  "End",
  "Strand",
  "Length",
];

/** All kinds; of equally many files those of an earlier kind are read. */
export const sampleKinds: readonly SampleKind[] = [
  headed({
    ...SALMON,
    title: "salmon quant.genes.sf",
    ids: "genes",
    ending: /(^|[._-])quant\.genes\.sf$/,
  }),
  headed({
    ...SALMON,
    title: "salmon quant.sf",
    ids: "transcripts",
    ending: /(^|[._-])quant\.sf$/,
  }),
  headed({
    title: "kallisto abundance.tsv",
    ids: "transcripts",
    ending: /(^|[._-])abundance\.tsv$/,
    begins: ["target_id", "length", "eff_length"],
    columns: {
      tpm: ["tpm", "TPM"],
      counts: ["est_counts", "estimated counts"],
    },
  }),
  headed({
    title: "RSEM genes.results",
    ids: "genes",
    ending: /(^|[._-])genes\.results$/,
    begins: ["gene_id", "transcript_id(s)", "length"],
    columns: RSEM,
  }),
  headed({
    title: "RSEM isoforms.results",
    ids: "transcripts",
    ending: /(^|[._-])isoforms\.results$/,
    begins: ["transcript_id", "gene_id", "length"],
    columns: RSEM,
  }),
  headed({
    title: "GDC augmented_star_gene_counts.tsv",
    ids: "genes",
    ending: /(^|[._-])(rna_seq\.)?augmented_star_gene_counts\.tsv$/,
    begins: ["gene_id", "gene_name", "gene_type", "unstranded"],
    name: "gene_name",
    columns: {
      tpm: ["tpm_unstranded", "TPM"],
      counts: ["unstranded", "unstranded counts"],
      fpkm: ["fpkm_unstranded", "FPKM"],
      forward: ["stranded_first", STRANDS.forward],
      reverse: ["stranded_second", STRANDS.reverse],
    },
  }),
  headed({
    title: "StringTie gene_abund.tab",
    ids: "genes",
    ending: /(^|[._-])gene_abund(ances?)?\.(tab|tsv|txt)$/,
    begins: ["Gene ID", "Gene Name", "Reference"],
    name: "Gene Name",
    columns: { tpm: ["TPM", "TPM"], fpkm: ["FPKM", "FPKM"] },
  }),
  {
    title: "STAR ReadsPerGene.out.tab",
    ids: "genes",
    ending: /readspergene\.out\.tab$/,
    layers: { counts: "unstranded counts", ...STRANDS },
    layout(lines) {
      const cells = lines[0]?.split("\t") ?? [];
      if (cells[0] !== "N_unmapped" || cells.length !== 4) return undefined;
      return {
        delimiter: "\t",
        skip: 0,
        width: 4,
        id: 0,
        layers: new Map([["counts", 1], ["forward", 2], ["reverse", 3]]),
      };
    },
  },
  {
    title: "featureCounts",
    ids: "genes",
    layers: { counts: "counts" },
    layout(lines) {
      const skip = lines.findIndex((line) => !line.startsWith("#"));
      const header = lines[skip]?.split("\t") ?? [];
      if (FEATURE_COUNTS.some((name, column) => header[column] !== name)) {
        return undefined;
      }
      const last = header.length - 1;
      const first = lines[skip + 1]?.split("\t") ?? [];
      // Numbers between the length and the last column: several samples.
      if (last < 6 || first.slice(6, -1).some(isDecimal)) return undefined;
      const name = header.indexOf("gene_name");
      return {
        delimiter: "\t",
        skip: skip + 1,
        width: header.length,
        id: 0,
        name: name < 0 ? undefined : name,
        layers: new Map([["counts", last]]),
      };
    },
  },
  {
    title: "counts",
    ids: "genes",
    layers: { counts: "values" },
    layout: layoutOfCounts,
  },
];

/**
 * The kind of a table.
 *
 * @param name The file's name, which alone tells the genes and the transcripts
 * of one program apart.
 * @param lines Its first lines, `SNIFFED_LINES` if it has so many.
 */
export function kindByContent(
  name: string,
  lines: readonly string[],
): SampleKind | undefined {
  const kinds = sampleKinds.filter((kind) => kind.layout(lines) !== undefined);
  const ids = name.includes("gene") ? "genes" : "transcripts";
  return kinds.find((kind) => kind.ids === ids) ?? kinds[0];
}

/** A gene and its number in each line, as htseq-count writes them. */
function layoutOfCounts(lines: readonly string[]): SampleLayout | undefined {
  const comments = lines.findIndex((line) => !line.startsWith("#"));
  const rows = lines.slice(Math.max(0, comments)).filter((line) => line !== "");
  if (comments < 0 || rows.length < 2) return undefined;
  const delimiter = rows[1].includes("\t") ? "\t" : ",";
  const cells = rows.map((row) => row.split(delimiter).map(withoutQuotes));
  const width = cells[1].length;
  if (width !== 2 && width !== 3) return undefined;
  const isRow = (row: readonly string[]) =>
    row.length === width && isDecimal(row[width - 1]) && row[0] !== "" &&
    row.slice(1, -1).every((cell) => !isDecimal(cell));
  const header = !isRow(cells[0]);
  if (!cells.slice(1).every(isRow)) return undefined;
  if (header) {
    const [first] = cells;
    // R writes no name above the column of ids.
    if (first.length !== width && first.length !== width - 1) return undefined;
    // The summary beside a table of featureCounts.
    if (first[0] === "Status" || first.some(isDecimal)) return undefined;
  }
  return {
    delimiter,
    skip: comments + (header ? 1 : 0),
    width,
    id: 0,
    name: width === 3 ? 1 : undefined,
    layers: new Map([["counts", width - 1]]),
  };
}

/** A cell without quotes around it. */
export function withoutQuotes(cell: string): string {
  return cell.length > 1 && cell.startsWith('"') && cell.endsWith('"')
    ? cell.slice(1, -1)
    : cell;
}
