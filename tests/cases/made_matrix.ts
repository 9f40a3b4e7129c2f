/** A matrix as people have it, and the many ways in which it is written down. */

/** samples x genes values with the tissue of each sample. */
export interface Made {
  readonly samples: readonly string[];
  readonly genes: readonly string[];
  readonly tissues: readonly string[];
  /** A row per sample. */
  readonly values: readonly (readonly number[])[];
}

type Cell = string | number;
/** A table as its rows of cells. */
export type Rows = readonly (readonly Cell[])[];

/** What differs from the usual matrix. */
interface Options {
  readonly samples?: number;
  readonly genes?: number;
  readonly sampleId?: (index: number) => string;
  readonly geneId?: (index: number) => string;
  readonly tissues?: readonly string[];
  /** Whole numbers. */
  readonly counts?: boolean;
}

const TISSUES = ["leaf", "root", "pollen", "embryo"];

/**
 * 48 samples in order of their tissues, and 120 genes of maize of which some
 * are high in one tissue; values like TPM of some genes, with three decimals.
 */
export function made({
  samples = 48,
  genes = 120,
  sampleId = (index) => `SRR${1000 + index}`,
  geneId = (index) => `Zm00001d${String(index + 1).padStart(6, "0")}`,
  tissues = TISSUES,
  counts = false,
}: Options = {}): Made {
  let state = 7;
  const draw = () => (state = (state * 16807) % 2147483647) / 2147483647;
  const of = <Item>(length: number, item: (index: number) => Item) =>
    Array.from({ length }, (_, index) => item(index));
  const tissueOf = (sample: number) =>
    tissues[Math.floor(sample * tissues.length / samples)];
  return {
    samples: of(samples, sampleId),
    genes: of(genes, geneId),
    tissues: of(samples, tissueOf),
    values: of(samples, (sample) =>
      of(genes, (gene) => {
        const isOwn = gene % (3 * tissues.length) ===
          tissues.indexOf(tissueOf(sample));
        const value = (isOwn ? 300 : 20) * (0.3 + draw()) * (1 + gene % 7);
        return counts ? Math.round(value) : Number(value.toFixed(3));
      })),
  };
}

/** Samples in rows; the tissues in the last column, or in none. */
export function wide(
  { samples, genes, tissues, values }: Made,
  { title = "sample_id", label = "tissue" as string | null } = {},
): Cell[][] {
  const end = (text: string) => label === null ? [] : [text];
  return [
    [title, ...genes, ...end(label ?? "")],
    ...samples.map((id, row) => [id, ...values[row], ...end(tissues[row])]),
  ];
}

/** Genes in rows; the tissues in a row of their own, or in none. */
export function tall(
  { samples, genes, tissues, values }: Made,
  { title = "gene_id", label = null as string | null, last = false } = {},
): Cell[][] {
  const rows: Cell[][] = genes.map((id, gene) => [
    id,
    ...values.map((row) => row[gene]),
  ]);
  const texts = label === null ? [] : [[label, ...tissues]];
  return [
    [title, ...samples],
    ...last ? [] : texts,
    ...rows,
    ...last ? texts : [],
  ];
}

/** A sample sheet: ids, further columns, the tissues. */
export function sheet(
  { samples, tissues }: Made,
  {
    id = "sample_id",
    label = "tissue",
    write = (id: string, _index: number) => id,
    more = {} as Readonly<Record<string, (index: number) => string>>,
  } = {},
): Cell[][] {
  return [
    [id, ...Object.keys(more), label],
    ...samples.map((sample, index) => [
      write(sample, index),
      ...Object.values(more).map((of) => of(index)),
      tissues[index],
    ]),
  ];
}

/** With another column at that place. */
export function withColumn(
  rows: Rows,
  place: number,
  name: string,
  cellOf: (index: number) => Cell,
): Cell[][] {
  return rows.map((row, index) =>
    row.toSpliced(place, 0, index === 0 ? name : cellOf(index - 1))
  );
}

/** With another text in one cell; row 0 is the header. */
export function withCell(
  rows: Rows,
  row: number,
  column: number,
  cell: Cell,
): Cell[][] {
  return rows.map((cells, index) =>
    index === row ? cells.with(column, cell) : [...cells]
  );
}

/** The table as text. */
export function write(rows: Rows, delimiter = ",", end = "\n"): string {
  return rows.map((row) => row.join(delimiter) + end).join("");
}

/** Each text between double quotes, numbers as they are, as R writes them. */
export function quoted(rows: Rows): string[][] {
  return rows.map((row) =>
    row.map((cell) => typeof cell === "number" ? String(cell) : `"${cell}"`)
  );
}
