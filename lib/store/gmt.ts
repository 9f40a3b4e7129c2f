/** Gene sets in the format GMT, which enrichment tools read. */

import { InputError } from "../cli/errors.ts";
import { escapeControls } from "../cli/text.ts";
import type { TypedOutput } from "./output.ts";

/** One line of the file. */
export interface NamedGenes {
  readonly name: string;
  /** What the set holds, in a few words. */
  readonly description: string;
  readonly genes: readonly string[];
}

/**
 * Declares a GMT file: a line a set with its name, a description and its
 * genes, all separated by tabs (Broad Institute, "GMT: Gene Matrix Transposed
 * file format"). A tab or a line end within a text is written as `\t`, `\n`.
 *
 * @param file From the run's folder, ending in `.gmt`.
 * @param about What a set is, in one line without a full stop.
 */
export function defineGmt(
  file: string,
  about: string,
): TypedOutput<readonly NamedGenes[]> {
  return {
    file,
    about,
    columns: [],
    format: (sets) =>
      sets.map(({ name, description, genes }) =>
        [name, description, ...genes].map(escapeControls).join("\t") + "\n"
      ).join(""),
    parse: (text, path) =>
      text.split(/\r?\n/).filter((line) => line !== "").map((line, index) => {
        const [name, description, ...genes] = line.split("\t");
        if (description === undefined) {
          throw new InputError(
            `Cannot read ${escapeControls(path)}: line ${index + 1} has one ` +
              "field and should have a name, a description and genes, " +
              "separated by tabs",
          );
        }
        return { name, description, genes };
      }),
  };
}
