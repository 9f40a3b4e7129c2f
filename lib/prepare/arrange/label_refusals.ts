/** Why no tissues could be found, and what to do about it. */

import { type Remedy, rerun } from "../../cli/errors.ts";
import { countOf, escapeControls, quote, withCommas } from "../../cli/text.ts";
import type { Annotation } from "../input/raw_matrix.ts";
import { unreadable } from "../input/unreadable.ts";
import type { LabelSearch } from "./label.ts";
import { isMissingLabel, labelKey } from "../labels/label_key.ts";
import { joinNames, nearName } from "../labels/named.ts";
import { countWords, isGrouping, isNearlyUnique } from "./words.ts";

/** So many disagreements are named. */
const NAMED = 3;

/** Refuses what cannot be the label. */
export class LabelRefusals {
  /** @param own The matrix's texts about the samples. */
  constructor(
    readonly search: LabelSearch,
    readonly own: readonly Annotation[],
  ) {}

  #refuse(what: string, remedy: Remedy): never {
    throw unreadable(this.search.choices.input, what, remedy);
  }

  /** Refuses a label that two columns are named. */
  twice(name: string, times: number): never {
    const { factNoun } = this.search.sides;
    this.#refuse(
      `${countOf(times, factNoun)} are called ${quote(name)}, and it must be ` +
        "clear which holds the tissues",
      `Rename all but one of these ${factNoun}s in the file`,
    );
  }

  /** Refuses a label that is nowhere. */
  unknown(name: string): never {
    const { sides, sheet, orientation, choices } = this.search;
    const { factNoun, genesIn } = sides;
    const where = `the genes are in ${genesIn} ${orientation.reason}`;
    if (name === sides.samples.title || name === sheet?.idColumn) {
      this.#refuse(
        `${quote(name)} holds the sample ids and cannot be the label`,
        this.#otherLabel(name),
      );
    }
    if (sides.genes.annotations.some((own) => own.name === name)) {
      this.#refuse(
        `${quote(name)} cannot be the label: it says something of each gene, ` +
          `because ${where}`,
        rerun("prepare", {
          orient: genesIn === "rows" ? "samples-in-rows" : "genes-in-rows",
        }),
      );
    }
    if (choices.ignore.includes(name)) {
      this.#refuse(
        `${quote(name)} is left out by --ignore and cannot be the label`,
        rerun("prepare", {
          ignore: choices.ignore.filter((other) => other !== name),
        }),
      );
    }
    const unusable = sheet?.unusable.find((column) => column.name === name);
    if (unusable !== undefined) {
      this.#refuse(
        `column ${quote(name)} of ${
          escapeControls(sheet!.path)
        } cannot be the label: ${unusable.why}`,
        this.#otherLabel(name),
      );
    }
    this.#refuse(
      `there is no ${factNoun} ${quote(name)}` +
        (sheet === undefined ? "" : `, and the sample sheet has none either`) +
        (genesIn === "rows" ? ` (${where})` : ""),
      this.#otherLabel(name),
    );
  }

  /** Refuses a label of which nearly every sample has its own. */
  checkRepeats(found: Annotation): void {
    const counts = countWords(found);
    if (!isNearlyUnique(counts)) return;
    this.#refuse(
      `${quote(found.name)} cannot be the label: ${
        withCommas(counts.single)
      } of ${countOf(counts.filled, "sample")} have a value of their own there`,
      this.#otherLabel(found.name),
    );
  }

  /** Refuses tissues of the matrix that are others than those of the sheet. */
  checkAgreement(matrix: Annotation, sheet: Annotation): void {
    const { samples } = this.search.sides;
    const differing = samples.ids.flatMap((_, index) => {
      const [here, there] = [matrix.texts[index], sheet.texts[index]];
      const same = isMissingLabel(here) || isMissingLabel(there) ||
        labelKey(here) === labelKey(there);
      return same ? [] : [index];
    });
    if (differing.length === 0) return;
    const shown = differing.slice(0, NAMED).map((index) =>
      `${quote(samples.ids[index])} (${quote(matrix.texts[index])} and ${
        quote(sheet.texts[index])
      })`
    );
    this.#refuse(
      `${quote(matrix.name)} of the matrix and of the sample sheet differ ` +
        `for ${countOf(differing.length, "sample")}, such as ${
          shown.join(", ")
        }; without that of the matrix the sheet's is used`,
      rerun("prepare", {
        ignore: [...this.search.choices.ignore, matrix.name],
      }),
    );
  }

  /** The remedy that names another label: a near one, or those that hold words. */
  #otherLabel(name: string): Remedy {
    const known = [...this.own, ...this.search.sheet?.facts ?? []].filter((
      each,
    ) => each.name !== name);
    const nearest = nearName(name, known.map((each) => each.name));
    if (nearest !== undefined) return rerun("prepare", { label: nearest });
    const words = known.filter((each) => isGrouping(countWords(each)))
      .map((each) => each.name);
    const names = [...new Set(words)];
    if (names.length === 1) return rerun("prepare", { label: names[0] });
    if (names.length > 1) {
      return `Name one that holds words that repeat with --label: ${
        joinNames(names)
      }`;
    }
    return this.search.sheet === undefined
      ? "Give a sample sheet with the tissues: --samples FILE --label COLUMN"
      : "Add a column of tissues to the sample sheet and name it with --label";
  }
}
