import assert from "node:assert/strict";
import { RandomStream } from "../../lib/random.ts";
import { BlockScores } from "../../lib/shap/block_scores.ts";
import { medianStandardErrors } from "../../lib/selection/median_errors.ts";
import {
  expectedOverlap,
  networkAgreement,
  splitHalfAgreement,
  summarizeHalves,
  summarizeNetworks,
} from "../../lib/selection/stability.ts";

const GENES = 30;
const columns = Uint32Array.from({ length: GENES }, (_, gene) => gene);

/** One sample; gene g scores `of(block, member)[g]`, one draw a block. */
function scoresOf(
  blocks: number,
  ensemble: number,
  of: (block: number, member: number) => number[],
) {
  const scores = new BlockScores(
    { samples: 1, columns: GENES, blocks, ensemble },
  );
  for (let member = 0; member < ensemble; member++) {
    const sums = Array.from({ length: blocks }, (_, b) => of(b, member));
    scores.add(0, member, Float64Array.from(sums.flat()));
  }
  scores.endRound(blocks);
  return {
    scores,
    columns,
    tissueOf: ["leaf"],
    tissues: ["leaf"],
    candidates: null,
  };
}

/** 30 down to 1, and that with the first two of the best moved away. */
const falling = Array.from(columns, (gene) => GENES - gene);
const moved = falling.map((score, gene) => gene < 2 ? 0.5 - gene : score);

Deno.test("halves of the draws are compared with each other", () => {
  const compared = scoresOf(4, 1, (block) => block % 2 ? moved : falling);
  const [only, ...others] = splitHalfAgreement(compared);
  assert.deepEqual(others, []);
  assert.deepEqual(
    [only.source, only.first, only.second, only.tissue, only.samples],
    ["draws", "odd", "even", "leaf", 1],
  );
  // The top is a tenth of 30; of it only the third gene stays.
  assert.equal(only.top, 3);
  assert.equal(only.overlap, 1 / 3);
  assert.ok(only.spearman! > 0 && only.spearman! < 1);
  assert.deepEqual(networkAgreement(compared), []);
});

Deno.test("an odd number of blocks leaves the last one out", () => {
  const one = splitHalfAgreement(
    scoresOf(3, 1, (b) => b === 2 ? moved : falling),
  );
  assert.equal(one[0].overlap, 1);
  assert.deepEqual(splitHalfAgreement(scoresOf(1, 1, () => falling)), []);
});

Deno.test("every pair of networks is compared with each other", () => {
  const compared = scoresOf(
    2,
    3,
    (_, member) => member === 1 ? moved : falling,
  );
  const pairs = networkAgreement(compared);
  assert.deepEqual(
    pairs.map(({ first, second, overlap }) => [first, second, overlap]),
    [["1", "2", 1 / 3], ["1", "3", 1], ["2", "3", 1 / 3]],
  );
  const { overlap } = summarizeNetworks(pairs, 3)!;
  assert.ok(Math.abs(overlap - 5 / 9) < 1e-15);
});

Deno.test("only genes that may be ranked are compared", () => {
  const compared = {
    ...scoresOf(2, 2, (_, member) => member === 1 ? moved : falling),
    // Without the two genes that moved.
    candidates: new Map([
      ["leaf", Uint8Array.from(columns, (gene) => gene < 2 ? 0 : 1)],
    ]),
  };
  const [pair] = networkAgreement(compared);
  assert.deepEqual([pair.top, pair.overlap], [3, 1]);
  assert.equal(pair.chance_overlap, 3 / 28);
  // The order of all genes is compared all the same.
  assert.ok(pair.spearman! < 1);
  const [none] = networkAgreement({ ...compared, candidates: new Map() });
  assert.deepEqual([none.top, none.overlap], [0, 1]);
});

Deno.test("constant scores have no order to agree with", () => {
  const [only] = splitHalfAgreement(scoresOf(2, 1, () => falling.map(() => 0)));
  assert.equal(only.spearman, null);
  assert.equal(summarizeHalves([only])!.spearman_of_halves, null);
  assert.equal(summarizeHalves([]), null);
});

Deno.test("the expected overlap predicts that of a rerun", () => {
  // 2,000 genes of scores with a long tail, and draws that add uniform noise.
  const stream = new RandomStream(9);
  const many = 2000;
  const truth = Array.from({ length: many }, () => stream.uniform() ** 8);
  const all = Uint32Array.from({ length: many }, (_, gene) => gene);
  const run = (noise: number) => {
    const scores = new BlockScores(
      { samples: 1, columns: many, blocks: 10, ensemble: 1 },
    );
    const sums = Float64Array.from(
      { length: 10 * many },
      (_, index) => truth[index % many] + noise * (stream.uniform() - 0.5),
    );
    scores.add(0, 0, sums);
    scores.endRound(10);
    return {
      scores,
      columns: all,
      tissueOf: ["leaf"],
      tissues: ["leaf"],
      candidates: null,
    };
  };
  for (const noise of [0.1, 0.3]) {
    let expected = 0;
    let reruns = 0;
    for (let repeat = 0; repeat < 10; repeat++) {
      const [first, second] = [run(noise), run(noise)];
      expected += expectedOverlap(splitHalfAgreement(first)[0].overlap) / 10;
      // Their own draws as two networks' of one run.
      const both = new BlockScores(
        { samples: 1, columns: many, blocks: 1, ensemble: 2 },
      );
      [first, second].forEach(({ scores }, member) =>
        both.add(0, member, Float64Array.from(scores.ofAll(all)))
      );
      both.endRound(1);
      reruns += networkAgreement({ ...first, scores: both })[0].overlap / 10;
    }
    // The top holds 100 genes, so that one overlap's sd is 0.02 or so.
    assert.ok(Math.abs(expected - reruns) < 0.02, `${expected}, ${reruns}`);
    assert.ok(reruns < 0.99, "the noise should move some genes");
  }
});

Deno.test("standard errors of medians by hand", () => {
  // Medians of 3 samples by 2 blocks: 2 and 4, so the error is 1.
  const scores = new BlockScores(
    { samples: 4, columns: 1, blocks: 2, ensemble: 1 },
  );
  const rows = [[1, 9], [2, 4], [7, 0], [100, 100]];
  rows.forEach((row, sample) => scores.add(sample, 0, Float64Array.from(row)));
  scores.endRound(2);
  const errors = medianStandardErrors({
    scores,
    columns: Uint32Array.of(0),
    tissueOf: ["leaf", "leaf", "leaf", null],
    tissues: ["root", "leaf"],
    candidates: null,
  });
  assert.deepEqual(errors, [
    { tissue: "leaf", standardErrors: Float64Array.of(1) },
  ]);
});
