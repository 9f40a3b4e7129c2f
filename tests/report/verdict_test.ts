import assert from "node:assert/strict";
import type { Findings } from "../../lib/report/findings.ts";
import { verdict } from "../../lib/report/verdict.ts";

/** A run in which all went well. */
const good: Findings = {
  samples: 240,
  genes: 2000,
  tissues: 8,
  test_samples: 48,
  test_samples_per_tissue: 6,
  few_test_samples: false,
  folds: 1,
  decoys: 0,
  network: {
    macro_f1: 0.95,
    accuracy: 0.96,
    nearest_centroid_macro_f1: 0.8,
    five_nearest_neighbors_macro_f1: 0.7,
    against_baselines: "better",
    more_samples_right: 8,
    standard_error_of_samples_right: 1.4,
  },
  gene_set: {
    genes: 300,
    of: 2000,
    share: 0.15,
    listed_ranks: 70,
    cut: "unique",
    mean_absolute_gap: 0.05,
    gap_share: 0.1,
  },
  clusters: [],
  ttest: {
    statistic: 0.9,
    null_mean: 0.8,
    null_sd: 0.02,
    within_set_sd: 0.005,
    z: 5,
    t: 4.975,
    df: 99,
    p_t: 1.4e-6,
    p_empirical: 1 / 101,
    as_high: 0,
    sets: 100,
    genes: 300,
    space: "umap",
  },
  outdated: [],
};

/** The verdict of that run with something otherwise. */
function say(otherwise: Partial<Findings>): string {
  return verdict({ ...good, ...otherwise }, "reports/demo").join("\n");
}

/** The test's numbers with some otherwise. */
const test = (otherwise: Partial<NonNullable<Findings["ttest"]>>) => ({
  ttest: { ...good.ttest!, ...otherwise },
});

Deno.test("a good run: sizes, three macro F1, test and null hypothesis", () => {
  const text = say({});
  assert.match(text, /240 samples and 2,000 genes of 8 tissues; 48 samples/);
  assert.match(text, /The network scores higher/);
  assert.match(
    text,
    /0\.950 for the network, 0\.800 for nearest centroids and 0\.700 for five/,
  );
  assert.match(text, /8 more of 48 test samples right/);
  assert.doesNotMatch(text, /may be chance/);
  assert.match(text, /300 genes of 2,000 \(15 %\)\.$/m);
  assert.match(text, /\*\*better\*\* than random sets of its size/);
  assert.match(
    text,
    /5\.0 standard deviations of random sets above their mean/,
  );
  assert.match(
    text,
    /t = 4\.975, df = 99, one-tailed p\\_t = 1\.40e-6, p\\_empirical = 0\.00990/,
  );
  assert.match(text, /Null hypothesis: the set's mean V-measure is one more/);
  assert.match(text, /None of the 100 random sets does as well or better/);
  assert.match(text, /What this does not show.* outside UMAP space/);
  assert.match(text, /ranked on the very samples that test them/);
  assert.doesNotMatch(
    text,
    /decide little|Missing|Out of date|not a fair|evidence is weak|planted/,
  );
});

Deno.test("a set of more than half of all genes is hardly specific", () => {
  const gene_set = { ...good.gene_set!, genes: 1300, share: 0.65 };
  assert.match(say({ gene_set }), /hardly specific/);
});

Deno.test("planted genes are in the verdict of a simulated run", () => {
  const planted = {
    precision_at_10: 0.975,
    precision_at_15: 0.9,
    recall_in_set: 0.77,
    planted_in_set: 200,
    precision_of_set: 2 / 3,
    true_false_discovery_rate: 1 / 3,
  };
  assert.match(
    say({ gene_set: { ...good.gene_set!, planted } }),
    /holds 77 % of the planted genes, where chance would give 15 %; .* 98 %/,
  );
});

Deno.test("few test samples come first", () => {
  const [first] = verdict({
    ...good,
    test_samples: 15,
    test_samples_per_tissue: 15 / 8,
    few_test_samples: true,
  }, "reports/demo");
  assert.match(first, /So few points decide little.*15 samples.*1\.9 a tissue/);
});

Deno.test("what is out of date is named with its command", () => {
  const text = verdict(
    { ...good, outdated: [{ stage: "clusters", behind: ["shap"] }] },
    "reports/my maize",
  ).join("\n");
  assert.match(
    text,
    /clusters is older than shap: it was made from an earlier/,
  );
  assert.ok(
    text.includes("<code>deno task clusters --run 'reports/my maize'</code>"),
  );
});

Deno.test("what is missing is named with its command", () => {
  const text = say({
    network: undefined,
    gene_set: undefined,
    clusters: undefined,
    ttest: undefined,
  });
  for (const task of ["cnn", "shap", "clusters", "ttest"]) {
    assert.ok(text.includes(`\`deno task ${task}\``), task);
  }
});
