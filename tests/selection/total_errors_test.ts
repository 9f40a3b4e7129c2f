/** Errors over samples and networks, and the genes that hold elsewhere. */

import assert from "node:assert/strict";
import { RandomStream } from "../../lib/random.ts";
import { judgeErrors } from "../../lib/selection/judge_errors.ts";
import { rankGenes } from "../../lib/selection/ranks.ts";
import { totalErrors } from "../../lib/selection/total_errors.ts";
import { BlockScores } from "../../lib/shap/block_scores.ts";

/** One draw; gene g of a sample scores `of(sample, member)[g]`. */
function scoresOf(
  tissueOf: readonly (string | null)[],
  ensemble: number,
  genes: number,
  of: (sample: number, member: number) => number[],
) {
  const scores = new BlockScores({
    samples: tissueOf.length,
    columns: genes,
    blocks: 1,
    ensemble,
  });
  tissueOf.forEach((_, sample) => {
    for (let member = 0; member < ensemble; member++) {
      scores.add(sample, member, Float64Array.from(of(sample, member)));
    }
  });
  scores.endRound(1);
  return {
    scores,
    columns: Uint32Array.from({ length: genes }, (_, gene) => gene),
    tissueOf,
    tissues: ["leaf", "root"],
    candidates: null,
  };
}

Deno.test("errors by hand: two samples, two networks", () => {
  // The members' medians of gene 0 are 1 and 3, of gene 1 both 0.
  const compared = scoresOf(
    ["leaf", "leaf", "root"],
    2,
    2,
    (sample, member) => [sample === 0 ? 1 : 1 + 4 * member, 0],
  );
  const [leaf, root] = totalErrors(compared);
  // Means over the networks are 1 and 3: medians 1, 2, 2, 3.
  assert.ok(Math.abs(leaf.samples![0] - Math.SQRT1_2) < 1e-12);
  // The sd of 1 and 3 is sqrt(2); over sqrt(2).
  assert.ok(Math.abs(leaf.networks![0] - 1) < 1e-12);
  assert.ok(Math.abs(leaf.total![0] - Math.sqrt(1.5)) < 1e-12);
  assert.deepEqual(
    [leaf.samples![1], leaf.networks![1], leaf.total![1]],
    [0, 0, 0],
  );
  // One sample does not tell how samples differ.
  assert.equal(root.samples, null);
  assert.equal(root.total, null);
});

Deno.test("one network: no error in total, and no gene is said to hold", () => {
  const compared = scoresOf(["leaf", "leaf"], 1, 1, (sample) => [5 + sample]);
  const [leaf] = totalErrors(compared);
  assert.ok(leaf.samples![0] > 0);
  assert.deepEqual([leaf.networks, leaf.total], [null, null]);
  const lists = rankGenes(Float32Array.of(1), ["leaf"], ["leaf"], ["g"]);
  assert.deepEqual(judgeErrors(lists, 1, compared), { judged: 1, above: null });
});

Deno.test("genes chosen from noise do not hold on other samples", () => {
  // 10 of 1,000 genes score 3, all others 0, with an sd of 1; 12 samples.
  const stream = new RandomStream(9);
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - stream.uniform())) *
    Math.cos(2 * Math.PI * stream.uniform());
  const tissueOf = Array.from({ length: 12 }, () => "leaf");
  // The networks agree, so that only the samples vary.
  const draw = () => {
    const rows = tissueOf.map(() =>
      Array.from({ length: 1000 }, (_, gene) => (gene < 10 ? 3 : 0) + normal())
    );
    return scoresOf(tissueOf, 2, 1000, (sample) => rows[sample]);
  };
  const ids = Array.from({ length: 1000 }, (_, gene) => `g${gene}`);
  const own = draw();
  const lists = rankGenes(
    own.scores.ofAll(own.columns),
    tissueOf,
    ["leaf"],
    ids,
  );
  // On the samples that chose them, the best of the noise seem to hold.
  const same = judgeErrors(lists, 60, own);
  const other = judgeErrors(lists, 60, draw());
  assert.equal(other.judged, 60);
  assert.ok(same.above! > 25, `${same.above} hold`);
  // The ten true ones, and of 50 others about 1.
  assert.ok(other.above! >= 10 && other.above! <= 14, `${other.above} hold`);
  // A tissue without samples to judge by is left out.
  const none = { ...own, tissueOf: tissueOf.map(() => null) };
  assert.deepEqual(judgeErrors(lists, 60, none), { judged: 0, above: null });
});
