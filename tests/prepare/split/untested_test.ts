/** Splits that leave fewer than two tissues to test. */

import assert from "node:assert/strict";
import { makeSampleSplit } from "../../../lib/prepare/split/sample_split.ts";
import { refuseUntested } from "../../../lib/prepare/split/untested.ts";
import { refusal } from "../user_files.ts";

/** Six tissues of ten samples each, with groups as the function says. */
function samplesOf(groupOf?: (tissue: number, index: number) => string) {
  const rows = Array.from(Array(60).keys());
  return {
    sampleIds: rows.map((row) => `S${row}`),
    tissues: rows.map((row) => `t${row % 6}`),
    ...groupOf &&
      { groups: rows.map((row) => groupOf(row % 6, Math.floor(row / 6))) },
  };
}

function refuse(
  samples: ReturnType<typeof samplesOf>,
  group = "",
  folds: number | "auto" = "auto",
) {
  const choices = {
    folds,
    "test-fraction": 0.2,
    "validation-fraction": 0.2,
  };
  const parts = makeSampleSplit(samples, choices, () => 7);
  refuseUntested(parts, samples, { group });
}

Deno.test("untested: five of six tissues come from a single group each", () => {
  const samples = samplesOf((tissue, index) =>
    tissue === 2 ? `s${index % 3}` : `own${tissue}`
  );
  for (const folds of ["auto", 1, 5] as const) {
    assert.throws(
      () => refuse(samples, "source", folds),
      refusal(
        /^Cannot split the samples: with --group source only 1 of 6 tissues \('t2'\) can be tested, and at least 2 should; each of the others has samples of a single group$/,
        /^deno task prepare --group=$/,
      ),
    );
  }
});

Deno.test("untested: no tissue has two groups", () => {
  assert.throws(
    () => refuse(samplesOf((tissue) => `own${tissue}`), "source"),
    refusal(
      /no tissue has two groups of samples/,
      /^deno task prepare --group=$/,
    ),
  );
});

Deno.test("untested: tissues of one sample", () => {
  const sampleIds = ["a", "b", "c", "d"];
  assert.throws(
    () => refuse({ sampleIds, tissues: ["x", "x", "y", "z"] }),
    refusal(
      /: only 1 of 3 tissues \('x'\) can be tested, .* a single sample$/,
      /--label/,
    ),
  );
  assert.throws(
    () =>
      refuse({
        sampleIds,
        tissues: ["x", "x", "y", "z"],
        groups: ["p", "q", "r", "s"],
      }, "plant"),
    refusal(/with --group plant only 1 of 3/, /^Name another column/),
  );
});

Deno.test("untested: two tissues are enough", () => {
  refuse(samplesOf());
  refuse(
    samplesOf((tissue, index) =>
      tissue < 2 ? `s${tissue}${index % 3}` : `own${tissue}`
    ),
    "source",
  );
});
