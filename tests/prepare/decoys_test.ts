import assert from "node:assert/strict";
import {
  countDecoys,
  type DecoyOptions,
  makeDecoys,
} from "../../lib/prepare/decoys.ts";
import { RandomStream } from "../../lib/random.ts";
import { placeDecoys } from "../../lib/prepare/image_matrix.ts";

const SAMPLES = 12;
const GENES = 8;

/** Every value differs from every other, so that each can be traced. */
function options(choices: Partial<DecoyOptions> = {}): DecoyOptions {
  return {
    sampleIds: Array.from({ length: SAMPLES }, (_, row) => `s${row}`),
    genes: Array.from({ length: GENES }, (_, gene) => `g${gene}`),
    values: Float32Array.from({ length: SAMPLES * GENES }, (_, index) => index),
    tissues: Array.from({ length: SAMPLES }, (_, row) => "ab"[row % 2]),
    parts: Array.from(
      { length: SAMPLES },
      (_, row) => row < 6 ? "train" : row < 8 ? "validation" : "test",
    ),
    count: 5,
    seed: 11,
    ...choices,
  };
}

/** Where each part's rows are. */
function rowsOfParts({ parts }: DecoyOptions): number[][] {
  return ["train", "validation", "test"].map((part) =>
    [...Array(SAMPLES).keys()].filter((row) => parts[row] === part)
  );
}

Deno.test("a decoy holds its source's mean and noise in another order, part by part", () => {
  const given = options();
  const { decoys, values } = makeDecoys(given);
  assert.equal(new Set(decoys.map(({ source }) => source)).size, 5);
  let moved = 0;
  decoys.forEach(({ source }, decoy) => {
    // Row after row a gene's values go up by 8; each tissue has every second.
    const valueOf = (row: number) => row * GENES + source;
    const noise = (row: number) =>
      Math.sqrt(6 / 5) * (valueOf(row) - valueOf(5 + row % 2));
    for (const rows of rowsOfParts(given)) {
      const own = rows.map((row) => Math.fround(valueOf(5.5) + noise(row)));
      const shuffled = rows.map((row) => values[row * 5 + decoy]);
      moved += own.filter((value, i) => value !== shuffled[i]).length;
      assert.deepEqual(
        shuffled.toSorted((a, b) => a - b),
        own.toSorted((a, b) => a - b),
      );
    }
  });
  assert.ok(moved > 20, `only ${moved} of 60 values moved`);
});

Deno.test("a decoy's variance is its source's within the tissues", () => {
  // 40 samples a tissue, which differ by 100 and have a variance of 1.
  const stream = new RandomStream(4);
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - stream.uniform())) *
    Math.cos(2 * Math.PI * stream.uniform());
  const samples = 80;
  const tissues = Array.from({ length: samples }, (_, row) => "ab"[row % 2]);
  const { values } = makeDecoys({
    sampleIds: tissues.map((_, row) => `s${row}`),
    genes: Array.from({ length: 50 }, (_, gene) => `g${gene}`),
    tissues,
    values: Float32Array.from(
      { length: 50 * samples },
      (_, index) => normal() + (Math.floor(index / 50) % 2) * 100,
    ),
    parts: tissues.map(() => "train"),
    count: 50,
    seed: 1,
  });
  const variances = Array.from({ length: 50 }, (_, decoy) => {
    const own = tissues.map((_, row) => values[row * 50 + decoy]);
    const mean = own.reduce((a, b) => a + b) / samples;
    assert.ok(Math.abs(mean - 50) < 1, `${mean}`);
    return own.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (samples - 1);
  });
  const mean = variances.reduce((a, b) => a + b) / 50;
  // Of 50 variances of 80 values the mean has an sd of 0.02.
  assert.ok(Math.abs(mean - 1) < 0.1, `${mean}`);
});

Deno.test("a tissue of one sample has no noise to shuffle", () => {
  const { decoys, values } = makeDecoys(options({
    tissues: Array.from({ length: SAMPLES }, (_, row) => `t${row}`),
  }));
  decoys.forEach(({ source }, decoy) =>
    assert.equal(values[decoy], 5.5 * GENES + source)
  );
});

Deno.test("auto: a tenth of the genes, but many where genes are few", () => {
  const counts = [5, 400, 1800, 5000, 20_000]
    .map((genes) => countDecoys("auto", genes));
  assert.deepEqual(counts, [2, 200, 400, 500, 2000]);
  assert.deepEqual([countDecoys(0, 50), countDecoys(0.25, 50)], [0, 13]);
});

Deno.test("the order of the samples does not change a decoy's values", () => {
  const given = options();
  const order = [...Array(SAMPLES).keys()].map((row) => (5 * row) % SAMPLES);
  const other = options({
    sampleIds: order.map((row) => given.sampleIds[row]),
    tissues: order.map((row) => given.tissues[row]),
    parts: order.map((row) => given.parts[row]),
    values: Float32Array.from(
      order.flatMap((row) => [
        ...given.values.subarray(row * GENES, (row + 1) * GENES),
      ]),
    ),
  });
  const [a, b] = [makeDecoys(given), makeDecoys(other)];
  assert.deepEqual(a.decoys, b.decoys);
  assert.deepEqual(a.columns, b.columns);
  order.forEach((row, index) =>
    assert.deepEqual(
      b.values.subarray(index * 5, index * 5 + 5),
      a.values.subarray(row * 5, row * 5 + 5),
    )
  );
});

Deno.test("no decoy has a gene's name", () => {
  const { decoys } = makeDecoys(
    options({ genes: ["decoy_1", "b", "c", "d", "e", "f", "g", "decoy__"] }),
  );
  assert.equal(decoys[0].name, "decoy___1");
});

Deno.test("decoys are hidden among the genes, whose order stays", () => {
  const { sampleIds, genes, values, ...rest } = options();
  const hidden = makeDecoys({ sampleIds, genes, values, ...rest });
  const matrix = placeDecoys(
    { sampleIds, genes, values: Float32Array.from(values) },
    hidden,
  );
  assert.equal(matrix.columns, 13);
  assert.deepEqual(
    [...matrix.geneColumns, ...matrix.decoyColumns].sort((a, b) => a - b),
    [...Array(13).keys()],
  );
  assert.deepEqual(
    matrix.geneColumns,
    matrix.geneColumns.toSorted(),
  );
  // Not all after the genes.
  assert.ok(matrix.decoyColumns[0] < 8);
  for (const row of [0, 7]) {
    matrix.geneColumns.forEach((column, gene) =>
      assert.equal(
        matrix.values[row * 13 + column],
        values[row * GENES + gene],
      )
    );
    matrix.decoyColumns.forEach((column, decoy) =>
      assert.equal(
        matrix.values[row * 13 + column],
        hidden.values[row * 5 + decoy],
      )
    );
  }
});
