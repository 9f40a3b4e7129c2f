import assert from "node:assert/strict";
import { BlockScores } from "../../lib/shap/block_scores.ts";
import {
  formatUnstable,
  samplesToDraw,
} from "../../lib/selection/enough_draws.ts";
import { splitHalfAgreement } from "../../lib/selection/stability.ts";

const GENES = 30;

/**
 * Leaf's halves agree, those of the others do not, and stem has two samples
 * only; the last sample is not ranked.
 */
function compared() {
  const tissueOf = [
    ...["root", "leaf", "root", "stem", "leaf", "stem", "root", "leaf"],
    null,
  ];
  const scores = new BlockScores(
    { samples: tissueOf.length, columns: GENES, blocks: 2, ensemble: 1 },
  );
  tissueOf.forEach((tissue, sample) => {
    const sums = Array.from({ length: 2 * GENES }, (_, index) => {
      const gene = index % GENES;
      const isOdd = index < GENES;
      return tissue === "leaf" || isOdd ? gene : -gene;
    });
    scores.add(sample, 0, Float64Array.from(sums));
  });
  scores.endRound(2);
  const columns = Uint32Array.from({ length: GENES }, (_, gene) => gene);
  return {
    scores,
    columns,
    tissueOf,
    tissues: ["leaf", "root", "stem"],
    candidates: null,
  };
}

Deno.test("only samples of tissues that are not stable, and not tiny, get more draws", () => {
  assert.deepEqual([...samplesToDraw(compared())], [0, 2, 6]);
});

Deno.test("the warning names how many tissues, and the least stable", () => {
  const halves = splitHalfAgreement(compared());
  assert.match(
    formatUnstable(halves, 1600),
    /ended at 1600 a sample, .* in 1 of 2 tissues: .* 24 % of the top genes of 'root', not 95 %\.$/,
  );
  assert.equal(formatUnstable(halves.slice(0, 1), 1600), "");
  assert.equal(formatUnstable(halves.slice(2), 1600), "");
});
