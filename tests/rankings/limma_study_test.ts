/** The study's likely recipe gives the numbers of R's limma. */

import assert from "node:assert/strict";
import {
  LEAST_CHANGE,
  limmaStudyRanking,
  MOST_P,
} from "../../lib/rankings/limma_study.ts";
import { normalizeQuantiles } from "../../lib/rankings/quantile_normalize.ts";
import { benjaminiHochberg } from "../../lib/statistics/adjust_p.ts";
import golden from "../fixtures/rankings/limma_study.json" with {
  type: "json",
};
import { inputOf } from "./made_dataset.ts";

const genes = golden.samples[0].length;

/** R stops the inverse of trigamma at a relative step of 1e-8. */
function close(found: number, wanted: number, what: string) {
  assert.ok(
    Math.abs(found - wanted) <= 1e-9 * Math.max(1e-12, Math.abs(wanted)),
    `${what}: ${found}, not ${wanted}`,
  );
}

Deno.test("quantile normalization is limma's, ties among it", () => {
  const samples = normalizeQuantiles(
    Float32Array.from(golden.samples.flat()),
    genes,
    golden.samples.map((_, row) => row),
  );
  const found = new Float64Array(genes);
  golden.logs.forEach((wanted, i) => {
    samples.take(i, found);
    wanted.forEach((each, gene) =>
      close(Math.log2(found[gene] + 1), each, `sample ${i}, gene ${gene}`)
    );
  });
});

Deno.test("moderated t and p of a tissue against all others; genes called", () => {
  const found = limmaStudyRanking.rank(inputOf(golden.samples, golden.class));
  golden.tissues.forEach((wanted, t) => {
    const { scores, ownP: p } = found[t];
    wanted.p.forEach((each, gene) => close(p![gene], each, `p ${gene}`));
    benjaminiHochberg(p!).forEach((each, gene) =>
      close(each, wanted.adjusted[gene], "adjusted p")
    );
    const called = wanted.t.map((t, gene) =>
      wanted.p[gene] <= MOST_P &&
        Math.abs(wanted.change[gene]) >= LEAST_CHANGE
        ? t
        : NaN
    );
    assert.ok(called.filter((each) => each > 0).length > 3);
    called.forEach((each, gene) =>
      Number.isNaN(each)
        ? assert.ok(Number.isNaN(scores[gene]))
        : close(scores[gene], each, `t ${gene}`)
    );
  });
});

Deno.test("values before the transform must be known", () => {
  const { toLinear: _, ...input } = inputOf(golden.samples, golden.class);
  assert.throws(() => limmaStudyRanking.rank(input), TypeError);
});
