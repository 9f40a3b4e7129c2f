/** HDF5 files that hold something else than a matrix that can be read. */

import { quote } from "../../../cli/text.ts";
import type { InputError } from "../../../cli/errors.ts";
import { unreadable } from "../../input/unreadable.ts";
import type { Hdf5File } from "./hdf5_file.ts";

const TO_ANNDATA = "Write the matrix as .h5ad (AnnData), or as CSV";

/** What else there is: the names that show it, what it is, and a way out. */
const KINDS: readonly [
  names: readonly string[],
  what: string,
  remedy: string,
][] = [
  [
    ["est_counts", "aux"],
    "it is kallisto's result for one sample",
    "Give the folder that holds a folder per sample: --input FOLDER",
  ],
  [
    ["model_weights"],
    "it holds the weights of a neural network (Keras)",
    "Give an expression matrix",
  ],
  [
    ["mod", "obs", "var"],
    "it is a MuData file (.h5mu) of several matrices",
    'In Python: mudata.read_h5mu("in.h5mu")["rna"].write_h5ad("out.h5ad")',
  ],
  [
    ["assays", "cell.names"],
    "it is an h5Seurat file",
    'In R: SeuratDisk::Convert("in.h5seurat", dest = "h5ad")',
  ],
  [
    ["data", "meta"],
    "it looks like an ARCHS4 file of many studies",
    "Take your samples out (archs4py, or its web page) and write them as CSV",
  ],
];

/** The error for an HDF5 file that is none of the known kinds. */
export function refuseOther(file: Hdf5File): InputError {
  const names = file.names("/");
  const has = (name: string) => names.includes(name);
  for (const [wanted, what, remedy] of KINDS) {
    if (wanted.every(has)) return unreadable(file.path, what, remedy);
  }
  if (names.some((name) => file.textAttribute(name, "pandas_type") !== "")) {
    return unreadable(
      file.path,
      "it is a table that pandas wrote with to_hdf",
      `In Python: pandas.read_hdf("in.h5").to_csv("out.csv")`,
    );
  }
  if (file.textAttribute("/", "keras_version") !== "" || has("layer_names")) {
    return unreadable(file.path, KINDS[1][1], KINDS[1][2]);
  }
  return unreadable(
    file.path,
    "it is an HDF5 file, but not of AnnData, 10x or loom: it holds " +
      (names.length === 0
        ? "nothing"
        : names.slice(0, 5).map(quote).join(", ") +
          (names.length > 5 ? ", ..." : "")),
    TO_ANNDATA,
  );
}
