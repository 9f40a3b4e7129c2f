/** The rows of a table that are texts about its columns. */

import { quote } from "../../cli/text.ts";
import type { Annotation } from "./raw_matrix.ts";
import { unreadable } from "./unreadable.ts";

/** Characters that are kept of a text. */
const LONGEST_TEXT = 1000;
/** Characters of all texts, ids among them. */
const TEXT_LIMIT = 1 << 29;
/** What a text takes besides its characters. */
const TEXT_COST = 8;
/** Different texts of a column that are kept once only. */
const SHARED = 1000;

/** More rows of words are not texts about columns. */
const ROW_LIMIT = 50;
/** Rows that a message names. */
const NAMED = 3;

/** Bounds the memory for texts, and keeps equal ones only once. */
export class TextBudget {
  #characters = 0;
  readonly #shared: Map<string, string>[] = [];

  /** @param path The file, for messages. */
  constructor(readonly path: string) {}

  /**
   * The text to keep.
   *
   * @param column The column whose texts are often equal, if it is one.
   * @throws {InputError} If all texts together are too long.
   */
  take(text: string, column?: number): string {
    this.#characters += TEXT_COST;
    const known = column === undefined
      ? undefined
      : this.#shared[column]?.get(text);
    if (known !== undefined) {
      this.#check();
      return known;
    }
    const kept = text.length > LONGEST_TEXT
      ? `${text.slice(0, LONGEST_TEXT)}…`
      : text;
    this.#characters += kept.length;
    this.#check();
    if (column !== undefined) {
      const shared = this.#shared[column] ??= new Map();
      if (shared.size < SHARED) shared.set(kept, kept);
    }
    return kept;
  }

  #check(): void {
    if (this.#characters <= TEXT_LIMIT) return;
    throw unreadable(
      this.path,
      "its ids and texts would need more than 512 MiB of memory",
      "Leave out columns of texts with --ignore NAME,NAME",
    );
  }
}

/** Takes the rows of words. */
export class RowTexts {
  readonly annotations: Annotation[] = [];
  /** The rows of words that nobody had named before. */
  readonly #found: string[] = [];

  constructor(readonly path: string, readonly budget: TextBudget) {}

  /**
   * Takes a row.
   *
   * @param isExpected Whether the user or the format named it.
   * @throws {InputError} If there are too many of them.
   */
  add(
    id: string,
    texts: readonly string[],
    line: number,
    isExpected: boolean,
  ): void {
    if (!isExpected) {
      this.#found.push(
        id === "" ? `on line ${line}` : `${quote(id)} (line ${line})`,
      );
    }
    if (this.annotations.length >= ROW_LIMIT) {
      throw unreadable(
        this.path,
        `more than ${ROW_LIMIT} rows hold words where others hold numbers` +
          (this.#found.length > 0 ? `: ${this.#list()}` : ""),
        "Leave out rows and columns of words with --ignore NAME,NAME",
      );
    }
    this.annotations.push({ name: this.budget.take(id), texts });
  }

  /** What the user should know. */
  notes(): string[] {
    const count = this.#found.length;
    if (count === 0) return [];
    return [
      count === 1
        ? `Row ${
          this.#found[0]
        } of the matrix holds words; it is taken for a ` +
          "text about the columns"
        : `${count} rows of the matrix hold words: ${this.#list()}; they are ` +
          "taken for texts about the columns",
    ];
  }

  #list(): string {
    const more = this.#found.length > NAMED ? " …" : "";
    return this.#found.slice(0, NAMED).join(", ") + more;
  }
}

/** A number as a file would have it that was rounded to this float32. */
export function shortest(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(Number(value.toPrecision(9)));
}
