/** Recognizes a table with a row for each gene of each sample. */

import { withCommas } from "../../cli/text.ts";
import type { Annotation, RawMatrix } from "../input/raw_matrix.ts";
import { unreadable } from "../input/unreadable.ts";
import { isGeneId, lookAt } from "./id_patterns.ts";
import { geneNameRank, titleSide } from "./usual_names.ts";

/** Such a table has few columns of numbers: TPM, FPKM, counts, length. */
const MOST_NUMBERS = 6;
/** So many of the pairs of sample and gene must be different. */
const DIFFERENT_PAIRS = 0.9;
const VALUE_NAMES =
  /^(n?tpm|fpkm|rpkm|cpm|n?counts?|expected_count|value|values|expression|expr|abundance|norm.*|est_counts)$/i;

/**
 * Refuses a table in long format and says how to make a matrix of it.
 *
 * @param path The file, for the message.
 * @throws {InputError} If the table is in long format.
 */
export function refuseLongFormat(path: string, raw: RawMatrix): void {
  if (raw.columns.ids.length > MOST_NUMBERS) return;
  const texts = [
    { name: raw.rows.title || "sample", texts: raw.rows.ids },
    ...raw.rows.annotations,
  ].filter(({ texts }) => repeats(texts));
  for (const genes of texts) {
    if (!holdsGenes(genes)) continue;
    for (const samples of texts) {
      if (samples === genes || holdsGenes(samples)) continue;
      const pairs = new Set(
        samples.texts.map((text, row) => `${text}\n${genes.texts[row]}`),
      );
      if (pairs.size < DIFFERENT_PAIRS * genes.texts.length) continue;
      refuse(path, raw, samples, genes);
    }
  }
}

function repeats(texts: readonly string[]): boolean {
  const different = new Set(texts).size;
  return different >= 2 && different * 2 <= texts.length;
}

function holdsGenes({ name, texts }: Annotation): boolean {
  if (titleSide(name) === "samples") return false;
  return titleSide(name) === "genes" || geneNameRank(name) < Infinity ||
    isGeneId(texts[0]) && lookAt(texts).genes > 0.5;
}

function refuse(
  path: string,
  raw: RawMatrix,
  samples: Annotation,
  genes: Annotation,
): never {
  const numbers = raw.columns.ids;
  const values = numbers.find((name) => VALUE_NAMES.test(name.trim())) ??
    numbers.at(-1) ?? "value";
  const facts = raw.rows.annotations.filter((other) =>
    other !== samples && other !== genes && isFactOf(other, samples)
  );
  const ids = [samples, ...facts].map(({ name }) => name);
  const count = (texts: readonly string[]) => withCommas(new Set(texts).size);
  throw unreadable(
    path,
    `it is in long format, a row for each gene of each sample (${
      withCommas(genes.texts.length)
    } rows: ${count(samples.texts)} samples x ${
      count(genes.texts)
    } genes), and must be a matrix with a row for each sample`,
    `Make a matrix of it, in R: tidyr::pivot_wider(table, id_cols = ${
      ids.length === 1 ? forR(ids[0]) : `c(${ids.map(forR).join(", ")})`
    }, names_from = ${forR(genes.name)}, values_from = ${
      forR(values)
    }); or in Python: table.pivot(index=[${
      ids.map(forPython).join(", ")
    }], columns=${forPython(genes.name)}, values=${forPython(values)})`,
  );
}

/** Whether a column says one thing of each sample. */
function isFactOf(fact: Annotation, samples: Annotation): boolean {
  const known = new Map<string, string>();
  return fact.texts.every((text, row) => {
    const before = known.get(samples.texts[row]);
    if (before === undefined) known.set(samples.texts[row], text);
    return before === undefined || before === text;
  });
}

/** A column's name in R: between backticks where it must. */
function forR(name: string): string {
  return /^[A-Za-z.][\w.]*$/.test(name)
    ? name
    : `\`${name.replaceAll("`", "\\`")}\``;
}

function forPython(name: string): string {
  return JSON.stringify(name);
}
