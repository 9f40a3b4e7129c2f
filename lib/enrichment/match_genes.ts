/** Finds the genes of the matrix among those that an annotation names. */

import { InputError } from "../cli/errors.ts";
import { escapeControls, quote } from "../cli/text.ts";
import { listFew } from "../prepare/labels/named.ts";
import type { NamedGene } from "../prepare/gene_label.ts";
import { looseVersionForm } from "../prepare/sheets/id_forms.ts";

/** Names of one kind that a file has for its entries, by entry. */
export interface NameKind {
  /** As in "matched by ...": `symbol`. */
  readonly kind: string;
  /** Every name with the entry that has it, in the file's order. */
  readonly names: readonly (readonly [name: string, entry: number])[];
}

/** What of a gene of the matrix is looked for. */
export const geneKeys = ["id", "name"] as const;
export type GeneKey = typeof geneKeys[number];

/** How entries and genes go together. */
export interface Matched {
  /** The entries of each gene of the matrix; empty for most that are lost. */
  readonly entriesOf: readonly (readonly number[])[];
  readonly matched: number;
  /** Genes that share their name or form with others, and so have no entry. */
  readonly ambiguous: number;
  readonly geneKey: GeneKey;
  /** The kind of name that fits best. */
  readonly kind: string;
  /** Whether versions, case and separators were forgiven. */
  readonly isLoose: boolean;
}

/** Looser ids must find so many times the genes that equal ones do. */
const LOOSE_GAIN = 1.5;
/** Ids of each side that a message shows. */
const SHOWN = 5;

/**
 * Matches the genes with the entries of a file: by the genes' ids or names, and
 * by the kind of the file's names that finds the most genes. Names must be the
 * same to the letter; only where far more genes are found without versions
 * (`ENSG00000141510.12`) and whatever the case and separators, these are left
 * out. A gene may have several entries, such as its transcripts, and an entry
 * one gene: genes whose names are then alike have none.
 *
 * @param path The file, for messages.
 * @throws {InputError} If no gene is found: one line with both styles of ids.
 */
export function matchEntries(
  genes: readonly NamedGene[],
  kinds: readonly NameKind[],
  path: string,
): Matched {
  let best: Matched | undefined;
  for (const geneKey of geneKeys) {
    const texts = genes.map(({ gene, name }) => geneKey === "id" ? gene : name);
    if (texts.every((text) => text === null)) continue;
    for (const { kind, names } of kinds) {
      for (const isLoose of [false, true]) {
        const gain = isLoose ? LOOSE_GAIN : 1;
        // Most files have the ids as they are: no need to try all forms.
        if (gain * (best?.matched ?? 0) >= texts.length) continue;
        const found = {
          ...match(texts, names, isLoose ? looseVersionForm : (text) => text),
          ...{ geneKey, kind, isLoose },
        };
        if (found.matched > gain * (best?.matched ?? 0)) best = found;
      }
    }
  }
  if (best !== undefined) return best;
  const theirs = kinds.flatMap(({ names }) => names.map(([name]) => name));
  throw new InputError(
    `Cannot use the annotation ${escapeControls(path)}: it has none of the ` +
      `matrix's ${genes.length} genes, whose ids look like ${
        few(genes.map(({ gene }) => gene))
      }; its own look like ${few(theirs)}`,
    "Give an annotation of the same gene ids, or the genes' names by " +
      "--features",
  );
}

function match(
  texts: readonly (string | null)[],
  names: NameKind["names"],
  form: (text: string) => string,
) {
  const entries = new Map<string, number[]>();
  for (const [name, entry] of names) {
    const key = form(name);
    const own = entries.get(key);
    if (own === undefined) entries.set(key, [entry]);
    else if (own.at(-1) !== entry) own.push(entry);
  }
  const keys = texts.map((text) => text === null ? "" : form(text));
  const times = new Map<string, number>();
  for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1);
  let [matched, ambiguous] = [0, 0];
  const entriesOf = keys.map((key) => {
    const own = key === "" ? undefined : entries.get(key);
    if (own === undefined) return [];
    if (times.get(key)! > 1) {
      ambiguous++;
      return [];
    }
    matched++;
    return [...new Set(own)];
  });
  return { entriesOf, matched, ambiguous };
}

/** The first few different ids. */
function few(ids: readonly string[]): string {
  return listFew([...new Set(ids)].slice(0, SHOWN + 1).map(quote), SHOWN);
}
