/** Names the file's other matrices where the one read looks like logarithms. */

import { quote } from "../../../cli/text.ts";
import { listFew } from "../../labels/named.ts";
import { LARGEST_LOGARITHM } from "../../normalize/recognize.ts";
import type { ValueSink } from "./messages.ts";

/** Passes values on, and looks whether they can be logarithms. */
export class WatchedSink implements ValueSink {
  #largest = -Infinity;
  #hasFraction = false;

  constructor(private readonly sink: ValueSink) {}

  /** Whether some are no whole numbers and none is as large as counts are. */
  get mayBeLogarithms(): boolean {
    return this.#hasFraction && this.#largest < LARGEST_LOGARITHM;
  }

  size(rows: number, columns: number): void {
    this.sink.size(rows, columns);
  }

  // The values are looked at first: they are handed over to another thread.
  block(block: Parameters<ValueSink["block"]>[0]): void {
    this.#look(block.values);
    this.sink.block(block);
  }

  entries(entries: Parameters<ValueSink["entries"]>[0]): void {
    this.#look(entries.values);
    this.sink.entries(entries);
  }

  #look(values: Float32Array): void {
    for (const value of values) {
      if (value > this.#largest) this.#largest = value;
      if (!Number.isInteger(value) && Number.isFinite(value)) {
        this.#hasFraction = true;
      }
    }
  }
}

/**
 * A note on matrices that may hold what the logarithms were taken of.
 *
 * @param path The matrix that was read.
 * @param names The others, as `--layer` takes them.
 */
export function noteOtherMatrices(
  path: string,
  names: readonly string[],
): string[] {
  return names.length === 0 ? [] : [
    `${path} may be logarithms, and the file also has ${
      listFew(names.map(quote))
    }: --layer NAME reads ${names.length === 1 ? "it" : "one of them"} instead`,
  ];
}
