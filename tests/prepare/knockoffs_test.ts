import assert from "node:assert/strict";
import { placeDecoys } from "../../lib/prepare/image_matrix.ts";
import { makeKnockoffs } from "../../lib/prepare/knockoffs.ts";
import { RandomStream } from "../../lib/random.ts";
import { sampleSd } from "../../lib/statistics/describe.ts";

const SAMPLES = 200;
const GENES = 60;

/** The first half of the genes follows a factor, all have noise of sd 1. */
function options(strength = 4) {
  const { uniform } = new RandomStream(17);
  const normal = () => {
    let sum = -6;
    for (let k = 0; k < 12; k++) sum += uniform();
    return sum;
  };
  const values = new Float32Array(SAMPLES * GENES);
  for (let row = 0; row < SAMPLES; row++) {
    const factor = normal();
    for (let gene = 0; gene < GENES; gene++) {
      values[row * GENES + gene] = gene + normal() +
        (gene < GENES / 2 ? strength * factor : 0);
    }
  }
  return {
    sampleIds: Array.from({ length: SAMPLES }, (_, row) => `s${row}`),
    genes: Array.from({ length: GENES }, (_, gene) => `g${gene}`),
    values,
    seed: 4,
  };
}

/** A gene's values and those of its knockoff. */
function pairOf(
  { values }: ReturnType<typeof options>,
  made: ReturnType<typeof makeKnockoffs>,
  gene: number,
) {
  const column = made.decoys.findIndex(({ source }) => source === gene);
  const take = (from: Float32Array, at: number) =>
    Array.from({ length: SAMPLES }, (_, row) => from[row * GENES + at]);
  return { own: take(values, gene), knockoff: take(made.values, column) };
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (all: readonly number[]) =>
    all.reduce((sum, value) => sum + value, 0) / all.length;
  const [ma, mb] = [mean(a), mean(b)];
  return a.reduce((sum, value, i) => sum + (value - ma) * (b[i] - mb), 0) /
    (a.length - 1) / sampleSd([...a]) / sampleSd([...b]);
}

Deno.test("every gene has one knockoff, which stands at a random place", () => {
  const given = options();
  const made = makeKnockoffs(given);
  const sources = made.decoys.map(({ source }) => source);
  assert.equal(new Set(sources).size, GENES);
  assert.notDeepEqual(sources, sources.toSorted((a, b) => a - b));
  assert.ok(made.decoys.every(({ kind }) => kind === "knockoff"));
  assert.equal(made.decoys[0].name, `knockoff_g${sources[0]}`);
  const { geneColumns, columns } = placeDecoys(given, made);
  assert.equal(columns, 2 * GENES);
  assert.ok(geneColumns.some((column, gene) => column !== gene));
});

Deno.test("a knockoff follows the factors of its gene, and not its noise", () => {
  const given = options();
  const made = makeKnockoffs(given);
  assert.equal(made.factors, 1);
  for (let gene = 0; gene < GENES; gene++) {
    const { own, knockoff } = pairOf(given, made, gene);
    const r = correlation(own, knockoff);
    // 16 / 17 of the variance is the factor's; five standard errors of r.
    if (gene < GENES / 2) assert.ok(r > 0.88 && r < 0.98, `${gene}: ${r}`);
    else assert.ok(Math.abs(r) < 5 / Math.sqrt(SAMPLES), `${gene}: ${r}`);
    const ratio = sampleSd(knockoff) / sampleSd(own);
    assert.ok(ratio > 0.75 && ratio < 1.3, `${gene}: ${ratio}`);
  }
});

Deno.test("a silent gene has a silent knockoff", () => {
  const given = options();
  for (let row = 0; row < SAMPLES; row++) given.values[row * GENES] = 2;
  const { knockoff } = pairOf(given, makeKnockoffs(given), 0);
  assert.deepEqual(new Set(knockoff), new Set([2]));
});

Deno.test("the order of the samples changes no value", () => {
  const given = options();
  const first = makeKnockoffs(given);
  const turned = given.sampleIds.map((_, row) => SAMPLES - 1 - row);
  const second = makeKnockoffs({
    ...given,
    sampleIds: turned.map((row) => given.sampleIds[row]),
    values: Float32Array.from(
      turned.flatMap((row) => [
        ...given.values.subarray(row * GENES, (row + 1) * GENES),
      ]),
    ),
  });
  turned.forEach((row, to) =>
    assert.deepEqual(
      second.values.subarray(to * GENES, (to + 1) * GENES),
      first.values.subarray(row * GENES, (row + 1) * GENES),
    )
  );
  assert.notDeepEqual(
    makeKnockoffs({ ...given, seed: 5 }).values,
    first.values,
  );
});
