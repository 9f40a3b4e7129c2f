/** Terms tested as goatools and clusterProfiler do it, from the same files. */

import assert from "node:assert/strict";
import { annotateByGaf } from "../../lib/enrichment/annotation.ts";
import { readGaf } from "../../lib/enrichment/files/gaf.ts";
import { readObo } from "../../lib/enrichment/files/obo.ts";
import {
  makeOntology,
  relationChoices,
} from "../../lib/enrichment/ontology.ts";
import { conventions, testTerms } from "../../lib/enrichment/test_terms.ts";
import golden from "../fixtures/enrichment/enrichment.json" with {
  type: "json",
};

const fixture = (name: string) =>
  new URL(`../fixtures/enrichment/${name}`, import.meta.url).pathname;

/** SciPy's own p-values have about 12 digits. */
const TOLERANCE = 1e-9;

interface GoldenTerm {
  readonly term: string;
  readonly N: number;
  readonly K: number;
  readonly n: number;
  readonly k: number;
  readonly p: number;
  readonly adjusted: number;
  readonly genes: readonly string[];
}

async function testMade(
  relations: typeof relationChoices[number],
  convention: typeof conventions[number],
) {
  const obo = fixture("made.obo");
  const ontology = makeOntology(await readObo(obo), relations, obo);
  const genes = golden.population.map((gene) => ({ gene, name: null }));
  const { namespaces } = annotateByGaf(
    await readGaf(fixture("made.gaf")),
    ontology,
    genes,
    "made.gaf",
  );
  const found = testTerms(
    namespaces,
    golden.study.map((gene) => golden.population.indexOf(gene)),
    genes.length,
    { convention, fewest: golden.min_genes, most: golden.max_genes },
  );
  return found.map(({ namespace, term, genes, ...counts }) => ({
    ...counts,
    term: namespaces.find(({ name }) => name === namespace)!.terms[term].id,
    genes: genes.map((gene) => golden.population[gene]).sort(),
  }));
}

for (const relations of relationChoices) {
  for (const convention of conventions) {
    Deno.test(`${convention} over ${relations}: the same terms, counts, genes and p`, async () => {
      const found = await testMade(relations, convention);
      const { goatools, clusterprofiler } = golden[relations];
      const expected: readonly GoldenTerm[] = convention === "goatools"
        ? goatools.terms
        : clusterprofiler;
      assert.deepEqual(
        found.map(({ term }) => term).sort(),
        expected.map(({ term }) => term).sort(),
      );
      assert.ok(found.some(({ adjusted }) => adjusted < 0.05));
      for (const { term, N, n, K, k, genes, p, adjusted } of expected) {
        const own = found.find((each) => each.term === term)!;
        assert.deepEqual(
          { N: own.N, n: own.n, K: own.K, k: own.k, genes: own.genes },
          { N, n, K, k, genes },
          term,
        );
        assert.ok(Math.abs(own.p / p - 1) < TOLERANCE, `${term} ${own.p} ${p}`);
        assert.ok(Math.abs(own.adjusted / adjusted - 1) < TOLERANCE, term);
        assert.ok(Math.abs(own.fold / ((k / n) / (K / N)) - 1) < 1e-12, term);
      }
    });
  }
}

Deno.test("the two conventions and the two relations differ", async () => {
  const [one, other, third] = [
    await testMade("part_of", "clusterprofiler"),
    await testMade("part_of", "goatools"),
    await testMade("is_a", "goatools"),
  ];
  const sum = (terms: typeof one) => terms.reduce((sum, { K }) => sum + K, 0);
  assert.ok(one.length < other.length);
  assert.ok(sum(third) < sum(other));
});
