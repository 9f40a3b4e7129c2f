/** From tested terms to the rows of the table and the numbers of the summary. */

import type { Ranking } from "../rankings/shap_rankings.ts";
import type { Namespace, Term } from "./namespaces.ts";
import { foldTerms } from "./fold_terms.ts";
import { ENRICHED, NAMED_TERMS } from "./levels.ts";
import {
  type EnrichmentSummary,
  GENE_SEPARATOR,
  type TermRow,
} from "./outputs.ts";
import type { TestedTerm } from "./test_terms.ts";

/** A tested term with what it is and what it is folded into. */
export interface JudgedTerm {
  readonly tested: TestedTerm;
  readonly term: Term;
  readonly isEnriched: boolean;
  /** Null if it is not enriched or stands for itself. */
  readonly foldedInto: string | null;
}

/** The terms of one tissue's list. */
export interface JudgedTissue {
  readonly tissue: string;
  /** Genes of the list. */
  readonly genes: number;
  /** Of them, those that belong to any term. */
  readonly annotated: number;
  readonly terms: readonly JudgedTerm[];
}

/** A ranking with the terms of its lists. */
export interface JudgedRanking {
  readonly ranking: Pick<Ranking, "name" | "title">;
  readonly tissues: readonly JudgedTissue[];
}

/**
 * Says which terms are enriched (adjusted p below 0.05, and more frequent than
 * in the background) and folds those that rest on the same genes, the smallest
 * p first; of equal ones the term of the fewest genes and then the one that is
 * farthest from a root, which say the most.
 *
 * @param similar Jaccard's index from which terms count as the same.
 */
export function judgeTerms(
  tissue: string,
  list: readonly number[],
  tested: readonly TestedTerm[],
  namespaces: readonly Namespace[],
  similar: number,
): JudgedTissue {
  const spaces = new Map(namespaces.map((each) => [each.name, each]));
  const termOf = ({ namespace, term }: TestedTerm) =>
    spaces.get(namespace)!.terms[term];
  const enriched = tested.filter(({ adjusted, fold }) =>
    adjusted < ENRICHED && fold > 1
  ).sort((a, b) =>
    a.p - b.p || a.K - b.K ||
    termOf(b).depth - termOf(a).depth || a.term - b.term
  );
  const folded = foldTerms(enriched, similar);
  const into = new Map(
    enriched.map((each, index) => [
      each,
      folded[index] === null ? null : termOf(enriched[folded[index]]).id,
    ]),
  );
  return {
    tissue,
    genes: list.length,
    annotated:
      list.filter((gene) =>
        namespaces.some(({ termsOf }) => termsOf[gene].length > 0)
      ).length,
    terms: tested.map((each) => ({
      tested: each,
      term: termOf(each),
      isEnriched: into.has(each),
      foldedInto: into.get(each) ?? null,
    })),
  };
}

/** The enriched terms that are not folded, the smallest adjusted p first. */
export function keptTerms(terms: readonly JudgedTerm[]): JudgedTerm[] {
  return terms.filter(({ isEnriched, foldedInto }) =>
    isEnriched && foldedInto === null
  ).sort((a, b) =>
    a.tested.adjusted - b.tested.adjusted || a.tested.p - b.tested.p ||
    a.tested.K - b.tested.K || b.term.depth - a.term.depth ||
    (a.term.id < b.term.id ? -1 : 1)
  );
}

/** The table's rows of one list. */
export function termRows(
  method: string,
  { tissue, terms }: JudgedTissue,
  genes: readonly string[],
): TermRow[] {
  return terms.map((each) => ({
    method,
    tissue,
    ...countsOf(each),
    genes: each.tested.genes.map((gene) => genes[gene]).join(GENE_SEPARATOR),
    folded_into: each.foldedInto,
  }));
}

/** The summary of one list. */
export function summarizeTissue(
  { tissue, genes, annotated, terms }: JudgedTissue,
): EnrichmentSummary["methods"][number]["tissues"][number] {
  const kept = keptTerms(terms);
  return {
    tissue,
    genes,
    annotated,
    tested: terms.length,
    enriched: terms.filter(({ isEnriched }) => isEnriched).length,
    kept: kept.length,
    best: kept.slice(0, NAMED_TERMS).map(countsOf),
  };
}

function countsOf({ tested, term }: JudgedTerm) {
  const { namespace, N, n, K, k, fold, p, adjusted } = tested;
  return {
    namespace,
    term: term.id,
    name: term.name,
    ...{ N, n, K, k, fold, p },
    adjusted_p: adjusted,
  };
}
