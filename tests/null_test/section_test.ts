/** What the report says of the tests. */

import assert from "node:assert/strict";
import { spaces } from "../../lib/clusters/spaces/spaces.ts";
import { nullModels } from "../../lib/null_test/null_models/null_models.ts";
import {
  FEWEST_SETS,
  isSignificant,
  isUndecided,
  leastP,
} from "../../lib/null_test/null_tests.ts";
import { formatVerdict as formatTestLines } from "../../lib/null_test/terminal_lines.ts";
import type { SpaceTest } from "../../lib/null_test/outputs.ts";
import {
  type TtestFindings,
  ttestSection,
} from "../../lib/null_test/section.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { RunReport } from "../../lib/report/run_report.ts";
import type { StageRecord } from "../../lib/store/record.ts";
import { openingOf, said } from "../said.ts";

const GOOD: SpaceTest = {
  gene_set: "shap",
  null_model: "uniform",
  space: "umap",
  sets: 100,
  layouts: 2,
  repeats: 1,
  genes: 300,
  null_mean: 0.8,
  null_sd: 0.02,
  statistic: 0.9,
  z: 5,
  t: 4.975,
  df: 99,
  p_t: 1.4e-6,
  log10_p_t: Math.log10(1.4e-6),
  p_empirical: 1 / 101,
  n_as_extreme: 0,
  critical_value: 0.834,
  monte_carlo_se: 0.001,
  null_monte_carlo_se: 0.002,
  within_set_sd: 0.005,
  within_set_p_t: 4e-15,
  log10_within_set_p_t: Math.log10(4e-15),
  mean_gene_overlap: 0.3,
};

/** Three spaces by two null models, significant where asked for. */
function spaceTests(
  significant: (model: string, space: string) => boolean,
): SpaceTest[] {
  return nullModels.flatMap(({ name: null_model }) =>
    spaces.map(({ name: space }) => ({
      ...GOOD,
      null_model,
      space,
      mean_gene_overlap: null_model === "uniform" ? 0.3 : 0.62,
      ...(significant(null_model, space)
        ? {}
        : { z: 0.5, t: 0.498, p_t: 0.31, p_empirical: 0.33, n_as_extreme: 32 }),
    }))
  );
}

/** Findings of these tests. */
function findings(...tests: readonly SpaceTest[]): TtestFindings {
  return {
    crossFitted: true,
    tests,
    geneSets: [{
      gene_set: "shap",
      genes: 300,
      space: tests[0].space,
      embedding_seeds: [4711, 4712],
      kmeans_seeds: [1, 2],
      v_measures: [0.9, 0.9],
    }],
    nullRows: Array.from({ length: 60 }, (_, index) => ({
      gene_set: "shap",
      null_model: "uniform",
      space: "umap",
      random_set: Math.floor(index / 2) + 1,
      gene_seed: 1000 + Math.floor(index / 2),
      layout: index % 2 + 1,
      embedding_seed: 2000 + index,
      repeat: 1,
      kmeans_seed: index,
      homogeneity: 0.7,
      completeness: 0.7,
      v_measure: index % 2 ? 0.705 : 0.695,
    })),
    clustered: { k: 3, samples: 30 },
    amis: [],
  };
}

function report(): RunReport {
  return new RunReport({
    folder: "reports/demo",
    pipeline,
    sections: new Map(),
    records: [],
    outdated: [],
    simulated: false,
  });
}

/** The verdict on a test that is otherwise good. */
function verdictOn(otherwise: Partial<SpaceTest>): string {
  return formatVerdict(findings({ ...GOOD, ...otherwise }));
}

function formatVerdict(found: TtestFindings): string {
  return said(ttestSection, found, report()).join("\n");
}

function formatSection(...tests: readonly SpaceTest[]): string {
  return ttestSection.write(findings(...tests), report());
}

Deno.test("a good test: scores, effect, p and null hypothesis", () => {
  const text = verdictOn({});
  assert.match(text, /^The gene set separates the tissues \*\*better\*\* than/);
  assert.match(
    text,
    /in UMAP space is 0\.900 against 0\.800 ± 0\.020 .* 100 random sets of 300 genes/,
  );
  assert.match(
    text,
    /5\.0 standard deviations of random sets above their mean: far outside/,
  );
  assert.match(
    text,
    /t = 4\.975, df = 99, one-tailed p\\_t = 1\.40e-6, p\\_empirical = 0\.00990/,
  );
  assert.match(text, /Null hypothesis: the set's mean V-measure is one more/);
  assert.match(text, /None of the 100 random sets scores as high or higher/);
  assert.match(text, /What this does not show.* outside UMAP space/);
  assert.match(text, /ranked on the same samples that test them/);
  assert.doesNotMatch(text, /not fair|evidence is weak/);
});

Deno.test("nothing is shown when both p are large", () => {
  const text = verdictOn({ z: 0.5, t: 0.498, p_t: 0.31, p_empirical: 0.33 });
  assert.match(text, /It is \*\*not shown\*\*/);
  assert.match(text, /well within the spread/);
  assert.match(text, /A large p does not show/);
  assert.doesNotMatch(text, /\*\*better\*\*/);
});

Deno.test("a p just below the level is weak evidence", () => {
  const text = verdictOn({
    p_t: 0.0397,
    p_empirical: 5 / 101,
    n_as_extreme: 4,
  });
  assert.match(text, /\*\*better\*\*/);
  assert.match(text, /4 of the 100 random sets score as high or higher/);
  assert.match(text, /p\\_empirical = 0\.0495/);
  assert.match(text, /The evidence is weak:\*\* p is close to 0\.05/);
  assert.doesNotMatch(
    verdictOn({ p_t: 0.001, p_empirical: 2 / 101, n_as_extreme: 1 }),
    /evidence is weak/,
  );
  // Of 25 sets none scores as high: p_empirical cannot be smaller than 1 / 26.
  assert.doesNotMatch(
    verdictOn({ p_empirical: 1 / 26, sets: 25 }),
    /evidence is weak/,
  );
});

Deno.test("AMI is given beside V-measure", () => {
  const amis = [{ gene_set: "shap", own: 0.613, all: 0.288 }];
  assert.match(
    formatVerdict({ ...findings(GOOD), amis }),
    /AMI.* is 0\.613 for the gene set and 0\.288 for all genes\./,
  );
  assert.doesNotMatch(verdictOn({}), /AMI/);
});

Deno.test("disagreeing p-values show nothing, and few sets are named", () => {
  const text = verdictOn({ p_t: 0.001, p_empirical: 1 / 11, sets: 10 });
  assert.match(text, /disagree .*\*\*not shown\*\* \(10 random sets cannot/);
  assert.match(text, /below 0\.091; draw more/);
  assert.doesNotMatch(
    verdictOn({ p_t: 0.04, p_empirical: 0.06 }),
    /draw more/,
  );
});

Deno.test("an underflowing p is a bound, never 0", () => {
  const text = verdictOn({ p_t: 0, log10_p_t: -310.5, t: 99 });
  assert.match(text, /p\\_t < 1e-310/);
  assert.doesNotMatch(text, /p\\_t = 0\b(?!\.)/);
});

Deno.test("a null without spread is not defined, not infinite", () => {
  const text = verdictOn({ null_sd: 0, z: null, t: null, p_t: null });
  assert.match(text, /could not be computed/);
  assert.match(text, /t is not defined/);
});

Deno.test("a score below the null is called so", () => {
  assert.match(
    verdictOn({ z: -2.5, p_t: 0.99, p_empirical: 0.98 }),
    /2\.5 standard deviations of random sets below their mean: outside/,
  );
});

Deno.test("random sets of another size make the comparison unfair", () => {
  assert.match(verdictOn({ genes: 2423 }), /not fair.*2,423 genes.*300/);
});

Deno.test("several gene sets are named in the verdict", () => {
  const found = findings(GOOD, { ...GOOD, gene_set: "mine", p_t: 0.4 });
  const mine = { ...found.geneSets[0], gene_set: "mine" };
  const text = formatVerdict({ ...found, geneSets: [...found.geneSets, mine] });
  assert.match(text, /^The gene set shap separates the tissues \*\*better/);
  assert.match(text, /disagree on whether the gene set mine separates/);
});

Deno.test("spaces and null models: where the set is significant", () => {
  const verdict = (significant: (model: string, space: string) => boolean) =>
    formatVerdict(findings(...spaceTests(significant)));
  assert.match(
    verdict((model, space) => model === "uniform" && space !== "pca"),
    /\*\*Significant in 2 of 6 tests\*\* .* against random genes, in UMAP space and gene space but not in principal component space; against random genes with similar mean and variance, not in UMAP space, principal component space or gene space\. Genes with similar mean and variance of expression do as well/,
  );
  assert.match(
    verdict((_, space) => space === "umap"),
    /A result in UMAP space only is weak/,
  );
  assert.match(
    verdict((model, space) => model === "uniform" && space === "umap"),
    /only is weak.* Genes with similar mean and variance/,
  );
  assert.match(
    verdict(() => true),
    /in all 6 tests\*\* \(both p below 0\.05\): in UMAP space, principal component space and gene space, against random genes and random genes with similar mean and variance\.$/m,
  );
  assert.match(
    verdict((_, space) => space !== "umap"),
    /depends on the representation/,
  );
  assert.doesNotMatch(verdict(() => true), /Not tested in this run/);
  assert.match(
    verdictOn({}),
    /\*\*Not tested in this run:\*\* principal component space, gene space, random genes with similar mean and variance\.$/,
  );
});

Deno.test("both p-values must be below the level", () => {
  assert.ok(isSignificant({ p_t: 0.049, p_empirical: 0.0499 }));
  assert.ok(!isSignificant({ p_t: 0.05, p_empirical: 0.01 }));
  assert.ok(!isSignificant({ p_t: 0.01, p_empirical: 0.06 }));
  assert.ok(!isSignificant({ p_t: null, p_empirical: 0.01 }));
});

Deno.test("a row a test, and how many are significant", () => {
  const text = formatSection(
    ...spaceTests((model, space) => model === "uniform" || space === "umap"),
  );
  assert.ok(text.includes(
    "| uniform | UMAP | 0.900 | 0.0010 | 0.800 ± 0.020 | 4.97 | 1.40e-6 | 0.00990 | " +
      "30 % | yes |",
  ));
  assert.ok(text.includes(
    "| matched | Genes | 0.900 | 0.0010 | 0.800 ± 0.020 | 0.50 | 0.310 | 0.330 | " +
      "62 % | no |",
  ));
  assert.match(
    text,
    /\*\*Significant in 4 of 6 tests\.\*\* The result depends/,
  );
  assert.match(
    text,
    /would be 4\.00e-15; it is 1\.40e-6\. Of 6 tests, 6 would be significant; .* 4 are/,
  );
  assert.doesNotMatch(text, /Not everything was tested/);
});

Deno.test("the outcome of all tests in plain words", () => {
  const section = (significant: (model: string, space: string) => boolean) =>
    formatSection(...spaceTests(significant));
  assert.match(section(() => true), /in all 6 tests\.\*\* In plain words: in/);
  assert.match(
    section(() => false),
    /in none of 6 tests\.\*\* In plain words: no test shows/,
  );
  assert.match(
    section((_, space) => space === "umap"),
    /2 of 6 tests\.\*\* A result in UMAP space only is weak/,
  );
  assert.match(
    section((model) => model === "uniform"),
    /3 of 6 tests\.\*\* Genes with similar mean and variance/,
  );
});

Deno.test("what was not tested is named with its flags", () => {
  assert.ok(
    formatSection(GOOD).includes(
      "Not everything was tested. `--clusters.spaces umap,pca,genes " +
        "--ttest.null-models uniform,matched`",
    ),
  );
});

Deno.test("the null distribution's seeds are listed in full", () => {
  const text = formatSection(GOOD);
  for (let set = 1; set <= 30; set++) {
    assert.ok(
      text.includes(`| ${set} | ${999 + set} | 0.7000 |`),
    );
  }
  assert.ok(text.includes("`deno task ttest --reproduce 17`"));
});

function headlineOf(found: TtestFindings): string {
  return openingOf(ttestSection, found);
}

Deno.test("too few random sets to be significant: said first, with the fewest that can", () => {
  const tests = spaceTests(() => false).map((test) => ({ ...test, sets: 10 }));
  const text = formatVerdict(findings(...tests));
  assert.match(
    text,
    /^\*\*Cannot be significant with 10 random sets:\*\* p\\_empirical cannot be below 1\/11 = 0\.0909, and significant is below 0\.05\. `--ttest\.sets 20`, added/,
  );
  assert.doesNotMatch(text, /Significant in none/);
  assert.equal(
    headlineOf(findings(...tests)),
    "no test against random genes can be significant with 10 random sets",
  );
  const section = formatSection(...tests);
  assert.match(
    section,
    /\*\*No test can be significant with 10 random sets\.\*\*/,
  );
  assert.doesNotMatch(section, /Significant in none|no test shows/);
});

Deno.test("20 random sets are the fewest that can be significant at 0.05", () => {
  assert.equal(FEWEST_SETS, 20);
  for (const sets of [19, 20]) {
    const p_empirical = leastP(sets);
    assert.equal(isSignificant({ p_t: 0, p_empirical }), sets === 20);
    const found = findings({ ...GOOD, sets, p_empirical });
    assert.equal(/^\*\*Cannot be/.test(formatVerdict(found)), sets === 19);
    assert.equal(/can be significant/.test(headlineOf(found)), sets === 19);
    const lines = formatTestLines({ ...GOOD, sets, p_empirical }, 300);
    assert.equal(
      /cannot be rejected with 19 random sets: the empirical p cannot be below 0\.0500\. --ttest\.sets 20 or more/
        .test(lines),
      sets === 19,
    );
    assert.equal(/is rejected at 0\.05\.$/.test(lines), sets === 20);
  }
  assert.equal(headlineOf(findings(...spaceTests(() => false))), NONE);
});

const NONE =
  "the gene set separates the tissues better than random genes in none of 6 tests";

Deno.test("where every sample is a cluster no score is given a meaning", () => {
  const amis = [{ gene_set: "shap", own: 1, all: 1 }];
  const flat = { null_sd: 0, z: null, t: null, p_t: null };
  const of = (k: number, samples: number) => ({
    ...findings({ ...GOOD, ...flat }),
    amis,
    clustered: { k, samples },
  });
  const all = of(15, 15);
  assert.match(
    formatVerdict(all),
    /^\*\*The test shows nothing:\*\* k is 15 for 15 samples: every sample is a cluster of its own, so all scores are the same whatever the genes\./,
  );
  assert.doesNotMatch(formatVerdict(all), /AMI/);
  assert.match(headlineOf(all), /shows nothing, as all gene sets score the sa/);
  assert.match(formatVerdict(of(1, 15)), /k is 1: all samples are one cluster/);
  assert.match(formatVerdict(of(14, 15)), /AMI, which is 0 on average/);
  assert.doesNotMatch(formatVerdict(of(14, 15)), /shows nothing/);
});

Deno.test("a set of all genes is not compared with anything", () => {
  const whole = findings({ ...GOOD, mean_gene_overlap: 1 });
  assert.match(
    formatVerdict(whole),
    /^\*\*The test shows nothing:\*\* the gene set holds all genes/,
  );
  assert.match(headlineOf(whole), /shows nothing, as the set is all genes$/);
  // All genes against smaller sets.
  const smaller = findings({ ...GOOD, mean_gene_overlap: 1, genes: 100 });
  assert.doesNotMatch(formatVerdict(smaller), /shows nothing/);
});

Deno.test("samples that had no part in ranking the genes are said to be so", () => {
  const record = (stage: string, parameters: StageRecord["parameters"]) =>
    ({ stage, parameters, warnings: [], figures: [] }) as Partial<
      StageRecord
    > as StageRecord;
  const textOf = (explained: string, samples: string, crossFitted: boolean) => {
    const run = new RunReport({
      folder: "reports/demo",
      pipeline,
      sections: new Map(),
      records: [
        record("shap", { explained }),
        record("clusters", { samples }),
      ],
      outdated: [],
      simulated: false,
    });
    const found = { ...findings({ ...GOOD }), crossFitted };
    return said(ttestSection, found, run).join("\n") +
      ttestSection.write(found, run);
  };
  const unseen = textOf("training", "test", false);
  assert.match(unseen, /ranked on training samples, not on those that test/);
  assert.match(unseen, /has no advantage over the random sets/);
  for (
    const [explained, samples, crossFitted] of [
      ["test", "test", false],
      ["training", "all", false],
      ["training", "test", true],
    ] as const
  ) {
    const text = textOf(explained, samples, crossFitted);
    assert.match(text, /ranked on the same samples that test them/);
    assert.doesNotMatch(text, /ranked on training samples/);
  }
});

Deno.test("the Monte Carlo error is told, and what it is of the spread", () => {
  const section = (otherwise: Partial<SpaceTest>) =>
    formatSection({ ...GOOD, ...otherwise });
  assert.match(
    section({}),
    /set's value by about 0\.0010 \(its standard error\), 5\.0 % of the spread between random sets\. Random sets are embedded and clustered as often/,
  );
  assert.match(section({}), /\| Monte Carlo error of s \| 0\.0010 \|/);
  assert.match(section({}), /\| the same of a random set \| 0\.0020 \|/);
  assert.match(
    section({}),
    /\| s above which both p are below 0\.05 \| 0\.8340 \|/,
  );
  assert.match(
    section({ monte_carlo_se: 0.01 }),
    /50 % of the spread between random sets, which is much\./,
  );
  assert.match(
    section({ monte_carlo_se: null, layouts: 1, repeats: 10 }),
    /error is not known:\*\* one embedding does not tell/,
  );
  assert.match(
    section({ monte_carlo_se: null, layouts: 1 }),
    /error is not known:\*\* one run does not tell/,
  );
});

Deno.test("a test that other seeds could turn is called undecided", () => {
  // 0.9 is 0.066 above the critical value.
  const close = { ...GOOD, monte_carlo_se: 0.0331 };
  assert.ok(isUndecided(close));
  assert.ok(!isUndecided({ ...close, monte_carlo_se: 0.0329 }));
  assert.ok(isUndecided({ ...close, statistic: 0.77 }));
  assert.ok(!isUndecided({ ...close, critical_value: null }));
  assert.ok(!isUndecided({ ...close, monte_carlo_se: null }));
  assert.ok(!isUndecided({ ...close, statistic: 0.834, monte_carlo_se: 0 }));
  const pca = { ...close, space: "pca", layouts: 1, repeats: 3 };
  const text = formatSection(close, pca, { ...GOOD, space: "genes" });
  assert.match(text, /\| uniform \| UMAP \| .* \| yes, undecided \|/);
  assert.match(text, /\| uniform \| Genes \| .* \| yes \|/);
  assert.match(
    text,
    /\*\*Undecided by the luck of embeddings and k-means: against random genes in UMAP space and against random genes in principal component space\.\*\* .* `--clusters\.layouts 8 --clusters\.repeats 12`, added .* halves the error/,
  );
  assert.doesNotMatch(formatSection(GOOD), /Undecided/);
  assert.match(
    formatVerdict(findings(close, pca)),
    /\*\*Significant in all 2 tests\*\* .* \*\*Undecided by the luck/,
  );
});
