/** What is carried up, tested and folded, in numbers that can be counted. */

import assert from "node:assert/strict";
import type { Namespace } from "../../lib/enrichment/namespaces.ts";
import { foldTerms } from "../../lib/enrichment/fold_terms.ts";
import { carryUp } from "../../lib/enrichment/ontology.ts";
import { testTerms } from "../../lib/enrichment/test_terms.ts";
import { hypergeometricTail } from "../../lib/statistics/hypergeometric.ts";

Deno.test("a gene's terms are carried up over all paths, each once", () => {
  const parents = [[], [0], [0], [1, 2], [3]];
  const visited = new Int32Array(5).fill(-1);
  assert.deepEqual(carryUp([4], parents, visited, 0).sort(), [0, 1, 2, 3, 4]);
  assert.deepEqual(carryUp([1, 2], parents, visited, 1).sort(), [0, 1, 2]);
  assert.deepEqual(carryUp([], parents, visited, 2), []);
});

const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => from + index);

/** Terms of these genes among 100 genes. */
function namespace(name: string, ...genesOf: number[][]): Namespace {
  const termsOf: number[][] = range(0, 100).map(() => []);
  genesOf.forEach((genes, term) =>
    genes.forEach((gene) => termsOf[gene].push(term))
  );
  return {
    name,
    termsOf,
    terms: genesOf.map((genes, index) => ({
      id: `${name}${index}`,
      name: null,
      isRoot: index === 0,
      depth: 0,
      genes,
    })),
    annotated: termsOf.filter(({ length }) => length > 0).length,
  };
}

const process = namespace(
  "p",
  range(0, 80),
  range(0, 12),
  range(50, 60),
  range(0, 5),
);
const list = [11, 3, 2, 1, 0, 90];

Deno.test("sizes, roots and unannotated genes count as each convention says", () => {
  const rules = { fewest: 10, most: 100 };
  const [own, ...others] = testTerms([process], list, 100, {
    ...rules,
    convention: "clusterprofiler",
  });
  assert.deepEqual(others, []);
  assert.deepEqual(
    { N: own.N, K: own.K, n: own.n, k: own.k },
    { N: 80, K: 12, n: 5, k: 5 },
  );
  // In the order of the list.
  assert.deepEqual(own.genes, [11, 3, 2, 1, 0]);
  assert.equal(own.p, hypergeometricTail({ N: 80, K: 12, n: 5, k: 5 }));
  assert.equal(own.adjusted, own.p);
  assert.equal(own.fold, 80 / 12);

  const all = testTerms([process], list, 100, {
    ...rules,
    convention: "goatools",
  });
  assert.deepEqual(all.map(({ term }) => term).sort(), [0, 1, 3]);
  assert.ok(all.every(({ N, n }) => N === 100 && n === 6));
  // The fourth term, of which the list has no gene, counts for the adjustment.
  const worst = all.at(-1)!;
  assert.equal(worst.term, 0);
  const [best, second] = all;
  assert.equal(best.adjusted, Math.min(4 * best.p, 2 * second.p));
});

Deno.test("namespaces are adjusted apart, or together with goatools", () => {
  const other = namespace(
    "q",
    range(0, 90),
    range(0, 30),
    range(1, 40),
    range(2, 41),
  );
  const rules = { fewest: 10, most: 100 };
  const alone = testTerms([process], list, 100, {
    ...rules,
    convention: "clusterprofiler",
  });
  const both = testTerms([process, other], list, 100, {
    ...rules,
    convention: "clusterprofiler",
  });
  assert.deepEqual(both.filter(({ namespace }) => namespace === "p"), alone);
  const together = testTerms([process, other], list, 100, {
    ...rules,
    convention: "goatools",
  });
  const single = testTerms([process], list, 100, {
    ...rules,
    convention: "goatools",
  });
  const p = together.filter(({ namespace }) => namespace === "p");
  assert.ok(p.some(({ adjusted }, index) => adjusted > single[index].adjusted));
});

Deno.test("an empty list, and one without annotated genes, have no term", () => {
  for (const convention of ["clusterprofiler", "goatools"] as const) {
    for (const own of [[], [95, 96]]) {
      const rules = { convention, fewest: 10, most: 100 };
      assert.deepEqual(testTerms([process], own, 100, rules), []);
    }
  }
});

Deno.test("terms are folded into the first kept one of their namespace", () => {
  const terms = [
    { namespace: "p", genes: [1, 2, 3, 4] },
    { namespace: "p", genes: [1, 2, 3] }, // 3/4 of the first
    { namespace: "p", genes: [3, 4, 5, 6] }, // 2/6
    { namespace: "q", genes: [1, 2, 3, 4] },
    { namespace: "p", genes: [3, 4, 5] }, // 2/5 of the first, 3/4 of the third
    { namespace: "p", genes: [1, 2] }, // 1/2
  ];
  assert.deepEqual(foldTerms(terms, 0.5), [null, 0, null, null, 2, 0]);
  assert.deepEqual(foldTerms(terms, 0.51), [null, 0, null, null, 2, null]);
  assert.deepEqual(foldTerms(terms, 1), terms.map(() => null));
});
