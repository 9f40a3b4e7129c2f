/** Reads a table of an AnnData file: `obs` or `var`. */

import { countOf, quote } from "../../../cli/text.ts";
import type { Annotation } from "../../input/raw_matrix.ts";
import { unreadable } from "../../input/unreadable.ts";
import type { Hdf5File } from "./hdf5_file.ts";
import type { SideFacts } from "./messages.ts";

/** Where the categories of old files are, beside the columns. */
const OLD_CATEGORIES = "__categories";

/**
 * Reads the ids and all columns, as texts.
 *
 * @param path `obs`, `var` or `raw/var`.
 * @param ignore Columns to leave out.
 * @param notes Takes what could not be read.
 * @throws {InputError} If it is of a kind that is no longer written.
 */
export async function readDataFrame(
  file: Hdf5File,
  path: string,
  ignore: readonly string[],
  notes: string[],
): Promise<SideFacts> {
  if (file.kindOf(path) !== "group") {
    throw unreadable(
      file.path,
      file.kindOf(path) === "dataset"
        ? `its ${path} is of a kind that anndata before 0.7 wrote`
        : `it has no ${path}`,
      file.kindOf(path) === "dataset"
        ? 'Write it again, in Python: anndata.read_h5ad("in.h5ad").write_h5ad("out.h5ad")'
        : undefined,
    );
  }
  const names = file.names(path);
  const index = [file.textAttribute(path, "_index"), "_index", "index"]
    .find((name) => names.includes(name));
  if (index === undefined) {
    throw unreadable(file.path, `its ${path} has no index of names`);
  }
  const ids = await file.texts(`${path}/${index}`);
  const annotations: Annotation[] = [];
  const skipped: string[] = [];
  for (const name of inOrder(file, path, names)) {
    if (name === index || name === OLD_CATEGORIES || ignore.includes(name)) {
      continue;
    }
    const texts = await readColumn(file, path, name);
    if (texts?.length === ids.length) annotations.push({ name, texts });
    else skipped.push(name);
  }
  if (skipped.length > 0) {
    notes.push(
      `${countOf(skipped.length, "column")} of ${path} ` +
        `${skipped.length === 1 ? "is" : "are"} of a kind that is not read: ` +
        skipped.slice(0, 3).map(quote).join(", ") +
        (skipped.length > 3 ? ", ..." : ""),
    );
  }
  const title = index === "_index" ? "" : index;
  return { title, ids, annotations, place: path };
}

/** The columns in the order that the table has, others after them. */
function inOrder(file: Hdf5File, path: string, names: string[]): string[] {
  const order = [file.attribute(path, "column-order")].flat()
    .filter((name) => typeof name === "string" && names.includes(name));
  return [...new Set([...order as string[], ...names])];
}

/** A column's texts; undefined if they cannot be read as such. */
async function readColumn(
  file: Hdf5File,
  frame: string,
  name: string,
): Promise<string[] | undefined> {
  const path = `${frame}/${name}`;
  if (file.kindOf(path) === "group") return await readParts(file, path);
  if (
    file.kindOf(path) !== "dataset" || file.contentOf(path) === "records" ||
    file.shapeOf(path).length !== 1
  ) return undefined;
  const old = `${frame}/${OLD_CATEGORIES}/${name}`;
  return file.kindOf(old) === "dataset"
    ? await readCategories(file, path, old)
    : await file.texts(path);
}

/** A column that is stored as a group: categories, or values and a mask. */
async function readParts(
  file: Hdf5File,
  path: string,
): Promise<string[] | undefined> {
  const names = file.names(path);
  const has = (name: string) => file.kindOf(`${path}/${name}`) === "dataset";
  if (names.includes("codes") && has("categories") && has("codes")) {
    return await readCategories(file, `${path}/codes`, `${path}/categories`);
  }
  if (names.includes("codes") && names.includes("categories") && has("codes")) {
    const categories = await readParts(file, `${path}/categories`);
    return categories && pick(await file.list(`${path}/codes`), categories);
  }
  if (has("values") && has("mask")) {
    const mask = await file.list(`${path}/mask`);
    const texts = await file.texts(`${path}/values`);
    return texts.map((text, index) => mask[index] ? "" : text);
  }
  return undefined;
}

async function readCategories(
  file: Hdf5File,
  codes: string,
  categories: string,
): Promise<string[]> {
  return pick(await file.list(codes), await file.texts(categories));
}

/** The category of each code; empty for -1, which stands for none. */
function pick(codes: readonly number[], categories: readonly string[]) {
  return codes.map((code) => categories[code] ?? "");
}
