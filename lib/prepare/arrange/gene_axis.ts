/** Which ids of the genes' side are genes, and how they are called. */

import { rerun } from "../../cli/errors.ts";
import { countOf, quote, withCommas } from "../../cli/text.ts";
import { unreadable } from "../input/unreadable.ts";
import { joinNames } from "../labels/named.ts";
import { refuseLongIds } from "./id_checks.ts";
import { noteSampleNumbers } from "./sample_numbers.ts";
import { noteDates } from "./spreadsheet_names.ts";
import { stripVersions } from "./gene_versions.ts";
import type { ArrangeChoices } from "./reading.ts";
import type { Sides } from "./sides.ts";
import { isCounter } from "./usual_names.ts";

/** More genes than any transcriptome has: the file is no such matrix. */
const GENE_LIMIT = 1_000_000;
/** One of them may be a gene: `nan` is one of the fly. */
const NO_NAME = /^(na|n\/a|#n\/a|#name\?|nan|null|none|-|---)$/i;

/** The genes of a matrix. */
export interface GeneAxis {
  /** Where they are on their side, ascending. */
  readonly places: readonly number[];
  /** One per place, trimmed; none empty, but some may be there twice. */
  readonly ids: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Takes the genes of their side: counters of reads and what the user ignores
 * are left out.
 *
 * @throws {InputError} If an id is missing or too long, or if no gene is left.
 */
export function findGenes(
  sides: Sides,
  choices: Pick<ArrangeChoices, "input" | "ignore" | "strip-versions">,
): GeneAxis {
  const { input } = choices;
  const { genes } = sides;
  const all = genes.ids.map((id) => id.trim());
  const ignored = new Set(choices.ignore);
  const [places, counters]: [number[], string[]] = [[], []];
  all.forEach((id, place) => {
    if (isCounter(id)) counters.push(id);
    else if (!ignored.has(id)) places.push(place);
  });
  if (places.length === 0) throw unreadable(input, "it holds no gene");
  if (places.length > GENE_LIMIT) {
    throw unreadable(input, "it has more than 1,000,000 genes");
  }
  refuseNameless(sides, choices, all, places);
  refuseLongIds(input, "gene id", genes, places);
  const notes = counters.length === 0 ? [] : [noteCounters(counters)];
  let ids = places.map((place) => all[place]);
  notes.push(
    ...noteDates(ids),
    ...noteSampleNumbers(ids, sides.geneNoun, choices.ignore),
  );
  if (choices["strip-versions"]) {
    const stripped = stripVersions(ids);
    ids = stripped.ids;
    notes.push(stripped.note);
  }
  return { places, ids, notes };
}

function noteCounters(counters: readonly string[]): string {
  const one = counters.length === 1;
  return `${joinNames([...new Set(counters)])} ${
    one
      ? "counts reads and is no gene; it is"
      : "count reads and are no genes; they are"
  } left out`;
}

/** @throws {InputError} If ids are empty, or if several are NA. */
function refuseNameless(
  { genes, geneNoun }: Sides,
  { input, ignore }: Pick<ArrangeChoices, "input" | "ignore">,
  ids: readonly string[],
  places: readonly number[],
): void {
  const empty = places.filter((place) => ids[place] === "");
  const absent = places.filter((place) => NO_NAME.test(ids[place]));
  if (empty.length > 0) {
    throw unreadable(
      input,
      `${withCommas(empty.length)} of ${countOf(places.length, "gene id")} ${
        empty.length === 1 ? "is" : "are"
      } empty; the first is ${genes.locate(empty[0])}`,
      `Give each gene an id in the file, or take these ${geneNoun}s out of it`,
    );
  }
  if (absent.length < 2) return;
  const names = [...new Set(absent.map((place) => ids[place]))];
  throw unreadable(
    input,
    `${withCommas(absent.length)} of ${countOf(places.length, "gene id")} ` +
      `are missing (${joinNames(names)}); the first is ${
        genes.locate(absent[0])
      }, ${quote(ids[absent[0]])}`,
    rerun("prepare", { ignore: [...ignore, ...names] }),
  );
}
