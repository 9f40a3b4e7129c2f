/** Brings the rows of all samples into the order of the first. */

import { countOf, quote, withCommas } from "../../../cli/text.ts";
import { unreadable } from "../../input/unreadable.ts";

/** Samples named in a message. */
const NAMED = 3;

/** How the ids of a sample differ from those of the first. */
interface Difference {
  readonly file: string;
  readonly lacking: number;
  readonly more: number;
  /** One of them. */
  readonly example: string;
}

/**
 * Knows where each id of the first sample stands. An id that a sample holds
 * several times is told apart by how often it came before.
 */
export class SampleOrder {
  readonly #index = new Map<string, number>();
  readonly #differences: Difference[] = [];
  #samples = 1;

  /**
   * @param file The first sample's file below the folder.
   * @param ids Its ids.
   */
  constructor(readonly file: string, readonly ids: readonly string[]) {
    keysOf(ids).forEach((key, row) => this.#index.set(key, row));
  }

  /**
   * Where each row of another sample stands in the first.
   *
   * @returns The rows; `undefined` for the same order, `null` if the sample
   * holds other ids, which `check` will refuse.
   */
  placesOf(
    file: string,
    ids: readonly string[],
  ): Int32Array | undefined | null {
    this.#samples++;
    if (
      ids.length === this.ids.length &&
      ids.every((id, row) => id === this.ids[row])
    ) return undefined;
    const places = new Int32Array(ids.length);
    const seen = new Uint8Array(this.ids.length);
    let more = 0;
    let example = "";
    keysOf(ids).forEach((key, row) => {
      const place = this.#index.get(key) ?? -1;
      places[row] = place;
      if (place >= 0) seen[place] = 1;
      else if (more++ === 0) example = ids[row];
    });
    const lacking = seen.reduce((count, is) => count + 1 - is, 0);
    if (lacking === 0 && more === 0) return places;
    if (lacking > 0) example = this.ids[seen.indexOf(0)];
    this.#differences.push({ file, lacking, more, example });
    return null;
  }

  /** @throws {InputError} If any sample holds other ids than the first. */
  check(folder: string): void {
    const differing = this.#differences;
    if (differing.length === 0) return;
    const shown = differing.slice(0, NAMED).map((difference) =>
      describe(difference)
    );
    throw unreadable(
      folder,
      `${withCommas(differing.length)} of ${
        countOf(this.#samples, "sample")
      } do not hold the ids of ${quote(this.file)}, ${
        withCommas(this.ids.length)
      } in number: ${shown.join("; ")}${differing.length > NAMED ? "; …" : ""}`,
      "Quantify all samples with the same index or annotation, or move those " +
        "that differ to another folder",
    );
  }
}

function describe({ file, lacking, more, example }: Difference): string {
  const parts = [
    ...lacking > 0 ? [`lacks ${withCommas(lacking)}`] : [],
    ...more > 0 ? [`holds ${withCommas(more)} others`] : [],
  ];
  return `${quote(file)} ${parts.join(" and ")} (${quote(example)})`;
}

/** The ids, made different where some are equal. */
function keysOf(ids: readonly string[]): string[] {
  const times = new Map<string, number>();
  return ids.map((id) => {
    const time = times.get(id) ?? 0;
    times.set(id, time + 1);
    return time === 0 ? id : `${id}\0${time}`;
  });
}
