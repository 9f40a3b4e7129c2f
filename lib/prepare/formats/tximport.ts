/** Reads what R writes of tximport's list: as.data.frame(txi). */

import { InputError, rerun } from "../../cli/errors.ts";
import { countOf, escapeControls, quote } from "../../cli/text.ts";
import { readTextMatrix } from "../input/text_matrix.ts";
import { unreadable } from "../input/unreadable.ts";
import { headerOf } from "./header_line.ts";
import type { Format } from "./format.ts";

/** The matrices of the list, in the order in which R writes them. */
const LAYERS = ["abundance", "counts", "length"];
/** Other elements of the list. */
const OTHERS = /^(countsFromAbundance|(infReps|variance)\.)/;
/** The layers that other formats call by other names. */
const ALIASES = new Map([["tpm", "abundance"]]);

/**
 * tximport: a table with a row per gene and three columns per sample,
 * `abundance.S1`, `counts.S1` and `length.S1`. One of the three is read. Genes
 * are the rows.
 */
export const tximport: Format = {
  name: "tximport",
  title: "tximport",
  extensions: [],
  uses: ["layer"],
  recognizes(head) {
    const header = headerOf(head);
    if (header === undefined) return false;
    const [first, ...rest] = header.cells;
    const cells = LAYERS.includes(prefixOf(first)) ? header.cells : rest;
    const prefixes = new Set(cells.map(prefixOf));
    return header.isWhole
      ? LAYERS.every((layer) => prefixes.has(layer))
      : prefixOf(cells[0] ?? "") === LAYERS[0];
  },
  async read(source, options) {
    const layer = chooseLayer(source.path, options.layer);
    const matrix = await readTextMatrix(source, {
      format: "tximport",
      isLeftOut: (name) =>
        OTHERS.test(name) ||
        (LAYERS.includes(prefixOf(name)) && prefixOf(name) !== layer),
      renameColumn: (name) =>
        prefixOf(name) === layer ? name.slice(layer.length + 1) : name,
      genesIn: "rows",
    }, options);
    if (matrix.columns.ids.length === 0) {
      throw unreadable(
        source.path,
        `it has no columns ${layer}.SAMPLE as tximport's table should have`,
      );
    }
    return {
      ...matrix,
      notes: [
        ...matrix.notes,
        `The columns ${layer}.* of ${
          countOf(matrix.columns.ids.length, "sample")
        } are read from tximport's table; --layer ${
          layer === "counts" ? "abundance" : "counts"
        } takes the other matrix`,
      ],
    };
  },
};

/** @throws {InputError} If tximport has no such matrix. */
function chooseLayer(path: string, wanted = "abundance"): string {
  const name = wanted.toLowerCase();
  const layer = ALIASES.get(name) ?? name;
  if (layer === "abundance" || layer === "counts") return layer;
  throw new InputError(
    `Cannot read ${escapeControls(path)}: tximport's table has no layer ${
      quote(wanted)
    }, and should be read with abundance or counts`,
    rerun("prepare", { layer: "abundance" }),
  );
}

function prefixOf(name: string): string {
  const dot = name.indexOf(".");
  return dot < 0 ? "" : name.slice(0, dot);
}
