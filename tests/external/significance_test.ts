/** Genes of the other cohort that are significant: few by chance. */

import assert from "node:assert/strict";
import { significantGenes } from "../../lib/external/significance.ts";
import { openStream } from "../../lib/random.ts";
import { inputOf } from "../rankings/made_dataset.ts";

const GENES = 800;
/** The first genes, which are higher in the first tissue on request. */
const PLANTED = 80;

/** Skewed values, whose own t-tests would find genes by chance. */
function cohort(sizes: readonly number[], effect: number, seed: number) {
  const stream = openStream(seed, "values");
  const tissue = sizes.flatMap((count, t) => Array<number>(count).fill(t));
  return inputOf(
    tissue.map((t) =>
      Array.from(
        { length: GENES },
        (_, gene) =>
          Math.log2(0.05 - Math.log(1 - stream.uniform())) +
          (t === 0 && gene < PLANTED ? effect : 0),
      )
    ),
    tissue,
  ).dataset;
}

function test(sizes: readonly number[], effect = 0, seed = 1) {
  let shuffles = 0;
  const found = significantGenes(cohort(sizes, effect, seed), {
    count: 30,
    stream: openStream(5, "shuffles"),
    onShuffle: () => shuffles++,
  });
  assert.ok(found.every((each) => each === null) || shuffles === 30);
  return found.map((each) => each && each.reduce((sum, own) => sum + own, 0));
}

Deno.test("in few tissues a gene is significant by chance", () => {
  const tissues = Array.from(
    { length: 10 },
    (_, seed) => test([12, 5, 8], 0, seed),
  ).flat();
  // 1.5 of 30 are expected; more than 5 have a probability of 0.003.
  assert.ok(tissues.filter((genes) => genes! > 0).length <= 5);
});

Deno.test("genes that differ are significant, and few others", () => {
  const [first, ...others] = test([12, 5, 8], 6);
  assert.ok(first! > 0.9 * PLANTED && first! < 1.15 * PLANTED, `${first}`);
  for (const genes of others) assert.ok(genes! < 0.05 * PLANTED);
});

Deno.test("a single sample, or the only other one, cannot be tested", () => {
  assert.deepEqual(test([3, 1]), [null, null]);
  assert.equal(test([3, 1, 4])[1], null);
});
