/** Reads MatrixMarket (.mtx), whose names are in two files beside it. */

import { basename, join } from "node:path";
import { rerun } from "../../cli/errors.ts";
import { countOf, quote } from "../../cli/text.ts";
import { explainUnreadable } from "../../cli/text_file.ts";
import type { FileSource } from "../input/file_stream.ts";
import type { RawMatrix } from "../input/raw_matrix.ts";
import { unreadable } from "../input/unreadable.ts";
import type { Format, ReadOptions } from "./format.ts";
import { readNames } from "./matrix_market/names.ts";
import { readValues } from "./matrix_market/values.ts";

const MARK = /^\uFEFF?%%MatrixMarket/i;
const EXTENSION = /\.mtx(\.gz)?$/i;

/**
 * MatrixMarket, as a file or as the folder that holds it: `matrix.mtx` with
 * `features.tsv` and `barcodes.tsv` (10x Genomics, STARsolo), and the other
 * usual names. Cells without an entry are 0; entries of one cell add up, as
 * `scipy.io.mmread` and `toarray` do. What is sparse becomes a full matrix.
 */
export const matrixMarket: Format = {
  name: "matrix-market",
  title: "MatrixMarket mtx",
  extensions: [".mtx"],
  recognizes: ({ entries, text }) =>
    entries === undefined
      ? MARK.test(text)
      : entries.some((name) => EXTENSION.test(name)),
  read: readMatrixMarket,
};

async function readMatrixMarket(
  source: FileSource,
  { ignore = [], noteFile }: ReadOptions,
): Promise<RawMatrix> {
  const path = await findMatrix(source.path);
  if (path !== source.path) await noteFile?.(path);
  const { rows, columns, values, faults, repeats } = await readValues({
    ...source,
    path,
  });
  const names = await readNames(path, rows, columns, noteFile);
  const keep = <Axis extends RawMatrix["rows"]>(axis: Axis) => ({
    ...axis,
    annotations: axis.annotations.filter(({ name }) => !ignore.includes(name)),
  });
  return {
    format: "MatrixMarket",
    rows: keep(names.rows),
    columns: keep(names.columns),
    values,
    faults: faults.list(),
    genesIn: names.genesIn,
    notes: repeats === 0 ? [] : [
      `${countOf(repeats, "entry", "entries")} of ${quote(basename(path))} ` +
      "had a cell that an earlier one had: they were added up",
    ],
  };
}

/** The matrix in a folder, or the path itself if it is a file. */
async function findMatrix(path: string): Promise<string> {
  const names: string[] = [];
  try {
    if (!(await Deno.stat(path)).isDirectory) return path;
    for await (const entry of Deno.readDir(path)) {
      if (!entry.isDirectory && EXTENSION.test(entry.name)) {
        names.push(entry.name);
      }
    }
  } catch (error) {
    throw unreadable(path, explainUnreadable(error));
  }
  names.sort();
  const chosen = names.length === 1
    ? names[0]
    : names.find((name) => /^matrix\.mtx$/i.test(name)) ??
      names.find((name) => /^matrix\.mtx\.gz$/i.test(name));
  if (chosen !== undefined) return join(path, chosen);
  throw unreadable(
    path,
    names.length === 0
      ? "the folder holds no .mtx file"
      : `the folder holds ${countOf(names.length, ".mtx file")} (${
        names.slice(0, 3).map(quote).join(", ")
      }${names.length > 3 ? ", ..." : ""})`,
    names.length === 0
      ? undefined
      : rerun("prepare", { input: join(path, names[0]) }),
  );
}
