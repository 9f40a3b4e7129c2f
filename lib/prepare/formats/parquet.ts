/** Reads Parquet: a table of numbers and texts, stored by columns. */

import { countOf, quote } from "../../cli/text.ts";
import type { FileSource } from "../input/file_stream.ts";
import { GrowableMatrix } from "../input/growable_matrix.ts";
import type { Annotation, RawMatrix } from "../input/raw_matrix.ts";
import { unreadable } from "../input/unreadable.ts";
import { FaultTally } from "../input/fault_tally.ts";
import { readStart } from "./file_start.ts";
import type { Format, ReadOptions } from "./format.ts";
import { ParquetFile } from "./parquet/parquet_file.ts";
import {
  columnsOf,
  indexColumns,
  type ParquetColumn,
  textOf,
} from "./parquet/parquet_schema.ts";
import { checkSize } from "./size_limit.ts";

/** How a Parquet file begins and ends. */
const MAGIC = "PAR1";
/** What pandas calls an index without a name. */
const UNNAMED_INDEX = /^__index_level_\d+__$/;

/**
 * Parquet: columns of numbers are the matrix; those of texts, truth values and
 * times become annotations. The ids of the rows are pandas's index if it holds
 * texts, else the first column of texts that are all different, else the
 * index, else the rows' numbers.
 */
export const parquet: Format = {
  name: "parquet",
  title: "Parquet",
  extensions: [".parquet", ".pq"],
  recognizes: ({ packed }) =>
    new TextDecoder().decode(packed.subarray(0, MAGIC.length)) === MAGIC,
  read: readParquet,
};

async function readParquet(
  { path, onRead = () => {} }: FileSource,
  { label, ignore = [] }: ReadOptions,
): Promise<RawMatrix> {
  await checkMagic(path);
  using file = await ParquetFile.open(path, onRead);
  const columns = columnsOf(path, file.metadata, ignore);
  const index = indexColumns(file.metadata);
  const isText = ({ name, isNumber }: ParquetColumn) =>
    !isNumber || name === label || index.includes(name);
  const numbers = columns.filter((column) => !isText(column));
  checkNumbers(path, numbers, columns);
  checkSize(path, file.rows, numbers.length);
  const texts = await readTexts(file, columns.filter(isText));
  const ids = chooseIds(texts, index, label);
  const faults = new FaultTally();
  const values = await readNumbers(file, numbers, faults);
  return {
    format: "Parquet",
    rows: {
      title: ids === undefined || UNNAMED_INDEX.test(ids.name) ? "" : ids.name,
      ids: ids?.texts ??
        Array.from({ length: file.rows }, (_, row) => String(row + 1)),
      annotations: texts.filter((column) =>
        column !== ids && !(index.includes(column.name) && column.isCount)
      ).map(({ name, texts }) => ({ name, texts })),
      locate: (row) => `row ${row + 1}`,
    },
    columns: {
      title: "",
      ids: numbers.map(({ name }) => name),
      annotations: [],
      locate: (column) => `column ${numbers[column].place + 1}`,
    },
    values,
    faults: faults.list(),
    notes: ids === undefined
      ? ["No column of the Parquet file names its rows: they are numbered"]
      : [],
  };
}

async function checkMagic(path: string): Promise<void> {
  const start = new Uint8Array(MAGIC.length);
  const length = await readStart(path, start);
  if (length === 0) throw unreadable(path, "the file is empty");
  const begin = new TextDecoder().decode(start);
  if (begin === MAGIC) return;
  throw unreadable(
    path,
    begin === "PARE"
      ? "the Parquet file is encrypted"
      : start[0] === 0x1f && start[1] === 0x8b
      ? "it is a gzip file, and Parquet is read at many places, not in order"
      : "it does not begin as a Parquet file does",
    begin === "PARE"
      ? "Write it without encryption"
      : start[0] === 0x1f && start[1] === 0x8b
      ? "Unpack it (gunzip); Parquet files are compressed inside"
      : "Copy or download it again, or name it after its real format",
  );
}

function checkNumbers(
  path: string,
  numbers: readonly ParquetColumn[],
  columns: readonly ParquetColumn[],
): void {
  if (numbers.length > 0) return;
  throw unreadable(
    path,
    `none of its ${countOf(columns.length, "column")} holds numbers (${
      columns.slice(0, 3).map(({ name }) => quote(name)).join(", ")
    })`,
    "Store the values as numbers, in pandas df.astype({...})",
  );
}

/** A column as texts, and whether it is a count of the rows, or numbers. */
interface TextColumn extends Annotation {
  readonly texts: string[];
  readonly isCount: boolean;
}

async function readTexts(
  file: ParquetFile,
  columns: readonly ParquetColumn[],
): Promise<TextColumn[]> {
  const found = new Map(columns.map((column) => [column.name, {
    name: column.name,
    texts: Array.from({ length: file.rows }, () => ""),
    isCount: column.isNumber,
    isFloat32: column.isFloat32,
  }]));
  await file.read([...found.keys()], (name, first, values) => {
    const { texts, isFloat32 } = found.get(name)!;
    for (let row = 0; row < values.length; row++) {
      texts[first + row] = textOf(values[row], isFloat32);
    }
  });
  return [...found.values()];
}

/** The column that names the rows; undefined if none does. */
function chooseIds(
  texts: readonly TextColumn[],
  index: readonly string[],
  label?: string,
): TextColumn | undefined {
  const candidates = texts.filter(({ name }) => name !== label);
  const isIndex = ({ name }: TextColumn) => index.includes(name);
  const isUnique = ({ texts }: TextColumn) =>
    new Set(texts).size === texts.length && !texts.includes("");
  const words = candidates.filter(({ isCount }) => !isCount);
  return words.find((column) => isIndex(column) && isUnique(column)) ??
    words.find(isIndex) ??
    words.find(isUnique) ??
    candidates.find(isIndex);
}

async function readNumbers(
  file: ParquetFile,
  columns: readonly ParquetColumn[],
  faults: FaultTally,
): Promise<GrowableMatrix> {
  const matrix = new GrowableMatrix(columns.length);
  const rows = Array.from({ length: file.rows }, () => matrix.add());
  const places = new Map(columns.map(({ name }, place) => [name, place]));
  await file.read([...places.keys()], (name, first, values) => {
    const column = places.get(name)!;
    for (let index = 0; index < values.length; index++) {
      const row = first + index;
      const value = values[index];
      if (value === null || value === undefined) {
        faults.add(column, row, "missing", "");
        rows[row][column] = NaN;
      } else {
        rows[row][column] = faults.take(Number(value), row, column);
      }
    }
  });
  return matrix;
}
