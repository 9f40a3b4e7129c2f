/** Takes an expression matrix from any format, and refuses what is not valid. */

import { countOf, quote, withCommas } from "../../cli/text.ts";
import { GrowableMatrix } from "./growable_matrix.ts";
import { unreadable } from "./unreadable.ts";
import { describeFault, isAccepted } from "./value_faults.ts";

/** More genes than any transcriptome has: the file is not such a matrix. */
const GENE_LIMIT = 1_000_000;
/** More than any study has, and less than a `Map` can hold. */
export const SAMPLE_LIMIT = 10_000_000;
/** A longer name is not a name: a quote is open, or it is not a matrix. */
export const NAME_LIMIT = 1000;
export const TOO_LONG = `has more than ${NAME_LIMIT} characters`;

/** An expression matrix as its file has it. */
export interface ExpressionMatrix {
  /** One per row, in the order of the file. */
  readonly sampleIds: readonly string[];
  /** One per column of `values`, in the order of the file. */
  readonly genes: readonly string[];
  /** Each sample's tissue. */
  readonly tissues: readonly string[];
  /** samples x genes expression values, row after row, none negative. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** What the names of a matrix's columns are. */
export interface MatrixHeader {
  readonly genes: readonly string[];
  /** What the file calls the tissues. */
  readonly label: string;
  /** Where a gene's name is, for a message; by default `gene 3`. */
  readonly locate?: (gene: number) => string;
}

/**
 * What a format's reader feeds: first `header`; then `row` for each sample
 * with all its values, or `sample` for each sample and `value` for each of its
 * values, in any order. Each gives the line of the file, where it has lines.
 * All throw an `InputError` for what is not valid.
 */
export class MatrixSink {
  #genes: readonly string[] = [];
  #label = "";
  readonly #geneIndex = new Map<string, number>();
  readonly #sampleIds: string[] = [];
  readonly #sampleIndex = new Map<string, number>();
  /** The line of each sample. */
  readonly #lines: (number | undefined)[] = [];
  readonly #tissues: string[] = [];
  #rows = new GrowableMatrix(1);
  /** Values taken. */
  #count = 0;

  /** @param path The file, for messages. */
  constructor(readonly path: string) {}

  /** Refuses the file. */
  refuse(what: string, remedy?: string): never {
    throw unreadable(this.path, what, remedy);
  }

  /** Takes the names of the genes, in the order of their columns. */
  header(
    { genes, label, locate = (gene) => `gene ${gene + 1}` }: MatrixHeader,
  ): void {
    if (genes.length === 0) this.refuse("it has no gene");
    if (genes.length > GENE_LIMIT) {
      this.refuse("it has more than 1,000,000 genes");
    }
    const names = this.#geneIndex;
    genes.forEach((name, gene) => {
      if (name === "") {
        this.refuse(`${locate(gene)} is empty and must hold a gene`);
      }
      if (name.length > NAME_LIMIT) {
        this.refuse(`${locate(gene)}, ${quote(name)}, ${TOO_LONG}`);
      }
      const first = names.get(name);
      if (first !== undefined) {
        this.refuse(
          `gene ${quote(name)} is given twice: ${locate(first)} and ` +
            locate(gene),
        );
      }
      if (name === label) {
        this.refuse(
          `${locate(gene)}, ${
            quote(name)
          }, has the name of the tissues' column`,
        );
      }
      names.set(name, gene);
    });
    this.#genes = genes;
    this.#label = label;
    this.#rows = new GrowableMatrix(genes.length);
  }

  /** Takes a sample with all its values, in the order of the genes. */
  row(
    id: string,
    tissue: string,
    values: ArrayLike<number>,
    line?: number,
  ): void {
    const row = this.#addSample(id, tissue, line);
    if (values.length !== row.length) {
      this.refuse(
        `${sampleAt(id, line)} has ${countOf(values.length, "value")} and ` +
          `must have ${withCommas(row.length)}, one per gene`,
      );
    }
    for (let gene = 0; gene < row.length; gene++) {
      const value = values[gene];
      if (!isAccepted(value)) this.#refuseValue(id, gene, value, line);
      row[gene] = value + 0; // -0 becomes 0
    }
    this.#count += row.length;
  }

  /** Takes a sample whose values follow one by one. */
  sample(id: string, tissue: string, line?: number): void {
    this.#addSample(id, tissue, line).fill(NaN);
  }

  /** Takes one value of a sample. */
  value(id: string, gene: string, value: number, line?: number): void {
    const prefix = line === undefined ? "" : `line ${line}: `;
    const column = this.#geneIndex.get(gene);
    if (column === undefined) {
      this.refuse(`${prefix}there is no gene ${quote(gene)}`);
    }
    const sample = this.#sampleIndex.get(id);
    if (sample === undefined) {
      this.refuse(`${prefix}there is no sample ${quote(id)}`);
    }
    const row = this.#rows.row(sample);
    if (!Number.isNaN(row[column])) {
      this.refuse(
        `${prefix}sample ${quote(id)}, gene ${quote(gene)} is given twice`,
      );
    }
    if (!isAccepted(value)) this.#refuseValue(id, column, value, line);
    row[column] = value + 0;
    this.#count++;
  }

  /** The matrix, when the file has been read. */
  finish(): ExpressionMatrix {
    const [samples, genes] = [this.#sampleIds.length, this.#genes.length];
    if (samples === 0) this.refuse("it has a header but no sample");
    if (this.#count !== samples * genes) this.#refuseMissing();
    if (new Set(this.#tissues).size < 2) {
      this.refuse(
        `column ${quote(this.#label)} holds one tissue only, ` +
          `${quote(this.#tissues[0])}, and must hold at least two`,
        "If that is not the tissue, name its column with --label",
      );
    }
    return {
      sampleIds: this.#sampleIds,
      genes: this.#genes,
      tissues: this.#tissues,
      values: this.#rows.join(),
    };
  }

  #addSample(id: string, tissue: string, line?: number): Float32Array {
    const index = this.#sampleIds.length;
    const prefix = line === undefined
      ? `sample ${index + 1}: `
      : `line ${line}: `;
    if (id === "") this.refuse(`${prefix}the sample id is empty`);
    if (id.length > NAME_LIMIT) {
      this.refuse(`${prefix}the sample id ${quote(id)} ${TOO_LONG}`);
    }
    const first = this.#sampleIndex.get(id);
    if (first !== undefined) {
      const where = this.#lines[first];
      this.refuse(
        `${prefix}sample ${quote(id)} is ` +
          (where === undefined ? "given" : `on line ${where}`) +
          " already and must be unique",
      );
    }
    if (index >= SAMPLE_LIMIT) {
      this.refuse("it has more than 10,000,000 samples");
    }
    const fault = tissue === ""
      ? "the tissue is empty and must be named"
      : tissue.length > NAME_LIMIT
      ? `the tissue ${quote(tissue)} ${TOO_LONG}`
      : undefined;
    if (fault !== undefined) {
      this.refuse(
        `${sampleAt(id, line)}, column ${quote(this.#label)}: ${fault}`,
      );
    }
    this.#sampleIndex.set(id, index);
    this.#sampleIds.push(id);
    this.#lines.push(line);
    this.#tissues.push(tissue);
    return this.#rows.add();
  }

  #refuseValue(id: string, gene: number, value: number, line?: number): never {
    const [what, remedy] = describeFault(String(value), value);
    this.refuse(
      `${sampleAt(id, line)}, gene ${quote(this.#genes[gene])}: ${what}`,
      remedy,
    );
  }

  #refuseMissing(): never {
    const genes = this.#genes.length;
    const missing = this.#sampleIds.length * genes - this.#count;
    const values = this.#rows.join();
    const first = values.findIndex(Number.isNaN);
    this.refuse(
      `${missing} of ${values.length} values are missing; the first is sample ` +
        `${quote(this.#sampleIds[Math.floor(first / genes)])}, gene ` +
        quote(this.#genes[first % genes]),
    );
  }
}

/** A sample and its line, for a message. */
function sampleAt(id: string, line?: number): string {
  const sample = `sample ${quote(id)}`;
  return line === undefined ? sample : `line ${line} (${sample})`;
}
