/** What the texts of an annotation look like: words, repeated, missing. */

import type { Annotation } from "../input/raw_matrix.ts";
import { isMissingLabel } from "../labels/label_key.ts";

/** Fewer samples may each have a word of their own. */
const FEW = 10;
/** More samples with a word of their own: the column is no grouping. */
const NEARLY_ALL = 0.9;

/** What a column or row of texts holds. */
export interface WordCounts {
  /** Texts that are not missing. */
  readonly filled: number;
  /** Different ones of them. */
  readonly distinct: number;
  /** Texts that stand there once. */
  readonly single: number;
  /** Texts that are numbers. */
  readonly numbers: number;
  /** The first text. */
  readonly first: string;
}

/** Whether a text is a decimal number. */
export function isNumber(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}

/** Counts the texts of an annotation, missing ones left out. */
export function countWords({ texts }: Pick<Annotation, "texts">): WordCounts {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const word = text.trim();
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  let [filled, numbers, single] = [0, 0, 0];
  for (const [word, count] of counts) {
    if (isMissingLabel(word)) {
      counts.delete(word);
      continue;
    }
    filled += count;
    if (isNumber(word)) numbers += count;
    if (count === 1) single++;
  }
  return {
    filled,
    distinct: counts.size,
    single,
    numbers,
    first: counts.keys().next().value ?? "",
  };
}

/** Whether nearly every sample has a word of its own. */
export function isNearlyUnique({ filled, single }: WordCounts): boolean {
  return filled >= FEW && single > NEARLY_ALL * filled;
}

/** Whether an annotation could name tissues: words, of which some repeat. */
export function isGrouping(counts: WordCounts): boolean {
  return repeats(counts) && counts.numbers * 2 < counts.filled;
}

/** Whether it holds numbers, of which some repeat, such as those of clusters. */
export function isNumberGrouping(counts: WordCounts): boolean {
  return repeats(counts) && counts.numbers * 2 >= counts.filled;
}

function repeats(counts: WordCounts): boolean {
  return counts.distinct >= 2 && counts.distinct < counts.filled &&
    !isNearlyUnique(counts);
}

/** Whether every id has a text and no two have the same. */
export function isAllDifferent(texts: readonly string[]): boolean {
  return texts.every((text) => text.trim() !== "") &&
    new Set(texts).size === texts.length;
}
