/** Takes the rows of a sample sheet that are about samples of the matrix. */

import { byCodeUnit, countOf, quote } from "../../cli/text.ts";
import type { Annotation } from "../input/raw_matrix.ts";
import type { Cell } from "../input/cell.ts";
import type { TableSink } from "../input/table_sink.ts";
import type { UnusableColumn } from "./matched_sheet.ts";

/** A longer text is no tissue and no group; it is not kept. */
const LONGEST_TEXT = 1000;
/** Samples that a message names. */
const NAMED = 3;

/** A sink that keeps the texts of some rows. */
export class SheetRows implements TableSink {
  /** Rows about no sample of the matrix. */
  others = 0;
  /** Whether one of them is about `noticed`. */
  hasNoticed = false;
  columns: readonly string[] = [];
  /** The texts of each row kept, by its id. */
  readonly #rows = new Map<string, string[]>();
  /** The ids whose rows differ in a column. */
  readonly #differing = new Map<number, Set<string>>();
  /** Columns of long texts. */
  readonly #long = new Set<number>();
  /** The same text is kept once. */
  readonly #texts = new Map<string, string>();
  /** The cells of the present row, and those of them that are too long. */
  #cells: string[] = [];
  #longHere: number[] = [];

  /**
   * @param idColumn Which column has the ids.
   * @param wanted The ids whose rows are kept.
   * @param noticed An id to look out for besides.
   */
  constructor(
    readonly idColumn: number,
    readonly wanted: ReadonlySet<string>,
    readonly noticed = "",
  ) {}

  header(columns: readonly string[]): void {
    this.columns = columns;
  }

  cell(column: number, cell: Cell): void {
    const id = this.#cells[this.idColumn];
    if (id !== undefined && !this.wanted.has(id)) return;
    const text = cell.text();
    const isLong = text.length > LONGEST_TEXT && column !== this.idColumn;
    if (isLong) this.#longHere.push(column);
    this.#cells[column] = isLong ? "" : text;
  }

  endRow(): void {
    const [cells, long] = [this.#cells, this.#longHere];
    [this.#cells, this.#longHere] = [[], []];
    const id = cells[this.idColumn] ?? "";
    if (!this.wanted.has(id)) {
      this.others++;
      if (id !== "" && id === this.noticed) this.hasNoticed = true;
      return;
    }
    for (const column of long) this.#long.add(column);
    const row = this.columns.map((_, column) =>
      this.#once(cells[column] ?? "")
    );
    const earlier = this.#rows.get(id);
    if (earlier === undefined) {
      this.#rows.set(id, row);
      return;
    }
    for (const [column, text] of row.entries()) {
      if (text === earlier[column]) continue;
      const ids = this.#differing.get(column);
      if (ids === undefined) this.#differing.set(column, new Set([id]));
      else ids.add(id);
    }
  }

  /** A copy that is shared by all equal texts and holds no more than itself. */
  #once(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }

  /**
   * The columns besides the ids.
   *
   * @param names The name of each column.
   * @param ids The sheet's id of each sample of the matrix, if it has one.
   */
  facts(
    names: readonly string[],
    ids: readonly (string | undefined)[],
  ): { facts: Annotation[]; unusable: UnusableColumn[] } {
    const rows = ids.map((id) =>
      id === undefined ? undefined : this.#rows.get(id)
    );
    const facts: Annotation[] = [];
    const unusable: UnusableColumn[] = [];
    const places = Map.groupBy(
      names.keys().filter((column) => column !== this.idColumn),
      (column) => names[column],
    );
    for (const [name, columns] of places) {
      const [texts, ...others] = columns.map((column) =>
        rows.map((row) => row?.[column] ?? "")
      );
      const why = this.#fault(columns) ??
        (others.some((other) => other.some((text, at) => text !== texts[at]))
          ? `${columns.length} columns have this name, and they differ`
          : undefined);
      const isNothing = columns.every((column) =>
        this.columns[column] === ""
      ) &&
        why === undefined && texts.every((text) => text === "");
      if (isNothing) continue;
      if (why === undefined) facts.push({ name, texts });
      else unusable.push({ name, why });
    }
    return { facts, unusable };
  }

  #fault(columns: readonly number[]): string | undefined {
    for (const column of columns) {
      const ids = this.#differing.get(column);
      if (ids !== undefined) {
        const first = [...ids].sort(byCodeUnit).slice(0, NAMED).map(quote);
        const more = ids.size > NAMED ? ", ..." : "";
        return `${countOf(ids.size, "sample")} (${first.join(", ")}${more}) ` +
          `${ids.size === 1 ? "has" : "have"} several rows that differ in it`;
      }
      if (this.#long.has(column)) {
        return `it has texts of more than ${LONGEST_TEXT} characters`;
      }
    }
    return undefined;
  }
}
