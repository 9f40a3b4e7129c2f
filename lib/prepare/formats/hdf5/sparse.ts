/** Reads a sparse matrix of an HDF5 file: CSR or CSC. */

import { countOf, withCommas } from "../../../cli/text.ts";
import { unreadable } from "../../input/unreadable.ts";
import type { FaultTally } from "../../input/fault_tally.ts";
import type { Hdf5File } from "./hdf5_file.ts";
import type { ValueSink } from "./messages.ts";
import { asFloat32, asFloat64 } from "./stored_numbers.ts";

/** Entries that are read at a time. */
const AT_ONCE = 1 << 20;

/** A sparse matrix as `data`, `indices` and `indptr` hold it. */
export interface SparseMatrix {
  /** The group with the three datasets. */
  readonly path: string;
  readonly rows: number;
  readonly columns: number;
  /** Which side `indptr` runs along. */
  readonly along: "rows" | "columns";
}

/**
 * Reads the entries. Those of one cell add up, as in scipy.
 *
 * @throws {InputError} If the three datasets do not fit together.
 */
export function readSparse(
  file: Hdf5File,
  { path, rows, columns, along }: SparseMatrix,
  faults: FaultTally,
  sink: ValueSink,
): void {
  const [major, minor] = along === "rows" ? [rows, columns] : [columns, rows];
  const ends = file.list(`${path}/indptr`);
  const [entries = 0] = file.shapeOf(`${path}/data`);
  const [indices = 0] = file.shapeOf(`${path}/indices`);
  if (
    ends.length !== major + 1 || indices !== entries || ends[0] !== 0 ||
    ends[major] !== entries || ends.some((end, at) => end < ends[at - 1])
  ) {
    throw unreadable(
      file.path,
      `its sparse matrix ${path} does not fit together: ` +
        `${countOf(entries, "value")}, ${withCommas(indices)} indices, ` +
        `indptr of length ${withCommas(ends.length)} that ends with ` +
        `${withCommas(ends.at(-1) ?? 0)}, and should have ${
          withCommas(major + 1)
        } that end with the number of values`,
    );
  }
  let outside = 0;
  let at = 0;
  for (let from = 0; from < entries; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, entries - from);
    const data = file.numbers(`${path}/data`, [from], [count]);
    const values = asFloat32(data);
    const places = asFloat64(
      file.numbers(`${path}/indices`, [from], [count]),
    );
    const majors = new Int32Array(count);
    const minors = new Int32Array(count);
    for (let index = 0; index < count; index++) {
      while (from + index >= ends[at + 1]) at++;
      const place = places[index];
      if (!(place >= 0 && place < minor)) {
        outside++; // The file is refused below.
        values[index] = 0;
        continue;
      }
      majors[index] = at;
      minors[index] = place;
      if (Math.abs(values[index]) < Infinity) continue;
      values[index] = along === "rows"
        ? faults.take(Number(data[index]), at, place)
        : faults.take(Number(data[index]), place, at);
    }
    sink.entries(
      along === "rows"
        ? { rows: majors, columns: minors, values }
        : { rows: minors, columns: majors, values },
    );
  }
  if (outside > 0) {
    throw unreadable(
      file.path,
      `${withCommas(outside)} of the ${countOf(entries, "index", "indices")} ` +
        `of its sparse matrix ${path} lie outside of it, which is ` +
        `${withCommas(rows)} x ${withCommas(columns)}`,
    );
  }
}
