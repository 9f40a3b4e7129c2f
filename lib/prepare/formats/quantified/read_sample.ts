/** Reads the table of one quantified sample. */

import { countOf, quote, withCommas } from "../../../cli/text.ts";
import { isCounter } from "../../arrange/usual_names.ts";
import { type CellFault, readCell } from "../../input/cell_value.ts";
import { NAME_LIMIT, TRANSCRIPT_LIMIT } from "../../input/limits.ts";
import { unreadable } from "../../input/unreadable.ts";
import {
  type SampleKind,
  type SampleLayout,
  SNIFFED_LINES,
  withoutQuotes,
} from "./sample_kinds.ts";
import { firstLines, lineBlocks } from "./text_lines.ts";

/** The rows of a sample's table. */
export interface SampleRows {
  /** Genes or transcripts, as the file has them. */
  readonly ids: readonly string[];
  /** The gene's name in each row, where the file has names. */
  readonly names?: readonly string[];
  /** One per id; NaN where the file holds no number. */
  readonly values: Float64Array;
  readonly faults: readonly RowFault[];
  /** Rows that count reads of no gene; they are left out. */
  readonly counters: number;
  /** The sums over all genes of each column of numbers, by layer. */
  readonly sums: ReadonlyMap<string, number>;
}

/** A cell that holds no number. */
export interface RowFault {
  readonly row: number;
  readonly kind: CellFault;
  readonly text: string;
}

/**
 * Reads a sample.
 *
 * @param layer Which of the kind's numbers to take.
 * @throws {InputError} If the file is not such a table or is cut off.
 */
export async function readSample(
  source: { readonly path: string; readonly onRead?: (bytes: number) => void },
  kind: SampleKind,
  layer: string,
): Promise<SampleRows> {
  const { path } = source;
  const layout = kind.layout(await firstLines(path, SNIFFED_LINES));
  if (layout === undefined) {
    throw unreadable(path, `its columns are not those of ${kind.title}`);
  }
  const rows = new Rows(path, layout, layer);
  for await (const lines of lineBlocks(source)) rows.take(lines);
  return rows.finish();
}

class Rows {
  #line = 0;
  readonly #ids: string[] = [];
  readonly #names: string[] = [];
  readonly #values: number[] = [];
  readonly #faults: RowFault[] = [];
  readonly #sums: number[];
  #counters = 0;

  constructor(
    readonly path: string,
    readonly layout: SampleLayout,
    readonly layer: string,
  ) {
    this.#sums = [...layout.layers].map(() => 0);
  }

  take(lines: readonly string[]): void {
    const { delimiter, skip, width, id, name, layers } = this.layout;
    // Only strands are compared by their sums.
    const columns = layers.has("forward") ? [...layers.values()] : [];
    const column = layers.get(this.layer)!;
    for (const line of lines) {
      if (++this.#line <= skip || line === "") continue;
      const cells = line.split(delimiter);
      if (cells.length !== width) {
        throw unreadable(
          this.path,
          `line ${withCommas(this.#line)} has ${
            countOf(cells.length, "cell")
          } and should have ${width}`,
          "If the file is cut off, copy it again",
        );
      }
      const key = withoutQuotes(cells[id]);
      if (isCounter(key)) {
        this.#counters++;
        continue;
      }
      this.#checkId(key);
      this.#ids.push(key);
      if (name !== undefined) this.#names.push(withoutQuotes(cells[name]));
      this.#addNumber(withoutQuotes(cells[column]));
      columns.forEach((other, index) => {
        this.#sums[index] += Number(cells[other]) || 0;
      });
    }
  }

  finish(): SampleRows {
    if (this.#ids.length === 0) {
      throw unreadable(this.path, "it has a header but no row");
    }
    return {
      ids: this.#ids,
      names: this.layout.name === undefined ? undefined : this.#names,
      values: Float64Array.from(this.#values),
      faults: this.#faults,
      counters: this.#counters,
      sums: new Map(
        [...this.layout.layers.keys()].map((
          layer,
          index,
        ) => [layer, this.#sums[index]]),
      ),
    };
  }

  #checkId(id: string): void {
    const fault = id === ""
      ? "the id is empty"
      : id.length > NAME_LIMIT
      ? `the id ${quote(id)} has more than ${NAME_LIMIT} characters`
      : this.#ids.length >= TRANSCRIPT_LIMIT
      ? `there are more than ${withCommas(TRANSCRIPT_LIMIT)} rows`
      : undefined;
    if (fault !== undefined) {
      throw unreadable(this.path, `line ${withCommas(this.#line)}: ${fault}`);
    }
  }

  #addNumber(text: string): void {
    const value = readCell(text.trim());
    if (typeof value === "string") {
      this.#faults.push({ row: this.#values.length, kind: value, text });
    }
    this.#values.push(typeof value === "number" ? value : NaN);
  }
}
