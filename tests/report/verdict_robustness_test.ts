/** What the verdict says of spaces and nulls. */

import assert from "node:assert/strict";
import { holds } from "../../lib/report/findings/ttest.ts";
import { spacesVerdict } from "../../lib/report/verdict/spaces.ts";
import { spaceTests } from "./fake_robustness.ts";

/** The verdict on tests that hold as given. */
function formatTests(wish: (kind: string, space: string) => boolean): string {
  const tests = spaceTests(wish).map((test) => ({
    ...test,
    holds: holds(test),
  }));
  return spacesVerdict({
    statistic: 0.85,
    null_mean: 0.7,
    null_sd: 0.02,
    within_set_sd: 0.01,
    z: 7.5,
    t: 7.4,
    df: 29,
    p_t: 0.001,
    p_empirical: 1 / 31,
    as_high: 0,
    sets: 30,
    genes: 12,
    space: "umap",
    tests,
  }).join("\n");
}

Deno.test("spaces and nulls: where it holds, in words", () => {
  assert.match(
    formatTests((kind, space) => kind === "uniform" && space !== "pca"),
    /\*\*It holds in 2 of 6 tests\*\* .* against random genes, in UMAP space and gene space but not in principal component space; against random genes of like mean and spread, not in UMAP space, principal component space or gene space\. Genes that are expressed/,
  );
  assert.match(
    formatTests((_, space) => space === "umap"),
    /A result in UMAP space alone is weak/,
  );
  assert.match(
    formatTests((kind, space) => kind === "uniform" && space === "umap"),
    /alone is weak.* Genes that are expressed as strongly/,
  );
  assert.match(
    formatTests(() => true),
    /in all 6 tests\*\* \(both p below 0\.05\): in UMAP space, principal component space and gene space, against random genes and random genes of like mean and spread\.$/,
  );
  assert.match(
    formatTests((_, space) => space !== "umap"),
    /the way one looks/,
  );
});

Deno.test("both p-values must be below the level", () => {
  assert.ok(holds({ p_t: 0.049, p_empirical: 0.0499 }));
  assert.ok(!holds({ p_t: 0.05, p_empirical: 0.01 }));
  assert.ok(!holds({ p_t: 0.01, p_empirical: 0.06 }));
  assert.ok(!holds({ p_t: null, p_empirical: null }));
});
