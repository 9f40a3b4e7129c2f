/** Finds the ids of the rows where the first column does not hold them. */

import { quote } from "../../cli/text.ts";
import type { Annotation, RawAxis, RawMatrix } from "../input/raw_matrix.ts";
import { isIndexTitle, titleSide } from "./usual_names.ts";
import { isAllDifferent } from "./words.ts";

/**
 * Takes the ids of the rows from another column where the first is a row index,
 * as pandas and R write it, or repeats words, such as the tissue. A row index
 * is left out; words are kept as a text about the rows. In the same way it takes
 * the ids of the columns from another row where the header repeats words. To be
 * done before the ids are looked up in a sample sheet.
 *
 * @returns The same matrix, with notes, if something changed.
 */
export function promoteIds(raw: RawMatrix): RawMatrix {
  return promoteRowIds(promoteColumnIds(raw));
}

/** The ids of the columns from the first row of ids below the header. */
function promoteColumnIds(raw: RawMatrix): RawMatrix {
  const { columns, rows } = raw;
  if (!isMostlyRepeated(columns.ids)) return raw;
  const ids = columns.annotations.find(({ texts }) => isAllDifferent(texts));
  if (ids === undefined) return raw;
  const named = (name: string) => name === "" ? "" : `, ${quote(name)},`;
  const header = { name: rows.title || "header", texts: columns.ids };
  return {
    ...raw,
    // What stands in front of the ids is what the ids of the rows are called.
    rows: { ...rows, title: ids.name, locate: (row) => rows.locate(row) },
    columns: {
      title: "",
      ids: ids.texts,
      annotations: [
        header,
        ...columns.annotations.filter((own) => own !== ids),
      ],
      locate: (column) => columns.locate(column),
    },
    notes: [
      ...raw.notes,
      `The ids of the columns are taken from the row${named(ids.name)} below ` +
      `the header, because those of the header repeat (${
        quote(columns.ids[0])
      })`,
    ],
  };
}

function promoteRowIds(raw: RawMatrix): RawMatrix {
  const { rows } = raw;
  if (isRowIndex(rows)) {
    const ids = idColumn(rows.annotations);
    if (ids === undefined) return raw;
    return withIds(raw, ids, [], indexNote(rows.title, ids.name));
  }
  if (isAllDifferent(rows.ids)) return raw;
  const ids = rows.annotations.find(({ name, texts }) =>
    isAllDifferent(texts) &&
    (titleSide(name) !== undefined || isMostlyRepeated(rows.ids))
  );
  // Names of genes are often the first of two columns of ids.
  if (ids === undefined) return raw;
  const first = { name: rows.title || "column 1", texts: rows.ids };
  const note = `The ids of the rows are taken from column ${
    quote(ids.name)
  }, because those of the first column, ${quote(first.name)}, repeat`;
  return withIds(raw, ids, [first], note);
}

/** Whether ids are row numbers, of which a filter may have left out some. */
function isRowIndex({ title, ids }: RawAxis): boolean {
  if (!isIndexTitle(title) || ids.length === 0) return false;
  let before = -1;
  return ids.every((text) => {
    const number = /^\d{1,15}$/.test(text.trim()) ? Number(text) : -1;
    const rises = number > before;
    before = number;
    return rises;
  });
}

/** The column of ids: by its name, all different if possible, or the first. */
function idColumn(
  annotations: readonly Annotation[],
): Annotation | undefined {
  const different = annotations.filter(({ texts }) => isAllDifferent(texts));
  const named = ({ name }: Annotation) => titleSide(name) !== undefined;
  return different.find(named) ?? different[0] ?? annotations.find(named);
}

function isMostlyRepeated(texts: readonly string[]): boolean {
  return new Set(texts).size * 2 <= texts.length;
}

function indexNote(title: string, ids: string): string {
  return `The first column${
    title.trim() === "" ? "" : `, ${quote(title)},`
  } only numbers the rows and is left out; the ids are those of column ${
    quote(ids)
  }`;
}

function withIds(
  raw: RawMatrix,
  ids: Annotation,
  more: readonly Annotation[],
  note: string,
): RawMatrix {
  const { rows } = raw;
  return {
    ...raw,
    rows: {
      title: ids.name,
      ids: ids.texts,
      annotations: [...more, ...rows.annotations.filter((own) => own !== ids)],
      locate: (index) => rows.locate(index),
    },
    notes: [...raw.notes, note],
  };
}
