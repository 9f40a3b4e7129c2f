/** Refuses rankings of too few tissues, with a remedy that changes something. */

import assert from "node:assert/strict";
import { RunError } from "../../lib/cli/errors.ts";
import { checkTissues } from "../../lib/selection/check_tissues.ts";

function remedyOf(
  folds: number,
  tissueOf: readonly string[],
): string | undefined {
  try {
    checkTissues({ warn: () => {} }, {
      tissues: ["leaf", "root", "stem"],
      tissueOf,
      minSamples: 3,
      folds,
    });
  } catch (error) {
    assert.ok(error instanceof RunError);
    assert.match(error.message, /^Cannot rank the genes: 1 of 3 tissues has/);
    return error.remedy;
  }
  assert.fail("nothing is refused");
}

Deno.test("too few tissues: the remedy is not what was given already", () => {
  const one = ["leaf", "leaf", "leaf"];
  assert.equal(remedyOf(1, one), "deno task prepare --folds 5");
  assert.match(remedyOf(5, one)!, /^Use more samples .* without --group/);
  assert.match(remedyOf(10, one)!, /^Use more samples/);
  assert.equal(
    remedyOf(5, [...one, "root", "root"]),
    "deno task shap --min-samples 2",
  );
});
