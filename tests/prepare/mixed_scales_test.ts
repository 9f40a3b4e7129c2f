/** Samples of logarithms beside samples that are not. */

import assert from "node:assert/strict";
import { warnOfMixedScales } from "../../lib/prepare/mixed_scales.ts";

const GENES = 50;

/** 60 samples of counts up to 49,000, each changed as the function says. */
function mixed(change: (value: number, row: number) => number) {
  return {
    sampleIds: Array.from({ length: 60 }, (_, row) => `S${row + 10}`),
    genes: Array.from({ length: GENES }, (_, gene) => `g${gene}`),
    values: Float32Array.from({ length: 60 * GENES }, (_, index) => {
      const row = Math.floor(index / GENES);
      return change((index % GENES) * 1000 + (row * 7) % 13, row);
    }),
  };
}

const log = (value: number) => Math.log2(value + 1);

Deno.test("mixed scales: some samples are logarithms", () => {
  const ten = mixed((value, row) => row < 10 ? log(value) : value);
  assert.deepEqual(warnOfMixedScales(ten), [
    "10 samples ('S10', 'S11', 'S12', 'S13', 'S14', …) look like logarithms " +
    "(no value reaches 30) while the others do not: all samples should be of " +
    "one scale",
  ]);
  const one = mixed((value, row) => row === 3 ? log(value) : value);
  assert.match(
    warnOfMixedScales(one)[0],
    /^1 sample \('S13'\) looks like logarithms/,
  );
});

Deno.test("mixed scales: some samples are not logarithms", () => {
  const two = mixed((value, row) => row > 57 ? value : log(value));
  assert.match(
    warnOfMixedScales(two)[0],
    /^2 samples \('S68', 'S69'\) have values above 1,000 while most others look/,
  );
});

Deno.test("mixed scales: one scale, and samples of hardly a read, are none", () => {
  assert.deepEqual(warnOfMixedScales(mixed((value) => value)), []);
  assert.deepEqual(warnOfMixedScales(mixed(log)), []);
  const shallow = mixed((value, row) =>
    row < 10 ? Math.floor(value / 5000) : value
  );
  assert.deepEqual(warnOfMixedScales(shallow), []);
  const empty = mixed((value, row) => row < 10 ? 0 : value);
  assert.deepEqual(warnOfMixedScales(empty), []);
});
