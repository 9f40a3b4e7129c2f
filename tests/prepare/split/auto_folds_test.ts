/** When `--folds auto` makes folds. */

import assert from "node:assert/strict";
import { makeSampleSplit } from "../../../lib/prepare/split/sample_split.ts";
import { deriveSeed } from "../../../lib/random.ts";

const seedOf = (name: string) => deriveSeed(42, name);

function split(
  sizes: Readonly<Record<string, number>>,
  folds: number | "auto" = "auto",
  groupOf?: (index: number) => string,
) {
  const tissues = Object.entries(sizes).flatMap(([tissue, count]) =>
    Array<string>(count).fill(tissue)
  );
  return makeSampleSplit(
    {
      sampleIds: tissues.map((_, index) => `s${index}`),
      tissues,
      groups: groupOf && tissues.map((_, index) => groupOf(index)),
    },
    { folds, "test-fraction": 0.2, "validation-fraction": 0.1 },
    seedOf,
  );
}

Deno.test("auto folds: one test part if it has 5 samples of each tissue", () => {
  const found = split({ leaf: 30, root: 25 });
  assert.equal(found.folds.length, 1);
  assert.deepEqual(found.fewestTested, { tissue: "root", test_samples: 5 });
  const given = split({ leaf: 30, root: 25 }, 1);
  assert.deepEqual(found.split, given.split);
  assert.equal(given.fewestTested, undefined);
});

Deno.test("auto folds: five if a tissue would have fewer", () => {
  const found = split({ leaf: 300, root: 24, stem: 20 });
  assert.equal(found.folds.length, 5);
  assert.deepEqual(found.fewestTested, { tissue: "stem", test_samples: 4 });
  const given = split({ leaf: 300, root: 24, stem: 20 }, 5);
  assert.deepEqual(found.foldOf, given.foldOf);
  assert.equal(given.fewestTested, undefined);
});

Deno.test("auto folds: a tissue that no fold tests does not count", () => {
  assert.equal(split({ leaf: 30, root: 30, stem: 1 }).folds.length, 1);
  // All samples of the stem are of one group.
  const found = split(
    { leaf: 30, root: 30, stem: 9 },
    "auto",
    (index) => index >= 60 ? "one" : `g${index}`,
  );
  assert.equal(found.folds.length, 1);
  assert.equal(found.fewestTested!.test_samples, 6);
});

Deno.test("auto folds: without a testable tissue there is one part", () => {
  const found = split({ leaf: 1, root: 1 });
  assert.equal(found.folds.length, 1);
  assert.equal(found.fewestTested, undefined);
});
