/** Says what a folder without quantified samples holds, and what to give. */

import { join } from "node:path";
import { InputError, type Remedy, rerun } from "../../../cli/errors.ts";
import { countOf, escapeControls, quote } from "../../../cli/text.ts";
import { quoteForShell } from "../../../cli/shell.ts";
import { plainName } from "../../input/delimiter.ts";
import { type FolderFile, listFolder, pathIn } from "./folder_listing.ts";
import { nameOfTable } from "./sample_names.ts";

/** Names that a matrix of several samples may have. */
const MATRIX = /\.(csv|tsv|txt|tab|gct|h5ad|h5|loom|parquet|mtx|xlsx|rds)$/;
/** Names of files that are no matrix though they end like one. */
const NO_MATRIX = /(summary|tx2gene|log|readme|annotations?)[^/]*$/;
const KALLISTO_H5 = /(^|[._-])abundance\.h5$/;
const MTX = /(^|[._-])matrix\.mtx$/;
const NAMED = 3;

/**
 * Refuses a folder.
 *
 * @param files All files of the folder and of the folders in it.
 * @param found The one sample that was found, if one was.
 */
export async function refuseWithout(
  folder: string,
  files: readonly FolderFile[],
  folders: readonly string[],
  found: readonly FolderFile[],
): Promise<never> {
  const refuse = (what: string, remedy?: Remedy): never => {
    throw new InputError(
      `Cannot read ${escapeControls(folder)}: the folder ${what}`,
      remedy,
    );
  };
  const matching = (pattern: RegExp) =>
    files.filter(({ name }) => pattern.test(plainName(name)));
  if (await isZarr(folder)) {
    refuse(
      "is a Zarr store, which is not read",
      `Write it as AnnData: python3 -c 'import sys, anndata; ` +
        "anndata.read_zarr(sys.argv[1]).write_h5ad(sys.argv[2])' " +
        `${quoteForShell(folder)} matrix.h5ad`,
    );
  }
  if (files.length === 0 && folders.length === 0) {
    refuse("is empty and should hold quantified samples");
  }
  const [mtx] = matching(MTX);
  if (mtx !== undefined && mtx.folder !== "") {
    refuse(
      `holds the folder of a matrix, ${quote(mtx.folder)}, and no quantified ` +
        "samples",
      rerun("prepare", { input: `${folder}/${mtx.folder}` }),
    );
  }
  const h5 = matching(KALLISTO_H5);
  if (h5.length > found.length) {
    refuse(
      `holds ${countOf(h5.length, "file")} abundance.h5 of kallisto without ` +
        "the abundance.tsv that is read",
      "Write each as text: kallisto h5dump -o SAMPLE SAMPLE/abundance.h5",
    );
  }
  const tables = matching(MATRIX).filter((file) =>
    !NO_MATRIX.test(plainName(file.name)) && !found.includes(file)
  );
  if (found.length === 1 && tables.length === 0) {
    const [{ folder: inner, name }] = found;
    refuse(
      `holds one quantified sample only, ${quote(pathIn(found[0]))}, and ` +
        "should hold several",
      inner === "" && nameOfTable(name) === ""
        ? rerun("prepare", { input: join(folder, "..") })
        : undefined,
    );
  }
  if (tables.length > 0) {
    const names = tables.slice(0, NAMED).map((file) => quote(pathIn(file)));
    refuse(
      `holds no quantified samples; a matrix is read if its file is named (${
        names.join(", ")
      }${tables.length > NAMED ? ", …" : ""})`,
      rerun("prepare", { input: `${folder}/${pathIn(tables[0])}` }),
    );
  }
  const deeper = await findDeeper(folder, folders);
  return refuse(
    "holds no quantified samples (quant.sf, abundance.tsv, genes.results, " +
      "ReadsPerGene.out.tab or counts)",
    deeper && rerun("prepare", { input: deeper }),
  );
}

async function isZarr(folder: string): Promise<boolean> {
  for (const name of [".zgroup", ".zattrs", "zarr.json"]) {
    const isThere = await Deno.stat(`${folder}/${name}`)
      .then(() => true, () => false);
    if (isThere) return true;
  }
  return false;
}

/** The first folder in the folder whose own folders hold samples. */
async function findDeeper(
  folder: string,
  folders: readonly string[],
): Promise<string | undefined> {
  for (const inner of folders) {
    const path = `${folder}/${inner}`;
    for (const innermost of (await listFolder(path)).folders) {
      const { files } = await listFolder(`${path}/${innermost}`);
      if (files.some((name) => nameOfTable(name) === "")) return path;
    }
  }
}
