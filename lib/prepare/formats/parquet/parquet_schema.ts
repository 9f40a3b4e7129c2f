/** What the columns of a Parquet file hold. */

import type { FileMetaData, SchemaElement } from "hyparquet";
import { countOf } from "../../../cli/text.ts";
import { unreadable } from "../../input/unreadable.ts";
import { listNames } from "../../labels/named.ts";
import { numberText } from "../number_text.ts";

/** Columns that a message names. */
const NAMED = 3;

export interface ParquetColumn {
  readonly name: string;
  /** Which column of the file it is, from 0. */
  readonly place: number;
  readonly isNumber: boolean;
  /** Stored as float32 or float16, which have shorter texts. */
  readonly isFloat32: boolean;
}

/**
 * The columns of a file.
 *
 * @param ignore Columns to leave out.
 * @throws {InputError} If one is a list or a structure, or two have one name.
 */
export function columnsOf(
  path: string,
  { schema }: FileMetaData,
  ignore: readonly string[],
): ParquetColumn[] {
  const elements = outermost(schema)
    .map((element, place) => ({ element, place }))
    .filter(({ element }) => !ignore.includes(element.name));
  const names = elements.map(({ element }) => element.name);
  const nested = elements.filter(({ element }) =>
    element.num_children !== undefined || element.repetition_type === "REPEATED"
  ).map(({ element }) => element.name);
  if (nested.length > 0) {
    throw unreadable(
      path,
      `${countOf(nested.length, "column")} ${
        nested.length === 1 ? "holds" : "hold"
      } lists or structures (${
        listNames(nested, NAMED)
      }), and each should hold numbers or texts`,
      "Leave them out: add --ignore with their names",
    );
  }
  const seen = new Set<string>();
  const twice = names.filter((name) => seen.size === seen.add(name).size);
  if (twice.length > 0) {
    throw unreadable(
      path,
      `${countOf(twice.length, "column")} ${
        twice.length === 1 ? "has" : "have"
      } the name of another one: ${listNames(twice, NAMED)}`,
    );
  }
  return elements.map(({ element, place }) => ({
    name: element.name,
    place,
    isNumber: isNumber(element),
    isFloat32: element.type === "FLOAT" ||
      element.logical_type?.type === "FLOAT16",
  }));
}

/** The elements below the root, without what is inside of them. */
function outermost([root, ...elements]: SchemaElement[]): SchemaElement[] {
  const found: SchemaElement[] = [];
  /** Elements that the current one still holds. */
  let inside = 0;
  for (const { num_children = 0, ...element } of elements) {
    if (inside === 0) {
      found.push(num_children > 0 ? { ...element, num_children } : element);
    } else inside--;
    inside += num_children;
  }
  return found.slice(0, root?.num_children);
}

/** Whether a column holds numbers, and not times, truth values or texts. */
function isNumber(
  { type, converted_type, logical_type }: SchemaElement,
): boolean {
  const logical = logical_type?.type;
  if (logical === "DECIMAL" || converted_type === "DECIMAL") return true;
  if (logical === "FLOAT16") return true;
  if (type === "FLOAT" || type === "DOUBLE") return true;
  return (type === "INT32" || type === "INT64") &&
    (logical === undefined || logical === "INTEGER") &&
    (converted_type === undefined || /^U?INT_/.test(converted_type));
}

/**
 * The columns that pandas kept its index in.
 *
 * @returns None if another program wrote the file, or if the index only counts
 * the rows.
 */
export function indexColumns(
  { key_value_metadata = [] }: FileMetaData,
): string[] {
  const text = key_value_metadata.find(({ key }) => key === "pandas")?.value;
  try {
    const { index_columns } = JSON.parse(text ?? "{}");
    return [index_columns].flat().filter((name) => typeof name === "string");
  } catch {
    return []; // Only a hint, and not one of pandas's.
  }
}

/** A value of a column as a CSV of it would hold it; empty if missing. */
export function textOf(value: unknown, isFloat32: boolean): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number" || typeof value === "bigint") {
    return numberText(value, isFloat32);
  }
  if (value instanceof Date) {
    return value.toISOString().replace(/T00:00:00\.000Z$/, "");
  }
  return String(value);
}
