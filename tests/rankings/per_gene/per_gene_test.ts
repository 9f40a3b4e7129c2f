/** Statistics of single genes are those of SciPy and scikit-learn. */

import assert from "node:assert/strict";
import { anovaRanking } from "../../../lib/rankings/per_gene/anova_f.ts";
import { aurocRanking } from "../../../lib/rankings/per_gene/auroc.ts";
import { kruskalRanking } from "../../../lib/rankings/per_gene/kruskal_wallis.ts";
import { mutualInformationRanking } from "../../../lib/rankings/per_gene/mutual_information.ts";
import type { RankingMethod } from "../../../lib/rankings/ranking_method.ts";
import golden from "../../fixtures/rankings/per_gene.json" with {
  type: "json",
};
import { inputOf } from "../made_dataset.ts";

/** Sums of 23 terms. */
const TOLERANCE = 1e-11;

function close(found: number, wanted: number, what: string) {
  assert.ok(
    Math.abs(found - wanted) <= TOLERANCE * Math.max(1e-3, Math.abs(wanted)),
    `${what}: ${found}, not ${wanted}`,
  );
}

const input = inputOf(golden.values, golden.tissue);

/** What a method that scores a gene in one tissue found, by gene. */
function single(method: RankingMethod) {
  const found = method.rank(input);
  return golden.genes.map((_, gene) => {
    const own = found.filter(({ scores }) => !Number.isNaN(scores[gene]));
    assert.equal(own.length, 1, `gene ${gene}`);
    const [{ tissue, scores }] = own;
    // The statistic that p is of is the same in all tissues.
    for (const other of method.statistic!(input)) {
      assert.equal(other.scores[gene], scores[gene]);
    }
    return { tissue, score: scores[gene] };
  });
}

Deno.test("F is scikit-learn's, in the highest tissue", () => {
  single(anovaRanking).forEach(({ tissue, score }, gene) => {
    close(score, golden.genes[gene].f, `F ${gene}`);
    const highest = input.contrasts.toSorted((a, b) =>
      b.meanInTissue[gene] - a.meanInTissue[gene]
    );
    assert.equal(tissue, highest[0].tissue);
  });
});

Deno.test("H of Kruskal and Wallis is SciPy's, ties among them", () => {
  single(kruskalRanking).forEach(({ score }, gene) => {
    close(score, golden.genes[gene].h, `H ${gene}`);
  });
});

Deno.test("AUROC and mutual information are scikit-learn's", () => {
  const auroc = aurocRanking.rank(input);
  const information = mutualInformationRanking.rank(input);
  golden.genes.forEach((wanted, gene) =>
    [0, 1, 2].forEach((t) => {
      close(auroc[t].scores[gene], wanted.auroc[t], `AUROC ${gene}`);
      close(
        information[t].scores[gene],
        wanted.information[t],
        `information ${gene}`,
      );
    })
  );
});

Deno.test("a gene that does not vary says nothing", () => {
  const gene = 29;
  for (const method of [anovaRanking, kruskalRanking]) {
    for (const { scores } of method.rank(input)) {
      assert.ok(Number.isNaN(scores[gene]));
    }
    for (const { scores } of method.statistic!(input)) {
      assert.ok(Number.isNaN(scores[gene]));
    }
  }
  for (const { scores } of aurocRanking.rank(input)) {
    assert.equal(scores[gene], 0.5);
  }
  for (const { scores } of mutualInformationRanking.rank(input)) {
    assert.ok(Math.abs(scores[gene]) < 1e-12);
  }
});

Deno.test("F of tissues that do not vary in themselves is a finite number", () => {
  const flat = inputOf([[1], [1], [3], [3]], [0, 0, 1, 1]);
  const [low, high] = anovaRanking.rank(flat);
  assert.equal(high.scores[0], Number.MAX_VALUE);
  assert.ok(Number.isNaN(low.scores[0]));
});
