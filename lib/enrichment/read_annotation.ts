/** Reads the user's annotation and ontology, and says what was left out. */

import { basename } from "node:path";
import type { Values } from "../cli/parameters.ts";
import { countOf, withCommas } from "../cli/text.ts";
import { nameOfSet } from "../gene_sets/user_files.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { NamedGene } from "../prepare/gene_label.ts";
import {
  annotateByGaf,
  annotateBySets,
  type Annotation,
} from "./annotation.ts";
import { type Gaf, readGaf } from "./files/gaf.ts";
import { readObo } from "./files/obo.ts";
import { readSetFile } from "./files/set_files.ts";
import { FEW_ANNOTATED } from "./levels.ts";
import type { Namespace } from "./namespaces.ts";
import { makeOntology, type Ontology } from "./ontology.ts";
import type { EnrichmentSummary, SourceSummary } from "./outputs.ts";
import type { enrichmentParameters } from "./parameters.ts";

type Context = Pick<
  StageContext<Values<typeof enrichmentParameters>>,
  "parameters" | "userInput" | "warn"
>;

/** All terms of the matrix's genes. */
export interface ReadAnnotation {
  /** Each with a name of its own, in the order of the files. */
  readonly namespaces: readonly Namespace[];
  readonly ontology: EnrichmentSummary["ontology"];
  readonly sources: readonly SourceSummary[];
}

/**
 * Reads the files of `--enrichment.gaf`, `--enrichment.obo` and
 * `--enrichment.sets`.
 *
 * @throws {InputError} If one cannot be read or has no gene of the matrix.
 */
export async function readAnnotation(
  context: Context,
  genes: readonly NamedGene[],
): Promise<ReadAnnotation> {
  const { gaf, obo, sets, relations } = context.parameters;
  for (const path of [obo, gaf, ...sets]) {
    if (path !== "") await context.userInput(path);
  }
  const ontology = obo === ""
    ? null
    : makeOntology(await readObo(obo), relations, obo);
  if (ontology !== null && ontology.lostParents > 0) {
    context.warn(
      `${basename(obo)}: ${
        countOf(ontology.lostParents, "parent")
      } of its terms are not in it and are left out`,
    );
  }
  const namespaces: Namespace[] = [];
  const sources: SourceSummary[] = [];
  const add = (path: string, found: Annotation, source: SourceSummary) => {
    for (const namespace of found.namespaces) {
      namespaces.push({
        ...namespace,
        name: freeName(namespace.name, namespaces),
      });
    }
    sources.push(source);
    warnOf(context, basename(path), source, genes.length);
  };
  if (gaf !== "") {
    const read = await readGaf(gaf);
    const found = annotateByGaf(read, ontology, genes, gaf);
    if (ontology === null) {
      context.warn(
        `${basename(gaf)}: without an ontology (--enrichment.obo) a gene ` +
          "counts only for the terms that it is annotated to, not for those " +
          "above them, and terms have no names",
      );
    }
    add(gaf, found, describe("gaf", gaf, found, read));
  }
  for (const path of sets) {
    const read = await readSetFile(path);
    const found = annotateBySets(read, nameOfSet(path), ontology, genes, path);
    add(path, found, describe(read.kind, path, found));
  }
  return {
    namespaces,
    ontology: ontology === null
      ? null
      : describeOntology(obo, ontology, relations),
    sources,
  };
}

function freeName(name: string, taken: readonly Namespace[]): string {
  let free = name;
  for (let number = 2; taken.some((each) => each.name === free); number++) {
    free = `${name} (${number})`;
  }
  return free;
}

function describeOntology(
  path: string,
  { terms, lostParents }: Ontology,
  relations: "is_a" | "part_of",
) {
  return {
    file: basename(path),
    terms: terms.length,
    relations,
    lost_parents: lostParents,
  };
}

function describe(
  kind: SourceSummary["kind"],
  path: string,
  { matched, terms }: Annotation,
  gaf?: Gaf,
): SourceSummary {
  return {
    kind,
    file: basename(path),
    rows: gaf?.rows ?? null,
    negated: gaf?.negated ?? null,
    without_data: gaf?.withoutData ?? null,
    alternative_terms: terms.alternative,
    obsolete_terms: terms.obsolete,
    unknown_terms: terms.unknown,
    genes_matched: matched.matched,
    genes_ambiguous: matched.ambiguous,
    matched_by: matched.geneKey,
    matched_as: matched.kind,
    loose: matched.isLoose,
  };
}

function warnOf(
  { warn }: Pick<Context, "warn">,
  name: string,
  source: SourceSummary,
  genes: number,
): void {
  const few = FEW_ANNOTATED * genes;
  if (source.genes_matched < few && source.kind === "gaf") {
    warn(
      `${name}: only ${withCommas(source.genes_matched)} of the ${
        countOf(genes, "gene")
      } of the matrix are in it`,
    );
  }
  if (source.loose) {
    warn(
      `${name}: its gene ids are matched without versions, and whatever their ` +
        `case and separators: ${withCommas(source.genes_matched)} of ${
          countOf(genes, "gene")
        }`,
    );
  }
  if (source.genes_ambiguous > 0) {
    warn(
      `${name}: ${
        countOf(source.genes_ambiguous, "gene")
      } of the matrix left out, because several are called the same`,
    );
  }
  if (source.unknown_terms > 0) {
    warn(
      `${name}: ${
        countOf(source.unknown_terms, "term")
      } left out, which the ontology lacks`,
    );
  }
}
