/** Reads a table of an AnnData file: `obs` or `var`. */

import { countOf, quote } from "../../../cli/text.ts";
import type { Annotation } from "../../input/raw_matrix.ts";
import { unreadable } from "../../input/unreadable.ts";
import { rewriteAnnData } from "../rewrite.ts";
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
export function readDataFrame(
  file: Hdf5File,
  path: string,
  ignore: readonly string[],
  notes: string[],
): SideFacts {
  if (file.kindOf(path) !== "group") {
    throw unreadable(
      file.path,
      file.kindOf(path) === "dataset"
        ? `its ${path} is of a kind that anndata before 0.7 wrote`
        : `it has no ${path}`,
      file.kindOf(path) === "dataset" ? rewriteAnnData(file.path) : undefined,
    );
  }
  const names = file.names(path);
  const index = [file.textAttribute(path, "_index"), "_index", "index"]
    .find((name) => names.includes(name));
  if (index === undefined) {
    throw unreadable(file.path, `its ${path} has no index of names`);
  }
  const ids = file.texts(`${path}/${index}`);
  const annotations: Annotation[] = [];
  const skipped: string[] = [];
  for (const name of inOrder(file, path, names)) {
    if (name === index || name === OLD_CATEGORIES || ignore.includes(name)) {
      continue;
    }
    const texts = readColumn(file, path, name);
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
function readColumn(
  file: Hdf5File,
  frame: string,
  name: string,
): string[] | undefined {
  const path = `${frame}/${name}`;
  if (file.kindOf(path) === "group") return readParts(file, path);
  if (
    file.kindOf(path) !== "dataset" || file.contentOf(path) === "records" ||
    file.shapeOf(path).length !== 1
  ) return undefined;
  const old = `${frame}/${OLD_CATEGORIES}/${name}`;
  return file.kindOf(old) === "dataset"
    ? readCategories(file, path, old)
    : file.texts(path);
}

/** A column that is stored as a group: categories, or values and a mask. */
function readParts(
  file: Hdf5File,
  path: string,
): string[] | undefined {
  const names = file.names(path);
  const has = (name: string) => file.kindOf(`${path}/${name}`) === "dataset";
  if (names.includes("codes") && has("categories") && has("codes")) {
    return readCategories(file, `${path}/codes`, `${path}/categories`);
  }
  if (names.includes("codes") && names.includes("categories") && has("codes")) {
    const categories = readParts(file, `${path}/categories`);
    return categories && pick(file.list(`${path}/codes`), categories);
  }
  if (has("values") && has("mask")) {
    const mask = file.list(`${path}/mask`);
    const texts = file.texts(`${path}/values`);
    return texts.map((text, index) => mask[index] ? "" : text);
  }
  return undefined;
}

function readCategories(
  file: Hdf5File,
  codes: string,
  categories: string,
): string[] {
  return pick(file.list(codes), file.texts(categories));
}

/** The category of each code; empty for -1, which stands for none. */
function pick(codes: readonly number[], categories: readonly string[]) {
  return codes.map((code) => categories[code] ?? "");
}
