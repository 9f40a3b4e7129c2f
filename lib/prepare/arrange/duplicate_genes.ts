/** What becomes of genes with the same id. */

import { type InputError, rerun } from "../../cli/errors.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import type { RawMatrix } from "../input/raw_matrix.ts";
import { unreadable } from "../input/unreadable.ts";
import type { GeneAxis } from "./gene_axis.ts";
import { idRepeats, listRepeats } from "./id_checks.ts";
import type { ArrangeChoices } from "./reading.ts";
import { findDates } from "./spreadsheet_names.ts";
import { keepGenes, type ValueTable } from "./value_table.ts";
import type { Sides } from "./sides.ts";

/** So many rows show whether values can be added up. */
const ROWS_LOOKED_AT = 200;
/** More names are not left out by naming each. */
const MOST_IGNORED = 10;
/** Logarithms of expression are less. */
const LARGEST_LOGARITHM = 50;

/** Genes with the same id. */
export interface Duplicates {
  /** Indices into the genes: of each id there more than once, all of them. */
  readonly repeats: readonly (readonly number[])[];
}

/**
 * Finds genes with the same id.
 *
 * @throws {InputError} If there are some and they are to be refused.
 */
export function findDuplicates(
  raw: RawMatrix,
  { genes }: Sides,
  { places, ids }: GeneAxis,
  choices: Pick<ArrangeChoices, "input" | "duplicates" | "ignore">,
): Duplicates {
  const { input, duplicates } = choices;
  const repeats = idRepeats(ids, [...ids.keys()]);
  if (repeats.length === 0 || duplicates !== "refuse") return { repeats };
  const locate = (index: number) => genes.locate(places[index]);
  const dates = new Set(findDates(ids));
  const ofDates = repeats.filter(([first]) => dates.has(ids[first]));
  if (ofDates.length > 0) {
    throw refuseDates(choices, ofDates, ids, { locate });
  }
  throw unreadable(
    input,
    `${countOf(repeats.length, "gene id")} ${
      repeats.length === 1 ? "is" : "are"
    } there more than once: ${
      listRepeats(repeats, ids, { locate })
    }; --duplicates sum adds them up, max takes the one with the largest ` +
      "mean, first takes the first",
    rerun("prepare", { duplicates: canBeAdded(raw) ? "sum" : "max" }),
  );
}

/** That one date may stand for two genes, which are not to be made one. */
function refuseDates(
  { input, ignore }: Pick<ArrangeChoices, "input" | "ignore">,
  repeats: readonly (readonly number[])[],
  ids: readonly string[],
  axis: Parameters<typeof listRepeats>[2],
): InputError {
  const one = repeats.length === 1;
  const names = repeats.map(([first]) => ids[first]);
  return unreadable(
    input,
    `${countOf(repeats.length, "gene id")} ${
      one ? "is a date" : "are dates"
    } that a spreadsheet made of a gene's name, and ${
      one ? "is" : "are"
    } there more than once: ${
      listRepeats(repeats, ids, axis)
    }; two different genes may be behind one date, as MARC1 and MARCH1 are ` +
      "behind 1-Mar",
    // Only names without a comma can be given in a list.
    names.length <= MOST_IGNORED && !names.some((name) => name.includes(","))
      ? rerun("prepare", { ignore: [...ignore, ...names] })
      : "Give the genes their names back in the file, or other ids, such as " +
        "those of Ensembl",
  );
}

/** Whether values are counts, TPM or the like, and no logarithms. */
function canBeAdded({ rows, values }: RawMatrix): boolean {
  let [largest, whole] = [0, true];
  const looked = Math.min(rows.ids.length, ROWS_LOOKED_AT);
  for (let row = 0; row < looked; row++) {
    for (const value of values.row(row)) {
      if (value < 0) return false;
      if (value > largest) largest = value;
      if (!Number.isNaN(value) && !Number.isInteger(value)) whole = false;
    }
  }
  return whole || largest >= LARGEST_LOGARITHM;
}

/** One note for all genes that are made one. */
export function noteDuplicates(
  { repeats }: Duplicates,
  how: ArrangeChoices["duplicates"],
): string[] {
  if (repeats.length === 0) return [];
  const genes = repeats.reduce((sum, places) => sum + places.length, 0);
  const done = how === "sum"
    ? "added up"
    : how === "max"
    ? "the one with the largest mean is used"
    : "the first is used";
  return [
    `${countOf(repeats.length, "gene id")} ${
      repeats.length === 1 ? "is" : "are"
    } there more than once (${withCommas(genes)} in all): ${done}`,
  ];
}

/**
 * Makes one gene of those with the same id, at the place of the first.
 *
 * @returns The values, and the index of the gene that each was before.
 * @throws {InputError} If a sum is too large for a float32.
 */
export function mergeDuplicates(
  table: ValueTable,
  { repeats }: Duplicates,
  how: "sum" | "max" | "first",
  path: string,
): { table: ValueTable; kept: number[] } {
  const gone = new Set<number>();
  for (const places of repeats) {
    if (how === "sum" && !addUp(table, places)) {
      throw unreadable(
        path,
        "values of genes with the same id add up to more than a float32 holds",
        rerun("prepare", { duplicates: "max" }),
      );
    }
    if (how === "max") copyGene(table, largest(table, places), places[0]);
    places.slice(1).forEach((place) => gone.add(place));
  }
  const kept: number[] = [];
  for (let gene = 0; gene < table.genes; gene++) {
    if (!gone.has(gene)) kept.push(gene);
  }
  return { table: keepGenes(table, kept), kept };
}

/** @returns Whether all sums fit a float32. */
function addUp(
  { values, genes }: ValueTable,
  places: readonly number[],
): boolean {
  for (let start = 0; start < values.length; start += genes) {
    let sum = 0;
    for (const place of places) sum += values[start + place];
    values[start + places[0]] = sum;
    if (Math.abs(values[start + places[0]]) === Infinity) return false;
  }
  return true;
}

/**
 * The one with the largest mean, the first of equal ones; one with a missing
 * value only if all have some.
 */
function largest(
  { values, genes }: ValueTable,
  places: readonly number[],
): number {
  let [best, most] = [places[0], -Infinity];
  for (const place of places) {
    let sum = 0;
    for (let at = place; at < values.length; at += genes) sum += values[at];
    if (sum > most) [best, most] = [place, sum];
  }
  return best;
}

function copyGene(
  { values, genes }: ValueTable,
  from: number,
  to: number,
): void {
  if (from === to) return;
  for (let start = 0; start < values.length; start += genes) {
    values[start + to] = values[start + from];
  }
}
