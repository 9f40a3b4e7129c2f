/** Moderated t and F are those of R's limma, with and without blocks. */

import assert from "node:assert/strict";
import { blockCorrelation } from "../../../lib/ml/limma/block_correlation.ts";
import type { ClassedSamples } from "../../../lib/ml/limma/design.ts";
import { fitClasses } from "../../../lib/ml/limma/fit_classes.ts";
import {
  moderate,
  moderatedFP,
  twoSidedP,
} from "../../../lib/ml/limma/moderated.ts";
import { squeezeVariances } from "../../../lib/ml/limma/squeeze_variances.ts";
import { benjaminiHochberg } from "../../../lib/statistics/adjust_p.ts";
import golden from "../../fixtures/ml/limma.json" with { type: "json" };

/**
 * R stops the inverse of trigamma at a relative step of 1e-8; all else are sums
 * of tens of terms.
 */
const TOLERANCE = 1e-8;

type Case = (typeof golden.cases)[number];

function samplesOf({ samples, class: classes }: Case): ClassedSamples {
  return {
    values: Float32Array.from(samples.flat()),
    columns: samples[0].length,
    rows: samples.map((_, row) => row),
    classes,
    fitted: samples[0].map((_, column) => column),
  };
}

function close(
  found: ArrayLike<number>,
  wanted: readonly number[],
  what: string,
): void {
  assert.equal(found.length, wanted.length, what);
  wanted.forEach((each, index) =>
    assert.ok(
      Math.abs(found[index] - each) <= TOLERANCE * Math.abs(each),
      `${what} ${index}: ${found[index]}, not ${each}`,
    )
  );
}

for (const one of golden.cases) {
  for (
    const [way, wanted] of Object.entries({
      plain: one.plain,
      trend: one.trend,
      "blocks": one.plainBlocked,
      "trend, blocks": one.trendBlocked,
    })
  ) {
    Deno.test(`limma: ${one.name}, ${way}`, () => {
      const samples = samplesOf(one);
      const blocks = one.block;
      const correlation = wanted.blocked
        ? blockCorrelation(samples, blocks)
        : 0;
      close([correlation], [wanted.correlation], "correlation");
      const found = moderate(
        fitClasses(samples, { blocks, correlation }),
        Boolean(wanted.trend),
      );
      if (wanted.priorDf === "Infinity") {
        assert.equal(found.priorDf, Infinity);
      } else close([found.priorDf], [Number(wanted.priorDf)], "prior df");
      close([found.totalDf], [wanted.totalDf], "total df");
      close([...new Set(found.prior)], wanted.prior, "prior variance");
      found.contrasts.forEach(({ difference, t }, c) => {
        const p = twoSidedP(t, found.totalDf);
        difference.forEach((each, column) =>
          assert.ok(Math.abs(each - wanted.difference[c][column]) < 1e-12)
        );
        close(t, wanted.t[c], "t");
        close(p, wanted.p[c], "p");
        close(benjaminiHochberg(p), wanted.adjusted[c], "adjusted p");
      });
      close(found.f, wanted.f, "F");
      close(moderatedFP(found), wanted.fP, "p of F");
    });
  }
}

Deno.test("limma: blocks that say nothing have no correlation", () => {
  const samples = samplesOf(golden.cases[0]);
  const { classes, rows } = samples;
  assert.equal(blockCorrelation(samples, rows), 0, "blocks of one sample");
  assert.equal(blockCorrelation(samples, classes), 0, "the classes as blocks");
  assert.equal(blockCorrelation(samples, rows.map(() => 0)), 0, "one block");
  assert.equal(
    blockCorrelation({ ...samples, fitted: [] }, golden.cases[0].block),
    0,
    "no column",
  );
});

Deno.test("limma: as many classes as samples cannot be fitted", () => {
  const samples = samplesOf(golden.cases[0]);
  assert.throws(
    () =>
      fitClasses({
        ...samples,
        rows: samples.rows.slice(0, 3),
        classes: [0, 1, 2],
      }),
    /3 classes to 3 samples/,
  );
});

Deno.test("limma: one variance is not shrunk, and zeros do not spoil the prior", () => {
  const alone = squeezeVariances(Float64Array.of(2), 5);
  assert.deepEqual([...alone.posterior], [2]);
  const { prior, posterior, priorDf } = squeezeVariances(
    Float64Array.of(0, 1, 2, 1.5, 0.7),
    5,
  );
  assert.ok(priorDf > 0 && prior[0] > 0 && posterior[0] > 0);
  const { prior: [none] } = squeezeVariances(new Float64Array(4), 5);
  assert.ok(Number.isFinite(none));
});
