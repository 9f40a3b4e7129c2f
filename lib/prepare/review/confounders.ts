/** Finds what else predicts the tissue: library size, batch, study, age. */

import { isMissingLabel, labelKey } from "../labels/label_key.ts";
import { sortedNames } from "../labels/named.ts";
import type { ValueSummary } from "../normalize/recognize.ts";
import type { PreparationInput } from "../input/read_input.ts";
import type { ConfounderFinding } from "./finding_names.ts";
import {
  predictByCategory,
  predictByNumber,
  type Prediction,
  skillOf,
} from "./prediction.ts";

/** Of what guessing leaves over, so much must be predicted right. */
const STRONG = 0.5;
/** A column of which fewer samples have something is not looked at. */
const LEAST_SHARE = 0.5;
/** Names of columns that hold the tissue in other words. */
const OF_TISSUES =
  /tissue|organ(?!ism)|organism.?part|body.?site|cell.?type|source.?name|anatom|uberon|^smtsd?$/i;
/** Shorter names of tissues are parts of other words by chance. */
const SHORTEST_NAME = 3;

/** One fact of the samples, and how it goes with the tissue. */
export interface Confounder {
  /** The column; null for the library size. */
  readonly column: string | null;
  /** Whether it was taken as categories or as numbers. */
  readonly measure: "categories" | "numbers";
  readonly finding: ConfounderFinding;
  /** How well it predicts the tissue. */
  readonly tissue: Prediction;
  /** How well the tissue predicts it; categories only. */
  readonly reverse?: Prediction;
  /** Whether the split keeps its samples together. */
  readonly isGroup: boolean;
}

/**
 * Looks at the library size, if the values are counts, and at each column that
 * is known of the samples. Left out are columns with a different text for each
 * sample or a single one, row numbers, and those that name the tissue in other
 * words.
 */
export function findConfounders(
  input: PreparationInput,
  { kind, librarySizes }: Pick<ValueSummary, "kind" | "librarySizes">,
): Confounder[] {
  const { tissues, groups, sampleFacts, reading } = input;
  const found: Confounder[] = [];
  if (kind === "counts") {
    const rows = [...tissues.keys()].filter((row) => librarySizes[row] > 0);
    const prediction = predictByNumber(
      rows.map((row) => Math.log(librarySizes[row])),
      rows.map((row) => tissues[row]),
    );
    if (prediction !== undefined) found.push(byNumber(null, prediction));
  }
  for (const { name, texts } of sampleFacts) {
    if (name === reading?.label || isTissue(name, texts, tissues)) continue;
    const rows = [...texts.keys()].filter((row) => !isMissingLabel(texts[row]));
    if (rows.length < LEAST_SHARE * texts.length) continue;
    const own = judgeColumn(
      name,
      rows.map((row) => texts[row].trim()),
      rows.map((row) => tissues[row]),
    );
    if (own === undefined) continue;
    const isGroup = groups !== undefined &&
      texts.every((text, row) => text === groups[row]);
    found.push({ ...own, isGroup });
  }
  return found;
}

/** Whether a column is the tissue, in its words, in finer or coarser ones. */
function isTissue(
  name: string,
  texts: readonly string[],
  tissues: readonly string[],
): boolean {
  if (OF_TISSUES.test(name)) return true;
  const keys = new Map(
    sortedNames([...texts, ...tissues]).map((text) => [text, labelKey(text)]),
  );
  const alike = texts.filter((text, row) => {
    const [own, tissue] = [keys.get(text)!, keys.get(tissues[row])!];
    return own === tissue ||
      tissue.length >= SHORTEST_NAME && own.includes(tissue) ||
      own.length >= SHORTEST_NAME && tissue.includes(own);
  });
  return 2 * alike.length > texts.length;
}

/** Judges one column by the samples that have something in it. */
function judgeColumn(
  column: string,
  texts: readonly string[],
  tissues: readonly string[],
): Confounder | undefined {
  const distinct = new Set(texts).size;
  if (distinct < 2) return undefined;
  const numbers = texts.map(Number);
  const isNumeric = numbers.every(Number.isFinite);
  if (isNumeric && areRowNumbers(numbers)) return undefined;
  if (distinct === texts.length && !isNumeric) return undefined;
  const categories = judgeCategories(column, texts, tissues);
  if (!isNumeric || (categories?.finding ?? "none") !== "none") {
    return categories;
  }
  const prediction = predictByNumber(numbers, tissues);
  if (prediction === undefined) return categories;
  const own = byNumber(column, prediction);
  return own.finding !== "none" || categories === undefined ? own : categories;
}

/** Whether numbers only count the rows: whole, all different, without gaps. */
function areRowNumbers(numbers: readonly number[]): boolean {
  const sorted = numbers.toSorted((a, b) => a - b);
  return Number.isInteger(sorted[0]) &&
    sorted.every((number, index) => number === sorted[0] + index);
}

function judgeCategories(
  column: string,
  texts: readonly string[],
  tissues: readonly string[],
): Confounder | undefined {
  const tissue = predictByCategory(texts, tissues);
  if (tissue === undefined || tissue.samples < LEAST_SHARE * texts.length) {
    return undefined;
  }
  const reverse = predictByCategory(tissues, texts);
  const forward = isStrong(tissue);
  const backward = reverse !== undefined && isStrong(reverse);
  return {
    column,
    measure: "categories",
    finding: forward
      ? backward ? "predicts" : "within"
      : backward
      ? "shared"
      : "none",
    tissue,
    reverse,
    isGroup: false,
  };
}

function byNumber(column: string | null, tissue: Prediction): Confounder {
  return {
    column,
    measure: "numbers",
    finding: isStrong(tissue) ? "predicts" : "none",
    tissue,
    isGroup: false,
  };
}

function isStrong(prediction: Prediction): boolean {
  return prediction.right > prediction.bound && skillOf(prediction) >= STRONG;
}
