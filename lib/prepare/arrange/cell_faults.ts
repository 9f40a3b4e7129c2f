/** Refuses cells that hold no number, and says which they are. */

import type { Remedy } from "../../cli/errors.ts";
import type { ColumnFault, FaultKind, RawMatrix } from "../input/raw_matrix.ts";
import { describeFaults } from "../input/value_faults.ts";
import { unreadable } from "../input/unreadable.ts";
import { type CellCounts, countCells, countSome } from "./cell_counts.ts";
import type { ValueTable } from "./value_table.ts";
import { sidesOf } from "./sides.ts";

/** The values that were taken of a matrix. */
export interface Picked {
  readonly raw: RawMatrix;
  readonly genesIn: "rows" | "columns";
  /** Where each sample of the table is on its side of the matrix. */
  readonly samples: readonly number[];
  /** Where each gene is. */
  readonly genes: readonly number[];
  readonly table: ValueTable;
}

/**
 * Refuses words, decimal commas, infinite and too large values. What is in
 * columns and rows that are left out does not count.
 *
 * @param missing The cells without a number.
 * @throws {InputError} That counts all of one kind and names the first.
 */
export function refuseFaults(
  path: string,
  picked: Picked,
  missing: CellCounts,
): void {
  const { raw, genesIn, table } = picked;
  const kinds = new Set(raw.faults.map(({ kind }) => kind));
  kinds.delete("missing");
  for (const kind of missing.values === 0 ? [] : kinds) {
    const faults = faultsAmong(picked, kind, missing);
    if (faults.length === 0) continue;
    const meant = new Set(faults.map(({ column }) => column));
    const columns = genesIn === "rows" ? picked.samples : picked.genes;
    const marks = Uint8Array.from(columns, (at) => meant.has(at) ? 1 : 0);
    const counts = countCells(
      table,
      "missing",
      genesIn === "rows" ? { samples: marks } : { genes: marks },
    );
    // A column may have cells of another kind, too.
    const cells = faults.reduce((total, fault) => total + fault.cells, 0);
    const values = Math.min(counts.values, cells);
    refuseKind(path, picked, kind, { ...counts, values }, faults);
  }
  const infinite = countCells(table, "infinite");
  if (infinite.values > 0) refuseKind(path, picked, "infinite", infinite, []);
}

/**
 * Refuses missing values.
 *
 * @throws {InputError} That counts them and names the first.
 */
export function refuseMissing(
  path: string,
  picked: Picked,
  missing: CellCounts,
  remedy: Remedy,
): never {
  const faults = faultsAmong(picked, "missing", missing);
  refuseKind(path, picked, "missing", missing, faults, remedy);
}

/** The faults of one kind that are in what was taken. */
function faultsAmong(
  { raw, genesIn, genes, samples }: Picked,
  kind: FaultKind,
  missing: CellCounts,
): ColumnFault[] {
  const [rows, columns] = genesIn === "rows"
    ? [genes, samples]
    : [samples, genes];
  const ofColumn = genesIn === "rows" ? missing.ofSample : missing.ofGene;
  const isKept = new Set(rows);
  const indexOf = new Map(columns.map((column, index) => [column, index]));
  const others = new Map<number, number>();
  for (const fault of raw.faults) {
    if (fault.kind === kind) continue;
    others.set(fault.column, (others.get(fault.column) ?? 0) + fault.cells);
  }
  return raw.faults.filter((fault) => {
    const index = indexOf.get(fault.column);
    if (fault.kind !== kind || index === undefined) return false;
    // Which rows the other cells are in is not known.
    return isKept.has(fault.row) ||
      ofColumn[index] > (others.get(fault.column) ?? 0);
  });
}

function refuseKind(
  path: string,
  picked: Picked,
  kind: FaultKind,
  { values, ofSample, ofGene }: CellCounts,
  faults: readonly ColumnFault[],
  remedy?: Remedy,
): never {
  const [what, usual] = describeFaults({
    kind,
    values,
    samples: Math.min(values, countSome(ofSample)),
    genes: Math.min(values, countSome(ofGene)),
    ...describeFirst(picked, faults, kind),
  });
  throw unreadable(path, what, remedy ?? usual);
}

/** The first of such cells in the file, for the message. */
function describeFirst(
  picked: Picked,
  faults: readonly ColumnFault[],
  kind: FaultKind,
): { text: string; sample: string; gene: string; where?: string } {
  const { raw, genesIn, samples, genes, table } = picked;
  const sides = sidesOf(raw, genesIn);
  const isKept = new Set(genesIn === "rows" ? genes : samples);
  const [first] = faults.filter(({ row }) => isKept.has(row))
    .sort((a, b) => a.row - b.row || a.column - b.column);
  if (first !== undefined) {
    const { row, column, text } = first;
    return {
      text,
      sample: sides.samples.ids[genesIn === "rows" ? column : row],
      gene: sides.genes.ids[genesIn === "rows" ? row : column],
      where: raw.rows.locate(row),
    };
  }
  const at = table.values.findIndex(
    kind === "infinite"
      ? (value) => Math.abs(value) === Infinity
      : Number.isNaN,
  );
  return {
    text: String(table.values[at]),
    sample: sides.samples.ids[samples[Math.floor(at / table.genes)]],
    gene: sides.genes.ids[genes[at % table.genes]],
  };
}
