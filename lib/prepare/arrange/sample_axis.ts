/** Which ids of the samples' side are samples, and whether their ids are good. */

import { rerun } from "../../cli/errors.ts";
import { countOf, escapeControls, quote, withCommas } from "../../cli/text.ts";
import type { MatchedSheet } from "../sheets/matched_sheet.ts";
import { unreadable } from "../input/unreadable.ts";
import { joinNames } from "../labels/named.ts";
import { shapeOf } from "./id_patterns.ts";
import { idRepeats, listRepeats, refuseLongIds } from "./id_checks.ts";
import { isGeneFact } from "./usual_names.ts";
import type { Label } from "./label.ts";
import type { ArrangeChoices } from "./reading.ts";
import type { Sides } from "./sides.ts";

/** No file has more columns about its genes in front of the samples. */
const MOST_LEADING = 10;
/** More samples than that are not left out by naming each. */
const FEW = 5;
/** More than any study has, and less than a `Map` can hold. */
const SAMPLE_LIMIT = 10_000_000;

/** The samples of a matrix. */
export interface SampleAxis {
  /** Where they are on their side, ascending. */
  readonly places: readonly number[];
  /** Trimmed; all different, none empty. */
  readonly ids: readonly string[];
  readonly notes: readonly string[];
}

type SampleChoices = Pick<
  ArrangeChoices,
  "input" | "group" | "batch" | "ignore" | "missing-labels"
>;

/**
 * Takes the samples of their side. Numbers about genes beside them, such as the
 * length, are left out with a note: columns that neither the label nor the
 * sheet knows, and that are named so or stand in front of the first sample.
 *
 * @throws {InputError} If an id is empty, too long or there twice, or if the
 * sheet lacks a sample whose tissue, group or batch it must give.
 */
export function findSamples(
  sides: Sides,
  label: Label,
  choices: SampleChoices,
  sheet?: MatchedSheet,
): SampleAxis {
  const { input, ignore } = choices;
  const ids = sides.samples.ids.map((id) => id.trim());
  const known = ids.map((_, place) =>
    sheet?.matched[place] || label.texts[place] !== ""
  );
  const places = ids.flatMap((id, place) => ignore.includes(id) ? [] : [place]);
  const facts = geneFactsAmong(sides, ids, places, known);
  const gone = new Set([...facts.named, ...facts.inFront]);
  const kept = places.filter((place) => !gone.has(place));
  if (kept.length === 0) throw unreadable(input, "it holds no sample");
  if (kept.length > SAMPLE_LIMIT) {
    throw unreadable(input, "it has more than 10,000,000 samples");
  }
  checkIds(input, sides, ids, kept);
  const notes = noteFacts(facts, ids, sides);
  if (sheet !== undefined) {
    const lacking = kept.filter((place) => !sheet.matched[place])
      .map((place) => ids[place]);
    notes.push(
      ...checkSheet(label, choices, sheet, lacking, kept.length),
    );
  }
  return { places: kept, ids: kept.map((place) => ids[place]), notes };
}

/** Places of numbers about genes on the samples' side. */
interface GeneFactPlaces {
  /** By what they are called. */
  readonly named: readonly number[];
  /** In front of the first sample. */
  readonly inFront: readonly number[];
}

function geneFactsAmong(
  sides: Sides,
  ids: readonly string[],
  places: readonly number[],
  known: readonly boolean[],
): GeneFactPlaces {
  const isNamed = (place: number) => !known[place] && isGeneFact(ids[place]);
  const named = places.filter(isNamed);
  if (sides.genesIn === "columns") return { named, inFront: [] };
  const rest = places.filter((place) => !isNamed(place));
  const leading = rest.findIndex((place) => known[place]);
  if (leading > MOST_LEADING) return { named, inFront: [] };
  // What looks like the samples is one, which has no tissue.
  const shapes = new Set(
    rest.filter((place) => known[place]).map((place) => shapeOf(ids[place])),
  );
  return {
    named,
    inFront: rest.slice(0, Math.max(0, leading))
      .filter((place) => !shapes.has(shapeOf(ids[place]))),
  };
}

function noteFacts(
  { named, inFront }: GeneFactPlaces,
  ids: readonly string[],
  { genesIn }: Sides,
): string[] {
  const noun = genesIn === "rows" ? "Column" : "Row";
  const list = (places: readonly number[]) =>
    `${noun}${places.length === 1 ? "" : "s"} ${
      joinNames(places.map((place) => ids[place]))
    }`;
  const notes: string[] = [];
  if (named.length > 0) {
    notes.push(
      `${list(named)} ${
        named.length === 1
          ? "says something of the genes and is"
          : "say something of the genes and are"
      } left out of the samples`,
    );
  }
  if (inFront.length > 0) {
    notes.push(
      `${list(inFront)} ${
        inFront.length === 1
          ? "stands in front of the samples and has no tissue: it is"
          : "stand in front of the samples and have no tissue: they are"
      } taken for numbers about the genes and left out`,
    );
  }
  return notes;
}

function checkIds(
  path: string,
  { samples }: Sides,
  ids: readonly string[],
  places: readonly number[],
): void {
  const empty = places.filter((place) => ids[place] === "");
  if (empty.length > 0) {
    throw unreadable(
      path,
      `${countOf(empty.length, "sample id")} ${
        empty.length === 1 ? "is" : "are"
      } empty; the first is ${samples.locate(empty[0])}`,
      "Give each sample an id in the file",
    );
  }
  refuseLongIds(path, "sample id", samples, places);
  const repeats = idRepeats(ids, places);
  if (repeats.length > 0) {
    throw unreadable(
      path,
      `${countOf(repeats.length, "sample id")} ${
        repeats.length === 1 ? "is" : "are"
      } there more than once: ${listRepeats(repeats, ids, samples)}`,
      "Give each sample its own id in the file",
    );
  }
}

/** What becomes of samples that the sheet lacks. */
function checkSheet(
  label: Label,
  choices: SampleChoices,
  sheet: MatchedSheet,
  lacking: readonly string[],
  samples: number,
): string[] {
  if (lacking.length === 0) return [];
  const path = escapeControls(sheet.path);
  const what = `${withCommas(lacking.length)} of the matrix's ${
    countOf(samples, "sample")
  } ${lacking.length === 1 ? "has" : "have"} no row in ${path}: ${
    joinNames(lacking)
  }`;
  const ofGroup = choices.group !== "" || choices.batch !== "";
  const ofLabel = label.from === "sheet";
  if (!ofGroup && !ofLabel) return [what];
  const all = lacking.length === samples;
  if (!all && !ofGroup && choices["missing-labels"] === "drop") return [];
  const found = sheet.matched.findIndex((has) => has);
  const remedy = all || lacking.length > FEW && ofGroup
    ? `Add a row for each of them to ${path}, with the id in column ${
      quote(sheet.idColumn)
    }`
    : lacking.length <= FEW
    ? rerun("prepare", { ignore: [...choices.ignore, ...lacking] })
    : rerun("prepare", { "missing-labels": "drop" });
  throw unreadable(
    choices.input,
    what +
      (found < 0
        ? ""
        : `; it should give ${lacking.length === 1 ? "its" : "their"} ${
          ofLabel ? "tissue" : choices.group !== "" ? "group" : "batch"
        }, as for the others`),
    remedy,
  );
}
