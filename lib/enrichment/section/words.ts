/** What the numbers say, sentence by sentence, in Markdown. */

import { percent, significant } from "../../cli/numbers.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import { code, escapeText } from "../../report/markdown.ts";
import { formatP } from "../../statistics/format_p.ts";
import { FEW_ANNOTATED } from "../levels.ts";
import type {
  EnrichmentSummary,
  MethodSummary,
  SourceSummary,
} from "../outputs.ts";

type NamedTerm = MethodSummary["tissues"][number]["best"][number];

/** The tissues in which a ranking has an enriched term. */
export function enrichedTissues({ tissues }: MethodSummary): number {
  return tissues.filter(({ enriched }) => enriched > 0).length;
}

/** In how many tissues genes have an enriched term, by each ranking. */
export function enrichmentClause(found: EnrichmentSummary): string {
  const [first, ...others] = found.methods;
  const total = first.tissues.length;
  const number = (method: MethodSummary) => {
    const count = enrichedTissues(method);
    return count === 0 ? "none" : count === total ? "all" : withCommas(count);
  };
  const worthless = found.methods.every((each) => enrichedTissues(each) === 0)
    ? ", so what these genes have in common is not known by this annotation"
    : "";
  return `among the first ${countOf(found.top, "gene")} by ${
    escapeText(first.title)
  } ${number(first)} of the ${countOf(total, "tissue")} ${
    enrichedTissues(first) === 1 ? "has" : "have"
  } an enriched term` +
    (others.length === 0
      ? ""
      : ` (${
        others.map((each) => `by ${escapeText(each.title)} ${number(each)}`)
          .join(", ")
      })`) +
    `, adjusted p below 0.05${worthless}`;
}

/** A warning if the annotation says nothing of most genes; else empty. */
export function annotationWarning(
  { genes, annotated }: EnrichmentSummary,
): string {
  return annotated < FEW_ANNOTATED * genes
    ? `**The annotation has only ${percent(annotated / genes)} of the ` +
      "matrix's genes:** what the others do is not seen."
    : "";
}

/** A term as a cell names it. */
export function termLabel({ name, term }: NamedTerm): string {
  return name === null ? escapeText(term) : escapeText(name);
}

/** A term with its four numbers and its p. */
export function termCell(term: NamedTerm): string {
  const { N, n, K, k, fold, adjusted_p } = term;
  return `${termLabel(term)} (${k} of ${withCommas(n)}; ${withCommas(K)} of ${
    withCommas(N)
  }; ${significant(fold, 2)} times; p ${formatP(adjusted_p)})`;
}

/** What was read, and what was left out of it. */
export function sourceSentences(found: EnrichmentSummary): string {
  const { sources, ontology, genes, annotated } = found;
  const parts = sources.map((source) => sourceSentence(source, genes));
  if (ontology !== null && sources.some(({ kind }) => kind === "gaf")) {
    parts.push(
      `A gene of a term counts for all terms above it, too (${
        ontology.relations === "part_of" ? "is\\_a and part\\_of" : "is\\_a"
      }; ${code(ontology.file)}, ${countOf(ontology.terms, "term")}).`,
    );
  }
  parts.push(
    `In all, ${withCommas(annotated)} of the matrix's ${
      countOf(genes, "gene")
    } belong to a term.`,
  );
  return parts.join(" ");
}

function sourceSentence(source: SourceSummary, genes: number): string {
  const { rows, negated, without_data } = source;
  const left = [
    ...rows === null ? [] : [
      `${countOf(negated ?? 0, "row")} with NOT`,
      ...without_data ? [`${withCommas(without_data)} without data`] : [],
    ],
    ...source.obsolete_terms > 0
      ? [`${countOf(source.obsolete_terms, "obsolete term")}`]
      : [],
    ...source.unknown_terms > 0
      ? [`${countOf(source.unknown_terms, "term")} that the ontology lacks`]
      : [],
    ...source.genes_ambiguous > 0
      ? [`${countOf(source.genes_ambiguous, "gene")} of equal names`]
      : [],
  ];
  return `${code(source.file)}${
    rows === null ? "" : ` (${countOf(rows, "annotation")})`
  } has ${withCommas(source.genes_matched)} of the matrix's ${
    countOf(genes, "gene")
  }, matched by ${source.matched_by}${
    source.matched_as === source.matched_by ? "" : ` as ${source.matched_as}`
  }${source.loose ? " without versions, case and separators" : ""}` +
    (source.alternative_terms > 0
      ? `; ${countOf(source.alternative_terms, "alternative id")} of terms ${
        source.alternative_terms === 1 ? "was" : "were"
      } replaced by the primary ones`
      : "") +
    (left.length === 0 ? "." : `; left out: ${left.join(", ")}.`);
}

/** How it was tested. */
export function testSentences(found: EnrichmentSummary): string {
  const { convention, min_genes, max_genes, similar, top, namespaces } = found;
  const how = convention === "clusterprofiler"
    ? "As clusterProfiler does, N is the genes of the matrix that the " +
      "namespace annotates (" +
      namespaces.map(({ namespace, annotated, of_size }) =>
        `${escapeText(namespace)} ${withCommas(annotated)}, ${
          countOf(of_size, "term")
        } of ${min_genes} to ${max_genes} genes`
      ).join("; ") +
      "), n those of the list, and p the upper hypergeometric tail, adjusted " +
      "by Benjamini and Hochberg within the namespace over the terms that " +
      "hold a gene of the list."
    : "As goatools does, N is all genes of the matrix and n all of the list, " +
      "every term is tested by Fisher's two-sided test, and all of them " +
      `(${
        countOf(namespaces.reduce((sum, { terms }) => sum + terms, 0), "term")
      }) are adjusted together by Benjamini and Hochberg.`;
  return `The first ${countOf(top, "gene")} of each tissue were looked at. ` +
    `${how} The background is the genes that passed the filter. Enriched ` +
    "terms that share their genes of the list with a better one (Jaccard " +
    `index ${similar} or more) are folded into it. Terms overlap and genes ` +
    "of a term go together, so that p is a rank more than a probability.";
}
