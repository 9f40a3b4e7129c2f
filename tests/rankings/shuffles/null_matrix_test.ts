/** The matrix without differences between tissues: NumPy's, and who moves. */

import assert from "node:assert/strict";
import { RandomStream } from "../../../lib/random.ts";
import { makeNullMatrix } from "../../../lib/rankings/shuffles/null_matrix.ts";
import golden from "../../fixtures/rankings/exchange.json" with {
  type: "json",
};
import { inputOf } from "../made_dataset.ts";

/** Places are taken from the end: everyone gets their own residual. */
const unmoved = {
  shuffle: <Items extends { length: number; [index: number]: unknown }>(
    items: Items,
  ): Items => Array.prototype.reverse.call(items) as unknown as Items,
};

for (
  const { name, tissue, group, correlation, values, null: wanted } of golden
    .cases
) {
  Deno.test(`tissues are taken out as by NumPy: ${name}`, () => {
    const input = inputOf(values, tissue, undefined, group);
    const matrix = makeNullMatrix(input, correlation);
    assert.deepEqual(matrix.movable, [true, true, true]);
    const { dataset, rows } = matrix.shuffle(unmoved);
    const genes = dataset.genes.length;
    wanted.flat().forEach((each, at) =>
      assert.ok(Math.abs(dataset.values[at] - each) < 2e-6, `${at}`)
    );
    // Rounding would make a gene vary that does not.
    for (const row of rows) assert.equal(dataset.values[row * genes + 3], 2);
  });
}

/** A sample's value tells who it was. */
const ids = (tissue: readonly number[]) => tissue.map((_, i) => [2 ** i, 0]);

Deno.test("samples change places within a group of several tissues only", () => {
  const tissue = [0, 0, 1, 1, 0, 0, 1, 1];
  const group = [..."aaaabbbb"];
  const values = tissue.map((
    own,
    i,
  ) => [own + (group[i] === "b" ? 90 : 0) + i % 2]);
  const matrix = makeNullMatrix(inputOf(values, tissue, undefined, group), 0.5);
  for (let seed = 0; seed < 5; seed++) {
    const { dataset } = matrix.shuffle(new RandomStream(seed));
    const sums = [0, 4].map((from) =>
      dataset.values.subarray(from, from + 4).reduce((sum, each) => sum + each)
    );
    assert.ok(Math.abs(sums[1] - sums[0] - 360) < 1e-3);
  }
});

Deno.test("a group of one tissue changes places as a whole", () => {
  // Groups of two: those of tissue 0 are 10 and 20 above 0, those of 1 are 0.
  const tissue = [0, 0, 0, 0, 1, 1, 1, 1];
  const values = [10, 11, 20, 21, 0, 1, 0, 1].map((each) => [each]);
  const input = inputOf(values, tissue, undefined, [..."aabbccdd"]);
  const matrix = makeNullMatrix(input, 0.9);
  const seen = new Set<string>();
  for (let seed = 0; seed < 20; seed++) {
    const { dataset: { values } } = matrix.shuffle(new RandomStream(seed));
    for (let from = 0; from < 8; from += 2) {
      assert.ok(Math.abs(values[from + 1] - values[from] - 1) < 1e-5);
    }
    seen.add(values.map(Math.round).join());
  }
  assert.ok(seen.size > 3);
});

Deno.test("nobody moves whose group cannot be told from the tissue", () => {
  const tissue = [0, 0, 1, 1, 2, 2, 2];
  const movable = (group: string) =>
    makeNullMatrix(inputOf(ids(tissue), tissue, undefined, [...group]), 0.5)
      .movable;
  assert.deepEqual(movable("aabbccc"), [false, false, false]);
  // Two groups of tissue 2 change places, and stand in for others, too.
  assert.deepEqual(movable("aabbccd"), [true, true, true]);
  assert.deepEqual(movable("aaaabbb"), [true, true, false]);
});
