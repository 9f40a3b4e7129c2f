/** Rankings of parts of the samples are those of a run of their own. */

import assert from "node:assert/strict";
import { tissueContrasts } from "../../../lib/prepare/tissue_contrasts.ts";
import { RandomStream } from "../../../lib/random.ts";
import { rankingMethods } from "../../../lib/rankings/methods.ts";
import { firstGenes, genesById } from "../../../lib/rankings/rank_tissues.ts";
import { noisy } from "./made_samples.ts";

Deno.test("parts of the samples get the scores of a ranking of their own", () => {
  const input = noisy({ a: 12, b: 9, c: 8 });
  const rows = input.rows.filter((_, index) => index % 3 !== 1);
  const part = {
    dataset: input.dataset,
    rows,
    contrasts: tissueContrasts(input.dataset, rows),
  };
  for (const method of rankingMethods) {
    const again = method.forParts?.(input)(part) ?? method.rank(part);
    assert.deepEqual(
      again.map(({ tissue, scores }) => ({ tissue, scores })),
      method.rank(part).map(({ tissue, scores }) => ({ tissue, scores })),
      method.name,
    );
  }
  assert.notDeepEqual(part.contrasts, input.contrasts);
});

Deno.test("the first genes are those of the whole order, ties among them", () => {
  const stream = new RandomStream(4);
  const genes = Array.from({ length: 200 }, (_, gene) => `g${gene}`);
  const byId = genesById(genes);
  for (let repeat = 0; repeat < 20; repeat++) {
    const scores = Float64Array.from(
      genes,
      () => stream.uniform() < 0.1 ? NaN : stream.integer(9) - 3,
    );
    const changes = Float64Array.from(genes, () => stream.uniform() - 0.3);
    const all = firstGenes(byId, scores, changes, genes.length);
    for (const count of [1, 7, 50, all.length]) {
      assert.deepEqual(
        firstGenes(byId, scores, changes, count),
        all.slice(0, count),
      );
    }
    assert.ok(all.every((gene) => changes[gene] > 0 && !isNaN(scores[gene])));
  }
});
