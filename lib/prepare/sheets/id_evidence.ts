/** Looks in each column of a sheet for the ids of a matrix. */

import type { RawMatrix } from "../input/raw_matrix.ts";
import type { Cell } from "../input/cell.ts";
import type { TableSink } from "../input/table_sink.ts";
import { looseForm, numberForm, withoutZeros } from "./id_forms.ts";
import { IdEdges } from "./id_edges.ts";
import { partsOf } from "./id_parts.ts";

/** A longer text is no id. */
const LONGEST_ID = 1000;
/** Ways of writing one id that are kept of a column, to see that they clash. */
const MOST_WAYS = 4;
/** Ids alike by parts that are kept of a column, for each id of the matrix. */
const MOST_ALIKE = 4;
/** Ids alike by parts that are kept of all columns together. */
const MOST_KEPT = 1_000_000;
/** More ids are not taken apart: such a side has genes or cells. */
const MOST_TAKEN_APART = 100_000;

export const sides = ["rows", "columns"] as const;
export type Side = typeof sides[number];

/** The texts of a column that may be ids of one side of a matrix. */
export class Candidates {
  /** Ids of the matrix that are there as they are. */
  readonly equal = new Set<string>();
  /** Ways of writing each id that is there, by its loose form. */
  readonly alike = new Map<string, Set<string>>();
  /** Texts that have an id within them or are within one. */
  parts: Set<string> | undefined = new Set();

  get isEmpty(): boolean {
    return this.alike.size === 0 && this.parts?.size === 0;
  }

  /** All of them. */
  *texts(): Generator<string> {
    yield* this.equal;
    for (const ways of this.alike.values()) yield* ways;
    yield* this.parts ?? [];
  }
}

/** The ids of one side, as a column's texts are looked up among them. */
class SideIds {
  readonly ids: ReadonlySet<string>;
  readonly forms: ReadonlySet<string>;
  /** As parts of ids are compared. */
  readonly looseForms = new Set<string>();
  readonly parts = new Set<string>();

  constructor(ids: readonly string[], withParts: boolean) {
    this.ids = new Set(ids);
    const forms = new Set<string>();
    for (const id of this.ids) forms.add(numberForm(id));
    forms.delete("");
    this.forms = forms;
    if (!withParts) return;
    for (const id of this.ids) this.looseForms.add(looseForm(id));
    this.looseForms.delete("");
    if (this.ids.size > MOST_TAKEN_APART) return;
    for (const form of this.looseForms) {
      for (const { part } of partsOf(form)) this.parts.add(part);
    }
  }
}

/** A sink that collects candidates of each column. */
export class IdEvidence implements TableSink {
  columns: readonly string[] = [];
  rows = 0;
  /** For each column, what it has of each side. */
  readonly found: Record<Side, Candidates>[] = [];
  /** The first texts of each column, different ones. */
  readonly examples: Set<string>[] = [];
  readonly #sides: Record<Side, SideIds>;
  /** Most texts are no ids, and this says so without a look at all of them. */
  readonly #edges = new IdEdges();
  #kept = 0;

  /**
   * @param withParts Whether ids may be within longer ones; else only whole
   * ids are looked up.
   */
  constructor(
    { rows, columns }: Pick<RawMatrix, "rows" | "columns">,
    readonly only: Side | undefined,
    readonly withParts: boolean,
  ) {
    const read = (side: Side, ids: readonly string[]) =>
      new SideIds(only === undefined || only === side ? ids : [], withParts);
    this.#sides = {
      rows: read("rows", rows.ids),
      columns: read("columns", columns.ids),
    };
    for (const side of sides) this.#edges.add(this.#sides[side].forms);
  }

  /** Different ids of a side. */
  count(side: Side): number {
    return this.#sides[side].forms.size;
  }

  /** Whether a text is an id of that side. */
  isId(side: Side, text: string): boolean {
    return this.#sides[side].ids.has(text);
  }

  header(columns: readonly string[]): void {
    this.columns = columns;
    for (const _ of columns) {
      this.found.push({ rows: new Candidates(), columns: new Candidates() });
      this.examples.push(new Set());
    }
  }

  cell(column: number, cell: Cell): void {
    const text = cell.text();
    if (text === "" || text.length > LONGEST_ID) return;
    const examples = this.examples[column];
    if (examples.size < 2) examples.add(text);
    if (!this.withParts && !this.#edges.mayBe(text)) return;
    const loose = looseForm(text);
    const form = withoutZeros(loose);
    for (const side of sides) {
      const { ids, forms } = this.#sides[side];
      if (forms.size === 0) continue;
      const found = this.found[column][side];
      if (ids.has(text)) found.equal.add(text);
      if (forms.has(form)) {
        const ways = found.alike.get(form);
        if (ways === undefined) found.alike.set(form, new Set([text]));
        else if (ways.size < MOST_WAYS) ways.add(text);
      } else if (this.withParts) {
        this.#takePart(found, side, loose, text);
      }
    }
  }

  endRow(): void {
    this.rows++;
  }

  #takePart(found: Candidates, side: Side, form: string, text: string): void {
    if (found.parts === undefined || found.parts.has(text)) return;
    const { forms, looseForms, parts } = this.#sides[side];
    if (parts.size === 0 && forms.size > MOST_TAKEN_APART) return;
    const isAlike = parts.has(form) ||
      partsOf(form).some(({ part }) => looseForms.has(part));
    if (!isAlike) return;
    found.parts.add(text);
    this.#kept++;
    // So many for so few ids cannot be one to one.
    if (found.parts.size > MOST_ALIKE * forms.size || this.#kept > MOST_KEPT) {
      this.#kept -= found.parts.size;
      found.parts = undefined;
    }
  }
}
