/** Reads an AnnData file (.h5ad): samples in rows, genes in columns. */

import { rerun } from "../../../cli/errors.ts";
import { quote, withCommas } from "../../../cli/text.ts";
import { nearestName } from "../../../cli/nearest_name.ts";
import { unreadable } from "../../input/unreadable.ts";
import { FaultTally } from "../../input/fault_tally.ts";
import type { ReadOptions } from "../format.ts";
import { checkSize } from "../size_limit.ts";
import { readDataFrame } from "./data_frame.ts";
import { readDense } from "./dense.ts";
import type { Hdf5File } from "./hdf5_file.ts";
import type { MatrixFacts, ValueSink } from "./messages.ts";
import { noteOtherMatrices, WatchedSink } from "./other_matrices.ts";
import { readSparse } from "./sparse.ts";

/** Layers that a message names. */
const NAMED = 5;

/** A matrix of the file, and how it is stored. */
interface Stored {
  readonly path: string;
  readonly kind: "dense" | "rows" | "columns";
  readonly shape: readonly [rows: number, columns: number];
}

export function isAnnData(file: Hdf5File): boolean {
  return file.textAttribute("/", "encoding-type") === "anndata" ||
    file.kindOf("obs") !== undefined && file.kindOf("var") !== undefined;
}

/**
 * Reads `X`, `raw` or a layer, with the columns of `obs` and `var`.
 *
 * @throws {InputError} If there is no such layer, or the parts do not fit.
 */
export function readAnnData(
  file: Hdf5File,
  { layer = "", ignore = [] }: ReadOptions,
  sink: ValueSink,
): MatrixFacts {
  const path = chooseMatrix(file, layer);
  const notes: string[] = [];
  const rows = readDataFrame(file, "obs", ignore, notes);
  const genes = path.startsWith("raw/") ? "raw/var" : "var";
  const columns = readDataFrame(file, genes, ignore, notes);
  const matrix = describeMatrix(file, path);
  const shape = [rows.ids.length, columns.ids.length];
  if (matrix.shape.some((side, index) => side !== shape[index])) {
    const sides = (both: readonly number[]) => both.map(withCommas).join(" x ");
    throw unreadable(
      file.path,
      `its ${path} is ${sides(matrix.shape)} and should be ${
        sides(shape)
      }, as obs and ${genes} are`,
    );
  }
  checkSize(file.path, ...matrix.shape);
  sink.size(...matrix.shape);
  const faults = new FaultTally();
  const watched = new WatchedSink(sink);
  if (matrix.kind === "dense") readDense(file, path, faults, watched);
  else {
    const [height, width] = matrix.shape;
    const { kind: along } = matrix;
    const sparse = { path, rows: height, columns: width, along };
    readSparse(file, sparse, faults, watched);
  }
  // Who names a matrix has chosen.
  if (layer === "" && watched.mayBeLogarithms) {
    const others = matrixNames(file).filter((name) => name !== "X");
    notes.push(...noteOtherMatrices(path, others));
  }
  return {
    format: path === "X" ? "AnnData" : `AnnData (${path})`,
    rows,
    columns,
    faults: faults.list(),
    genesIn: "columns",
    notes,
  };
}

/** Where the matrix is that the flag asks for. */
function chooseMatrix(file: Hdf5File, layer: string): string {
  const layers = file.names("layers");
  const path = layer === "" || layer === "X"
    ? "X"
    : layer === "raw" && !layers.includes("raw")
    ? "raw/X"
    : `layers/${layer}`;
  const isPlain = path === "X" || path === "raw/X" || layers.includes(layer);
  if (isPlain && file.kindOf(path) !== undefined) return path;
  const known = matrixNames(file);
  const near = nearestName(layer, known) ?? known[0];
  throw unreadable(
    file.path,
    `it has no ${path === "X" ? "X" : `layer ${quote(layer)}`}; it has ${
      known.length === 0
        ? "no matrix at all"
        : known.slice(0, NAMED).map(quote).join(", ") +
          (known.length > NAMED ? ", ..." : "")
    }`,
    near === undefined ? undefined : rerun("prepare", { layer: near }),
  );
}

/** The matrices of the file, as the flag names them. */
function matrixNames(file: Hdf5File): string[] {
  return [
    ...file.kindOf("X") === undefined ? [] : ["X"],
    ...file.kindOf("raw/X") === undefined ? [] : ["raw"],
    ...file.names("layers"),
  ];
}

function describeMatrix(file: Hdf5File, path: string): Stored {
  if (file.kindOf(path) === "dataset") {
    const shape = file.shapeOf(path);
    if (shape.length === 2 && file.contentOf(path) === "numbers") {
      return { path, kind: "dense", shape: [shape[0], shape[1]] };
    }
  } else {
    const kind = file.textAttribute(path, "encoding-type") ||
      file.textAttribute(path, "h5sparse_format");
    const shape = file.attribute(path, "shape") ??
      file.attribute(path, "h5sparse_shape");
    const [rows, columns] = ArrayBuffer.isView(shape)
      ? Array.from(shape as unknown as ArrayLike<number | bigint>, Number)
      : [];
    if (/^cs[rc]/.test(kind) && columns !== undefined) {
      return {
        path,
        kind: kind.startsWith("csr") ? "rows" : "columns",
        shape: [rows, columns],
      };
    }
  }
  throw unreadable(
    file.path,
    `its ${path} is neither a table of numbers nor a CSR or CSC matrix`,
  );
}
