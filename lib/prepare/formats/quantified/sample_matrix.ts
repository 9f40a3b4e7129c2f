/** The matrix that is filled sample after sample. */

import { quote, withCommas } from "../../../cli/text.ts";
import { FaultTally } from "../../input/fault_tally.ts";
import { GrowableMatrix } from "../../input/growable_matrix.ts";
import type { Annotation } from "../../input/raw_matrix.ts";
import { unreadable } from "../../input/unreadable.ts";
import type { SampleRows } from "./read_sample.ts";
import { noteCounters, noteLost } from "./sample_notes.ts";
import { SampleOrder } from "./sample_order.ts";
import { planSums, type SumPlan, type TranscriptTable } from "./transcripts.ts";

/** More genes than any transcriptome has. */
const GENE_LIMIT = 1_000_000;

/**
 * Takes samples with the same genes, or the same transcripts that are added up
 * to genes, in any order. Samples are the rows.
 */
export class SampleMatrix {
  readonly #ids: readonly string[];
  readonly #order: SampleOrder;
  readonly #plan: SumPlan | undefined;
  readonly #genes: readonly string[];
  readonly #names: readonly string[] | undefined;
  readonly #values: GrowableMatrix;
  readonly #faults = new FaultTally();
  readonly #sums = new Map<string, number>();
  #samples = 0;
  #counters = 0;
  /** The sum of all values, and of those whose transcript has no gene. */
  #total = 0;
  #lost = 0;

  /**
   * @param folder The folder, for messages.
   * @param file The first sample's file in it.
   * @param first The first sample, which gives the order of all.
   * @param table Which gene each transcript belongs to, if they are summed.
   * @throws {InputError} If no transcript has a gene, or there are more than
   * 1,000,000 genes.
   */
  constructor(
    readonly folder: string,
    readonly file: string,
    first: SampleRows,
    readonly table: TranscriptTable | undefined,
  ) {
    this.#ids = first.ids;
    this.#order = new SampleOrder(file, first.ids);
    this.#plan = table && planSums(first.ids, table);
    this.#genes = this.#plan?.genes ?? first.ids;
    this.#names = this.#plan === undefined ? first.names : this.#plan.names;
    if (this.#genes.length > GENE_LIMIT) {
      throw unreadable(
        folder,
        `its samples have more than ${withCommas(GENE_LIMIT)} rows`,
      );
    }
    this.#values = new GrowableMatrix(this.#genes.length);
  }

  /** Takes the next sample, the first one too. */
  add(file: string, sample: SampleRows): void {
    const { ids, values, faults } = sample;
    const places = this.#samples++ === 0
      ? undefined
      : this.#order.placesOf(file, ids);
    if (places === null) return;
    this.#counters += sample.counters;
    for (const [layer, sum] of sample.sums) {
      this.#sums.set(layer, (this.#sums.get(layer) ?? 0) + sum);
    }
    // Every sample's transcripts are added in one order, so they round alike.
    const ordered = places === undefined
      ? values
      : new Float64Array(ids.length);
    places?.forEach((place, row) => ordered[place] = values[row]);
    const taken = new Set<number>();
    for (const { row, kind, text } of faults) {
      const column = this.#columnOf(places === undefined ? row : places[row]);
      if (column < 0 || taken.has(column)) continue;
      taken.add(column);
      this.#faults.add(column, this.#samples - 1, kind, text);
    }
    this.#addRow(ordered);
  }

  /**
   * @returns The genes with their names, the values, and the sums over all
   * samples of each column of numbers.
   * @throws {InputError} If samples hold different ids.
   */
  finish() {
    this.#order.check(this.folder);
    const locate = (index: number) =>
      this.#plan === undefined
        ? `row ${withCommas(index + 1)} of ${this.file}`
        : `gene ${quote(this.#genes[index])} of the table of transcripts`;
    const annotations: Annotation[] = this.#names === undefined
      ? []
      : [{ name: "gene_name", texts: this.#names }];
    return {
      columns: { title: "gene", ids: this.#genes, annotations, locate },
      values: this.#values,
      faults: this.#faults.list(),
      sums: this.#sums,
      notes: [
        ...this.#plan?.notes ?? [],
        ...noteLost({
          lost: this.#ids.filter((_, row) => this.#columnOf(row) < 0).length,
          transcripts: this.#ids.length,
          share: this.#total > 0 ? this.#lost / this.#total : 0,
          table: this.table?.path ?? "",
        }),
        ...noteCounters(this.#counters, this.#samples),
      ],
    };
  }

  /** The gene of one of the first sample's rows; -1 for none. */
  #columnOf(row: number): number {
    return this.#plan === undefined ? row : this.#plan.geneOf[row];
  }

  /** Adds the values as they are, or the sums of the transcripts. */
  #addRow(values: Float64Array): void {
    const row = this.#values.add();
    if (this.#plan === undefined) {
      row.set(values);
      return;
    }
    const { geneOf } = this.#plan;
    const sums = new Float64Array(row.length);
    values.forEach((value, place) => {
      const known = value || 0; // A missing value is none of the total.
      this.#total += known;
      if (geneOf[place] < 0) this.#lost += known;
      else sums[geneOf[place]] += value;
    });
    row.set(sums);
    row.forEach((sum, column) => {
      if (Math.abs(sum) !== Infinity) return;
      row[column] = NaN;
      this.#faults.add(
        column,
        this.#samples - 1,
        "too large",
        String(sums[column]),
      );
    });
  }
}
