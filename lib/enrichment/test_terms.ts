/** Tests which terms a list of genes has more of than the background. */

import { benjaminiHochberg } from "../statistics/adjust_p.ts";
import {
  type Draws,
  fisherExact,
  hypergeometricTail,
} from "../statistics/hypergeometric.ts";
import type { Namespace } from "./namespaces.ts";

/** What is counted, tested and adjusted, as two well-known tools do it. */
export const conventions = ["clusterprofiler", "goatools"] as const;
export type Convention = typeof conventions[number];

/** How to test. */
export interface TestRules {
  readonly convention: Convention;
  /** Genes of the matrix that a term has at least; clusterprofiler only. */
  readonly fewest: number;
  /** Genes of the matrix that a term has at most; clusterprofiler only. */
  readonly most: number;
}

/** A term that at least one gene of the list belongs to. */
export interface TestedTerm extends Draws {
  readonly namespace: string;
  /** Its place in the namespace's terms. */
  readonly term: number;
  /** (k / n) / (K / N). */
  readonly fold: number;
  readonly p: number;
  readonly adjusted: number;
  /** The genes of the list that belong to it, in the list's order. */
  readonly genes: readonly number[];
}

/**
 * Tests the terms of a list of genes. With the convention `clusterprofiler`
 * (DOSE's `enricher_internal`, with the matrix as universe): N is the genes of
 * the matrix that the namespace annotates, n those of the list; a term is
 * tested if a gene of the list belongs to it and it has so many genes of the
 * matrix, and is no root; the p-value is the upper hypergeometric tail, adjusted
 * by Benjamini and Hochberg within the namespace. With `goatools`
 * (GOEnrichmentStudy with `fdr_bh`): N is all genes of the matrix, n all of the
 * list; every term with a gene of the matrix is tested, roots too, by Fisher's
 * two-sided test; all namespaces are adjusted together.
 *
 * @param list Columns of the matrix, best first, each once.
 * @param total Genes of the matrix.
 * @param known Keeps p-values between calls: many terms and lists have the
 * same counts. Of one convention only.
 * @returns The terms that genes of the list belong to, by namespace, p and id.
 * Terms without one count for the adjustment, if they are tested.
 */
export function testTerms(
  namespaces: readonly Namespace[],
  list: readonly number[],
  total: number,
  rules: TestRules,
  known: KnownTails = new Map(),
): TestedTerm[] {
  const byNamespace = namespaces.map((namespace) =>
    testNamespace(namespace, list, total, rules, known)
  );
  const families = rules.convention === "goatools"
    ? [byNamespace.flat()]
    : byNamespace;
  return families.flatMap((family) => {
    const adjusted = benjaminiHochberg(family.map(({ p }) => p));
    return family.map((each, index) => ({ ...each, adjusted: adjusted[index] }))
      .filter(({ k }) => k > 0);
  }).sort((a, b) =>
    order(a.namespace, b.namespace) || a.p - b.p || a.term - b.term
  );
}

/** P-values by the counts of all genes, and then of the term's. */
export type KnownTails = Map<string, Map<number, number>>;

function tailsOf(known: KnownTails, N: number, n: number) {
  const key = `${N} ${n}`;
  let tails = known.get(key);
  if (tails === undefined) known.set(key, tails = new Map<number, number>());
  return tails;
}

function testNamespace(
  { name, terms, annotated, termsOf }: Namespace,
  list: readonly number[],
  total: number,
  { convention, fewest, most }: TestRules,
  known: KnownTails,
): Omit<TestedTerm, "adjusted">[] {
  const isAll = convention === "goatools";
  const N = isAll ? total : annotated;
  const n = isAll
    ? list.length
    : list.filter((gene) => termsOf[gene].length > 0).length;
  const genesOf = new Map<number, number[]>();
  for (const gene of list) {
    for (const term of termsOf[gene]) {
      const own = genesOf.get(term);
      if (own === undefined) genesOf.set(term, [gene]);
      else own.push(gene);
    }
  }
  const test = isAll ? fisherExact : hypergeometricTail;
  const tails = tailsOf(known, N, n);
  const candidates = isAll ? terms.keys() : genesOf.keys();
  return [...candidates].flatMap((term) => {
    const { genes: { length: K }, isRoot } = terms[term];
    if (!isAll && (isRoot || K < fewest || K > most)) return [];
    const genes = genesOf.get(term) ?? [];
    const k = genes.length;
    const key = K * (n + 1) + k;
    let p = tails.get(key);
    if (p === undefined) tails.set(key, p = test({ N, K, n, k }));
    const fold = n === 0 ? 0 : (k / n) / (K / N);
    return [{ namespace: name, term, N, K, n, k, fold, p, genes }];
  });
}

function order(first: string, second: string): number {
  return first < second ? -1 : first > second ? 1 : 0;
}
