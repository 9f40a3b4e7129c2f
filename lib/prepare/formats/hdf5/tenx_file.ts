/** Reads the .h5 file of 10x Cell Ranger: cells in columns, sparse. */

import { countOf, quote } from "../../../cli/text.ts";
import { unreadable } from "../../input/unreadable.ts";
import { FaultTally } from "../../input/fault_tally.ts";
import { checkSize } from "../size_limit.ts";
import type { Hdf5File } from "./hdf5_file.ts";
import type { MatrixFacts, SideFacts, ValueSink } from "./messages.ts";
import { readSparse } from "./sparse.ts";

const PARTS = ["barcodes", "data", "indices", "indptr", "shape"];

/** The groups that hold such a matrix: one of version 3, a genome's of 2. */
export function tenxGroups(file: Hdf5File): string[] {
  return file.names("/").filter((name) => {
    const names = file.names(name);
    return PARTS.every((part) => names.includes(part));
  });
}

/**
 * Reads the counts as cells x features.
 *
 * @throws {InputError} If there are several genomes, or the parts do not fit.
 */
export function readTenx(
  file: Hdf5File,
  groups: readonly string[],
  { layer }: { readonly layer?: string },
  sink: ValueSink,
): MatrixFacts {
  const path = groups.length === 1
    ? groups[0]
    : groups.find((group) => group === layer);
  if (path === undefined) {
    throw unreadable(
      file.path,
      `it holds ${countOf(groups.length, "matrix", "matrices")} (${
        groups.slice(0, 3).map(quote).join(", ")
      }) and one should be named`,
      `Add --layer ${groups[0]}`,
    );
  }
  const [features, cells] = file.list(`${path}/shape`);
  const rows: SideFacts = {
    title: "barcode",
    ids: file.texts(`${path}/barcodes`),
    annotations: [],
    place: `${path}/barcodes`,
  };
  const columns = readFeatures(file, path);
  if (rows.ids.length !== cells || columns.ids.length !== features) {
    throw unreadable(
      file.path,
      `it declares ${countOf(features, "feature")} and ${
        countOf(cells, "barcode")
      } and names ${columns.ids.length} and ${rows.ids.length}`,
    );
  }
  checkSize(file.path, cells, features);
  sink.size(cells, features);
  const faults = new FaultTally();
  const sparse = { path, rows: cells, columns: features, along: "rows" };
  readSparse(file, { ...sparse, along: "rows" }, faults, sink);
  return {
    format: "10x HDF5",
    rows,
    columns,
    faults: faults.list(),
    genesIn: "columns",
    notes: [],
  };
}

function readFeatures(
  file: Hdf5File,
  path: string,
): SideFacts {
  const isNew = file.kindOf(`${path}/features`) === "group";
  const places = isNew
    ? {
      id: "features/id",
      gene_name: "features/name",
      feature_type: "features/feature_type",
    }
    : { id: "genes", gene_name: "gene_names" };
  const { id, ...others } = places;
  const annotations = [];
  for (const [name, place] of Object.entries(others)) {
    if (file.kindOf(`${path}/${place}`) !== "dataset") continue;
    annotations.push({ name, texts: file.texts(`${path}/${place}`) });
  }
  return {
    title: "id",
    ids: file.texts(`${path}/${id}`),
    annotations,
    place: `${path}/${id}`,
  };
}
