/** The graph of an ontology: which terms a gene of a term belongs to, too. */

import { listFew } from "../prepare/labels/named.ts";
import type { Obo, OboTerm } from "./files/obo.ts";
import { unusable } from "./files/text_lines.ts";

/** The relations that carry a gene from a term to another. */
export const relationChoices = ["part_of", "is_a"] as const;
export type Relations = typeof relationChoices[number];

/** Terms that a message on a cycle names. */
const NAMED = 6;

/** Terms by index, without obsolete ones. */
export interface Ontology {
  readonly terms: readonly OboTerm[];
  /** Indexes of the parents of each term, each once. */
  readonly parents: readonly (readonly number[])[];
  /** Steps from each term up to a root, by the longest way. */
  readonly depths: Int32Array;
  /** The term that an id or an alternative id means. */
  indexOf(id: string): number | undefined;
  /** Whether an id is that of an obsolete term. */
  isObsolete(id: string): boolean;
  /** Whether an id is an alternative one. */
  isAlternative(id: string): boolean;
  /** Parents that the file lacks or that are obsolete; they are left out. */
  readonly lostParents: number;
}

/**
 * Makes the graph. By the true path rule a gene of a term is one of its parents
 * over `is_a` and, if wanted, `part_of`, too (Gene Ontology, "Relations in the
 * Gene Ontology"): both are safe, `regulates` is not, and `has_part` goes the
 * other way. A parent may be in another namespace.
 *
 * @param path The ontology's file, for messages.
 * @param relations `part_of`: over both.
 * @throws {InputError} If the graph has a cycle; its terms are named.
 */
export function makeOntology(
  { terms: all, primaryOf }: Obo,
  relations: Relations,
  path: string,
): Ontology {
  const terms = [...all.values()].filter(({ isObsolete }) => !isObsolete);
  const own = new Map(terms.map(({ id }, index) => [id, index]));
  const primary = (id: string) => primaryOf.get(id) ?? id;
  const indexOf = (id: string) => own.get(id) ?? own.get(primary(id));
  let lostParents = 0;
  const parents = terms.map(({ isA, partOf }) => {
    const ids = relations === "part_of" ? [...isA, ...partOf] : isA;
    const found = new Set<number>();
    for (const id of ids) {
      const parent = indexOf(id);
      if (parent === undefined) lostParents++;
      else found.add(parent);
    }
    return [...found];
  });
  const order = childrenFirst(parents);
  if (order.length < parents.length) {
    const cycle = findCycle(parents, order);
    const ids = [...cycle, cycle[0]].map((index) => terms[index].id);
    throw unusable(
      path,
      `its terms have a cycle and should have none: each of ${
        listFew(ids, NAMED)
      } belongs to the next one`,
      "Give go-basic.obo, which has no cycle, or do without part_of: " +
        "--enrichment.relations is_a",
    );
  }
  return {
    terms,
    parents,
    depths: depthsOf(parents, order),
    indexOf,
    isObsolete: (id) =>
      indexOf(id) === undefined && all.get(primary(id))?.isObsolete === true,
    isAlternative: (id) => !own.has(id) && primaryOf.has(id),
    lostParents,
  };
}

/**
 * The terms, each before its parents. Those on a cycle and all above them are
 * left out.
 */
function childrenFirst(parents: Ontology["parents"]): number[] {
  const waiting = new Int32Array(parents.length);
  for (const own of parents) for (const parent of own) waiting[parent]++;
  const order = [...waiting.keys()].filter((term) => waiting[term] === 0);
  for (let at = 0; at < order.length; at++) {
    for (const parent of parents[order[at]]) {
      if (--waiting[parent] === 0) order.push(parent);
    }
  }
  return order;
}

function depthsOf(
  parents: Ontology["parents"],
  order: readonly number[],
): Int32Array {
  const depths = new Int32Array(parents.length);
  for (const term of order.toReversed()) {
    for (const parent of parents[term]) {
      depths[term] = Math.max(depths[term], depths[parent] + 1);
    }
  }
  return depths;
}

/** The terms of a cycle from child to parent; there must be one. */
function findCycle(
  parents: Ontology["parents"],
  order: readonly number[],
): number[] {
  const done = new Set(order);
  const childOf = new Map<number, number>();
  parents.forEach((own, term) => {
    if (done.has(term)) return;
    for (const parent of own) {
      if (!childOf.has(parent)) childOf.set(parent, term);
    }
  });
  // Each term that is left has a child that is left: the way down comes back.
  const seen = new Map<number, number>();
  const path: number[] = [];
  let term = childOf.keys().next().value!;
  while (!seen.has(term)) {
    seen.set(term, path.length);
    path.push(term);
    term = childOf.get(term)!;
  }
  return path.slice(seen.get(term)!).reverse();
}

/**
 * Adds to a gene's terms all that they belong to.
 *
 * @param visited A mark a term, kept between calls.
 * @param mark A number that no earlier call had.
 * @returns The terms, each once.
 */
export function carryUp(
  terms: Iterable<number>,
  parents: Ontology["parents"],
  visited: Int32Array,
  mark: number,
): number[] {
  const all: number[] = [];
  for (const term of terms) {
    if (visited[term] === mark) continue;
    visited[term] = mark;
    all.push(term);
  }
  for (let at = 0; at < all.length; at++) {
    const above = parents[all[at]];
    for (let index = 0; index < above.length; index++) {
      const parent = above[index];
      if (visited[parent] === mark) continue;
      visited[parent] = mark;
      all.push(parent);
    }
  }
  return all;
}
