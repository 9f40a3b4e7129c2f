/** Reads the tables of the Expression Atlas (EMBL-EBI). */

import { countOf, quote } from "../../cli/text.ts";
import type { RawMatrix } from "../input/raw_matrix.ts";
import { readHead } from "../input/read_head.ts";
import { readTextMatrix } from "../input/text_matrix.ts";
import { unreadable } from "../input/unreadable.ts";
import { beginsWith, headerOf, linesOf } from "./header_line.ts";
import type { Format } from "./format.ts";

/** A sequencing run or an assay of the European archives. */
const RUN = /^([EDS]R[RXS]\d+|SAM[END]A?\d+)$/;
/** A cell of the tables of transcripts per million: five numbers. */
const QUARTILES = /^[\d.]+(,[\d.]+){4}$/;
/** Columns that a message names. */
const NAMED = 3;

/**
 * Expression Atlas: comments, a header that begins with `Gene ID` and
 * `Gene Name`, then one row per gene; an empty cell is a value below the
 * cutoff and counts as 0. Genes are the rows.
 */
export const expressionAtlas: Format = {
  name: "expression-atlas",
  title: "Expression Atlas",
  extensions: [],
  recognizes(head) {
    const header = headerOf(head);
    return beginsWith(header, ["Gene ID", "Gene Name"]) ||
      beginsWith(header, ["GeneID", "Gene Name"]);
  },
  async read(source, options) {
    await refuseQuartiles(source.path);
    const matrix = await readTextMatrix(source, {
      format: "Expression Atlas",
      isText: (_, column) => column === 1,
      hasComments: true,
      genesIn: "rows",
      emptyCells: {
        value: 0,
        note: (cells) =>
          `${countOf(cells, "empty cell")} of the Expression Atlas's table ${
            cells === 1 ? "is" : "are"
          } read as 0: the value is below the table's cutoff`,
      },
    }, options);
    return { ...matrix, ...describeMeans(matrix) };
  },
};

/** @throws {InputError} If each cell of the first row holds five numbers. */
async function refuseQuartiles(path: string): Promise<void> {
  const { text } = await readHead(path);
  const rows = [...linesOf(text)].map(({ line }) => line)
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (!rows[1]?.split("\t").some((cell) => QUARTILES.test(cell))) return;
  throw unreadable(
    path,
    "each of its cells holds five numbers (minimum, quartiles and maximum of " +
      "several samples) and should hold one",
    "Take the experiment's raw counts or its FPKM or TPM of each run from the " +
      "Expression Atlas",
  );
}

/** A column that is no sequencing run is the mean of a tissue's samples. */
function describeMeans(
  { columns }: RawMatrix,
): Pick<RawMatrix, "unlabeled"> {
  if (columns.ids.every((id) => RUN.test(id))) return {};
  return {
    unlabeled: {
      what:
        `each of its ${
          countOf(columns.ids.length, "column")
        } is the mean of a tissue's samples (${
          columns.ids.slice(0, NAMED).map(quote).join(", ")
        }${columns.ids.length > NAMED ? ", ..." : ""}), and the study needs ` +
        "several samples of each tissue",
      remedy: "Download the experiment's values of each run (raw counts) and " +
        "its sample sheet (experiment design) from the Expression Atlas, and " +
        "give the sheet with --samples",
    },
  };
}
