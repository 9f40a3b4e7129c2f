/** Reads a loom file: genes in rows, cells in columns. */

import { rerun } from "../../../cli/errors.ts";
import { quote, withCommas } from "../../../cli/text.ts";
import type { Annotation } from "../../input/raw_matrix.ts";
import { unreadable } from "../../input/unreadable.ts";
import { FaultTally } from "../../input/fault_tally.ts";
import type { ReadOptions } from "../format.ts";
import { checkSize } from "../size_limit.ts";
import { readDense } from "./dense.ts";
import type { Hdf5File } from "./hdf5_file.ts";
import type { MatrixFacts, SideFacts, ValueSink } from "./messages.ts";

/** Attributes that hold ids, the most telling first. */
const GENE_IDS = [
  "Accession",
  "gene_ids",
  "ensembl_id",
  "var_names",
  "Gene",
  "gene",
];
const CELL_IDS = ["CellID", "obs_names", "cell_names", "cell", "Barcode"];

export function isLoom(file: Hdf5File): boolean {
  return file.kindOf("matrix") === "dataset" &&
    file.kindOf("row_attrs") === "group" &&
    file.kindOf("col_attrs") === "group";
}

/**
 * Reads the matrix, or a layer, with the attributes of both sides.
 *
 * @throws {InputError} If there is no such layer, or no ids.
 */
export function readLoom(
  file: Hdf5File,
  { layer = "", ignore = [] }: ReadOptions,
  sink: ValueSink,
): MatrixFacts {
  const layers = file.names("layers");
  if (layer !== "" && !layers.includes(layer)) {
    throw unreadable(
      file.path,
      `it has no layer ${quote(layer)}; it has ${
        ["the matrix itself", ...layers.slice(0, 5).map(quote)].join(", ")
      }`,
      layers.length === 0
        ? "Leave out --layer"
        : rerun("prepare", { layer: layers[0] }),
    );
  }
  const path = layer === "" ? "matrix" : `layers/${layer}`;
  const [rows, columns] = file.shapeOf(path);
  const genes = readSide(file, "row_attrs", GENE_IDS, rows, ignore);
  const cells = readSide(file, "col_attrs", CELL_IDS, columns, ignore);
  checkSize(file.path, rows, columns);
  sink.size(rows, columns);
  const faults = new FaultTally();
  readDense(file, path, faults, sink);
  return {
    format: layer === "" ? "loom" : `loom (${path})`,
    rows: genes,
    columns: cells,
    faults: faults.list(),
    genesIn: "rows",
    notes: [],
  };
}

function readSide(
  file: Hdf5File,
  group: string,
  idNames: readonly string[],
  length: number,
  ignore: readonly string[],
): SideFacts {
  const names = file.names(group).filter((name) => {
    const path = `${group}/${name}`;
    return file.kindOf(path) === "dataset" &&
      file.contentOf(path) !== "records" &&
      file.shapeOf(path).length === 1 && file.shapeOf(path)[0] === length;
  });
  const title = idNames.find((name) => names.includes(name));
  if (title === undefined) {
    throw unreadable(
      file.path,
      `its ${group} has none of ${idNames.join(", ")} with ` +
        `${withCommas(length)} ids`,
    );
  }
  const annotations: Annotation[] = [];
  for (const name of names) {
    if (name === title || ignore.includes(name)) continue;
    annotations.push({ name, texts: file.texts(`${group}/${name}`) });
  }
  const place = `${group}/${title}`;
  return { title, ids: file.texts(place), annotations, place };
}
