/** Tissues whose genes cannot be told apart by their scores. */

import assert from "node:assert/strict";
import { RunError } from "../../lib/cli/errors.ts";
import { checkScores } from "../../lib/selection/check_scores.ts";

const tissues = ["ear", "leaf", "root"];
const tissueOf = ["ear", "ear", "leaf", null, "root"];

/** Checks 5 samples x 2 genes. */
function check(scores: readonly number[], tissueNames = tissueOf) {
  const warnings: string[] = [];
  const found = checkScores({ warn: (text) => void warnings.push(text) }, {
    scores: Float32Array.from(scores),
    tissueOf: tissueNames,
    tissues,
    output: "centered-logit",
  });
  return { ...found, warnings };
}

Deno.test("scores that differ pass", () => {
  const found = check([1, 2, 1, 2, 3, 4, 0, 0, 5, 6]);
  assert.deepEqual(found.tissueOf, tissueOf);
  assert.deepEqual([found.withoutScores, found.warnings], [[], []]);
});

Deno.test("tissues with one median for all genes are left out and named", () => {
  const found = check([0, 0, 0, 0, 3, 4, 7, 7, 2, 2]);
  assert.deepEqual(found.withoutScores, ["ear", "root"]);
  assert.deepEqual(found.tissueOf, [null, null, "leaf", null, null]);
  assert.deepEqual(found.warnings, [
    "No genes for 'ear', 'root': all median SHAP values of 2 tissues are " +
    "equal, so that nothing can be ranked there.",
  ]);
  assert.match(
    check([0, 0, 0, 0, 3, 4, 7, 7, 2, 1]).warnings[0],
    /^No genes for 'ear': all median SHAP values of 1 tissue are 0, so/,
  );
});

Deno.test("without any other tissue it is an error", () => {
  for (
    const [scores, words] of [
      [Array(10).fill(0), /are 0, and they should differ/],
      [Array(10).fill(2), /are equal, and they should differ/],
    ] as const
  ) {
    assert.throws(
      () => check(scores),
      (error) => error instanceof RunError && words.test(error.message),
    );
  }
});
