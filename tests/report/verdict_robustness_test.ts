/** What the verdict says of chance, networks, checks, spaces and nulls. */

import assert from "node:assert/strict";
import { checkFindings } from "../../lib/report/findings/checks.ts";
import { decoyFindings } from "../../lib/report/findings/decoys.ts";
import type { GeneSetFindings } from "../../lib/report/findings/gene_set.ts";
import { holds } from "../../lib/report/findings/ttest.ts";
import { beliefVerdict } from "../../lib/report/verdict/belief.ts";
import { spacesVerdict } from "../../lib/report/verdict/spaces.ts";
import { fakeChecks, fakeDecoys, spaceTests } from "./fake_robustness.ts";

const found = {
  samples: 36,
  genes: 40,
  tissues: 2,
  test_samples: 12,
  test_samples_per_tissue: 6,
  few_test_samples: false,
  folds: 1,
  decoys: 8,
  outdated: [],
};

const set: GeneSetFindings = {
  genes: 12,
  of: 40,
  share: 0.3,
  listed_ranks: 7,
  cut: "unique",
  mean_absolute_gap: 0.05,
  gap_share: 0.1,
};

/** The verdict on a set with something more known of it. */
function say(more: Partial<GeneSetFindings>, checks = fakeChecks): string {
  return beliefVerdict({
    ...found,
    gene_set: { ...set, ...more },
    checks: checkFindings(checks),
  }).join("\n");
}

/** What the decoys say, some of it otherwise. */
const decoys = (otherwise: Partial<typeof fakeDecoys> = {}) => ({
  decoys: decoyFindings({ ...fakeDecoys, ...otherwise }, 12, 40, []),
});

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

Deno.test("without a set nothing is said of it", () => {
  assert.deepEqual(beliefVerdict(found), []);
});

Deno.test("decoys: genes by chance, and a cut that lets them in", () => {
  assert.match(
    say(decoys()),
    /1 of 8 decoys .* about 5 of its 12 genes \(42 %\) .*\*\*The cut does not/,
  );
  assert.doesNotMatch(
    say(decoys({ false_genes: 1, false_discovery_rate: 1 / 12 })),
    /does not keep chance out/,
  );
  assert.doesNotMatch(say({ ...decoys(), cut: "fdr" }), /keep chance out/);
  assert.match(say(decoys({ false_genes: 30 })), /about 12 of its 12 genes/);
  // 1 / 8 * 40 / 12
  assert.match(
    say(decoys({ entered: 0, false_genes: 0, false_discovery_rate: 0 })),
    /None of 8 decoys .* cannot show less than 42 % of it/,
  );
});

Deno.test("other networks count before other draws", () => {
  const draws = {
    draws: 100,
    draws_asked: 100,
    rounds: 1,
    top: 100,
    overlap_of_halves: 0.8,
    expected_overlap: 0.86,
    spearman_of_halves: 0.7,
    mean_standard_error: 0.1,
    standard_error_share: 0.2,
    genes_clear_of_zero: 3,
  };
  assert.match(say({ draws }), /name 86 % of each tissue's 100 best genes/);
  const networks_stability = {
    replicates: 3,
    top: 100,
    overlap: 0.6,
    overlap_top_10: 0.7,
    spearman: 0.5,
    chance_overlap: 0.05,
  };
  const text = say({ draws, networks_stability });
  assert.match(text, /share 60 % of .* 100 best genes \(by chance 5\.0 %\)/);
  assert.doesNotMatch(text, /86 %/);
});

Deno.test("checks: whether the scores depend on what was learnt", () => {
  assert.match(say({}), /The scores depend on what the network learnt: /);
  const known = fakeChecks.checks.map((row) => ({ ...row, overlap: 0.85 }));
  assert.match(
    say({}, { ...fakeChecks, checks: known }),
    /\*\*The scores hardly depend/,
  );
  const replicate = (overlap: number) => [...fakeChecks.checks, {
    check: "replicate",
    spearman: 0.1,
    spearman_absolute: 0.6,
    overlap,
  }];
  // The ignorant keep 0.25; the replicate 0.3 and 0.5 of 0.8 beyond chance.
  assert.match(
    say({}, { ...fakeChecks, checks: replicate(0.34) }),
    /\*\*The scores do not show what was learnt:\*\* a replicate/,
  );
  assert.match(
    say({}, { ...fakeChecks, checks: replicate(0.5) }),
    /The scores depend on what the network learnt: /,
  );
  const rerun = fakeChecks.checks.slice(0, 1);
  assert.match(say({}, { ...fakeChecks, checks: rerun }), /could not be told/);
});

Deno.test("checks: the larger of both measures and networks counts", () => {
  // By overlap 0.45 / 0.8 of the rerun's, by rank correlation 0.25 at most.
  const checks = fakeChecks.checks.map((row) =>
    row.check === "shuffled_labels" ? { ...row, overlap: 0.55 } : row
  );
  const { retained, depends } = checkFindings({ ...fakeChecks, checks });
  assert.ok(Math.abs(retained! - 0.5625) < 1e-12);
  assert.equal(depends, "partly");
  // Agreement the other way round is none.
  const opposite = fakeChecks.checks.map((row) =>
    row.check === "rerun" ? row : { ...row, spearman: -0.3, overlap: 0.05 }
  );
  assert.equal(
    checkFindings({ ...fakeChecks, checks: opposite }).retained,
    0,
  );
});

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
