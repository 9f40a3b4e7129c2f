import assert from "node:assert/strict";
import { type DecoyOptions, makeDecoys } from "../../lib/prepare/decoys.ts";
import { placeDecoys } from "../../lib/prepare/image_matrix.ts";

const SAMPLES = 12;
const GENES = 8;

/** Every value differs from every other, so that each can be traced. */
function options(choices: Partial<DecoyOptions> = {}): DecoyOptions {
  return {
    sampleIds: Array.from({ length: SAMPLES }, (_, row) => `s${row}`),
    genes: Array.from({ length: GENES }, (_, gene) => `g${gene}`),
    values: Float32Array.from({ length: SAMPLES * GENES }, (_, index) => index),
    parts: Array.from(
      { length: SAMPLES },
      (_, row) => row < 6 ? "train" : row < 8 ? "validation" : "test",
    ),
    count: 5,
    seed: 11,
    ...choices,
  };
}

Deno.test("a decoy holds its source's values in another order, part by part", () => {
  const given = options();
  const { decoys, values } = makeDecoys(given);
  assert.equal(new Set(decoys.map(({ source }) => source)).size, 5);
  let moved = 0;
  decoys.forEach(({ source }, decoy) => {
    for (const part of ["train", "validation", "test"]) {
      const rows = [...Array(SAMPLES).keys()]
        .filter((row) => given.parts[row] === part);
      const own = rows.map((row) => given.values[row * GENES + source]);
      const shuffled = rows.map((row) => values[row * 5 + decoy]);
      moved += own.filter((value, i) => value !== shuffled[i]).length;
      assert.deepEqual(shuffled.toSorted((a, b) => a - b), own);
    }
  });
  assert.ok(moved > 20, `only ${moved} of 60 values moved`);
});

Deno.test("the order of the samples does not change a decoy's values", () => {
  const given = options();
  const order = [...Array(SAMPLES).keys()].map((row) => (5 * row) % SAMPLES);
  const other = options({
    sampleIds: order.map((row) => given.sampleIds[row]),
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
