/** Indices of specificity are those of tspex and of the published formulas. */

import assert from "node:assert/strict";
import {
  expressionEnrichment,
  extendedTau,
  gini,
  jensenShannon,
  onlyLargest,
  shannonSpecificity,
  spm,
  tau,
  tsi,
  zScores,
} from "../../lib/statistics/specificity.ts";
import golden from "../fixtures/statistics/specificity.json" with {
  type: "json",
};

/**
 * Sums of eight terms. The square root near 0 in the Jensen-Shannon distance
 * takes half of the digits, so its own is larger.
 */
const TOLERANCE = 1e-12;
const ROOT_TOLERANCE = 1e-10;

function close(
  found: ArrayLike<number>,
  wanted: readonly number[],
  tolerance = TOLERANCE,
) {
  assert.equal(found.length, wanted.length);
  wanted.forEach((each, i) =>
    assert.ok(
      Math.abs(found[i] - each) <= tolerance * Math.max(1, Math.abs(each)),
      `${i}: ${found[i]}, not ${each}`,
    )
  );
}

Deno.test("indices with one number a profile", () => {
  for (const wanted of golden.profiles) {
    const { profile } = wanted;
    close(
      [tau(profile), gini(profile), shannonSpecificity(profile)],
      [wanted.tau, wanted.gini, wanted.shannon],
    );
  }
});

Deno.test("indices with a number for each place", () => {
  for (const wanted of golden.profiles) {
    const { profile } = wanted;
    close(tsi(profile), wanted.tsi);
    close(spm(profile), wanted.spm);
    close(zScores(profile), wanted.z);
    close(jensenShannon(profile), wanted.js, ROOT_TOLERANCE);
    close(expressionEnrichment(profile, golden.places), wanted.ee);
  }
});

Deno.test("the places of a profile by extended tau", () => {
  for (const { profile, extended_tau } of golden.profiles) {
    assert.deepEqual(extendedTau(profile), extended_tau, profile.join());
  }
  // A tau of 0.85 and a largest value of 10 are enough.
  assert.deepEqual(extendedTau([10, 1.5]), [0, 1]);
  assert.deepEqual(extendedTau([9.99, 0]), []);
  assert.deepEqual(extendedTau([10, 1.6]), []);
});

Deno.test("no index minds the unit but for rounding", () => {
  for (const { profile } of golden.profiles) {
    const scaled = profile.map((x) => x * 1000 / 7);
    close([tau(scaled)], [tau(profile)]);
    close(spm(scaled), [...spm(profile)]);
    close(jensenShannon(scaled), [...jensenShannon(profile)], ROOT_TOLERANCE);
  }
});

Deno.test("the largest place, if it is the only one", () => {
  assert.equal(onlyLargest([1, 3, 2]), 1);
  assert.equal(onlyLargest([3, 1, 3]), -1);
  assert.equal(onlyLargest([0, 0]), -1);
});
