/** Finds the names and descriptions of the genes. */

import { countOf, quote, withCommas } from "../../cli/text.ts";
import type { GeneFacts } from "../input/expression_matrix.ts";
import type { Annotation, RawAxis } from "../input/raw_matrix.ts";
import { isMissingLabel } from "../labels/label_key.ts";
import type { FeatureTable } from "../sheets/features.ts";
import { withoutVersion } from "./gene_versions.ts";
import { descriptionRank, geneNameRank } from "./usual_names.ts";
import { countWords } from "./words.ts";

/** So many texts without a blank are names, whatever they are called. */
const MOSTLY = 0.9;

/** What is known of each gene. */
export interface FoundFacts {
  readonly facts: readonly GeneFacts[];
  readonly notes: readonly string[];
}

/**
 * The name and description of each gene: of the table of genes, or else of the
 * matrix. What GCT calls a description is mostly the name.
 *
 * @param places Where each gene is on its side.
 * @param ids Each gene's id.
 */
export function findGeneFacts(
  axis: RawAxis,
  places: readonly number[],
  ids: readonly string[],
  features?: FeatureTable,
): FoundFacts {
  const { names, descriptions } = nameColumns(axis.annotations);
  const lookUp = features === undefined
    ? () => undefined
    : featureLookup(ids, features);
  let found = 0;
  const facts = ids.map((id, gene) => {
    const known = lookUp(id);
    if (known !== undefined) found++;
    const name = known?.name ?? textOf(names, places[gene]);
    return {
      name: name === id ? null : name,
      description: known?.description ?? textOf(descriptions, places[gene]),
    };
  });
  if (features === undefined || found === ids.length) {
    return { facts, notes: [] };
  }
  const note = found === 0
    ? `None of ${countOf(ids.length, "gene")} is in the table of genes: the ` +
      `matrix has ${quote(ids[0])}, the table ${
        quote(features.keys().next().value ?? "")
      }`
    : `${withCommas(ids.length - found)} of ${
      countOf(ids.length, "gene")
    } are not in the table of genes`;
  return { facts, notes: [note] };
}

/** Which annotations are the genes' names and descriptions. */
function nameColumns(
  annotations: readonly Annotation[],
): { names?: Annotation; descriptions?: Annotation } {
  const best = (rank: (name: string) => number, but?: Annotation) =>
    annotations.filter((each) => each !== but && rank(each.name) < Infinity)
      .sort((a, b) => rank(a.name) - rank(b.name))[0] as Annotation | undefined;
  const names = best(geneNameRank);
  const descriptions = best(descriptionRank, names);
  if (names !== undefined || descriptions === undefined) {
    return { names, descriptions };
  }
  return isMostlyNames(descriptions)
    ? { names: descriptions, descriptions: best(descriptionRank, descriptions) }
    : { descriptions };
}

function isMostlyNames(annotation: Annotation): boolean {
  const { filled } = countWords(annotation);
  const names = annotation.texts.filter((text) =>
    !isMissingLabel(text) && !/\s/.test(text.trim())
  );
  return filled > 0 && names.length >= MOSTLY * filled;
}

function textOf(
  annotation: Annotation | undefined,
  place: number,
): string | null {
  const text = annotation?.texts[place].trim() ?? "";
  return isMissingLabel(text) ? null : text;
}

/** Finds a gene by its id, or by the id without version if none is found so. */
function featureLookup(
  ids: readonly string[],
  features: FeatureTable,
): (id: string) => GeneFacts | undefined {
  if (ids.some((id) => features.has(id))) return (id) => features.get(id);
  const bare = new Map<string, GeneFacts>();
  for (const [id, facts] of features) {
    const key = withoutVersion(id);
    if (!bare.has(key)) bare.set(key, facts);
  }
  return (id) => bare.get(withoutVersion(id));
}
