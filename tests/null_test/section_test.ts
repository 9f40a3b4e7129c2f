/** What the report says of the tests. */

import assert from "node:assert/strict";
import { spaces } from "../../lib/clusters/spaces/spaces.ts";
import { nullModels } from "../../lib/null_test/null_models/null_models.ts";
import {
  dependsOnSeeds,
  dependsOnSets,
  FEWEST_SETS,
  hasStopped,
  isSignificant,
  isUndecided,
  leastP,
} from "../../lib/null_test/significance.ts";
import { formatVerdict as formatTestLines } from "../../lib/null_test/terminal_lines.ts";
import type { SpaceTest } from "../../lib/null_test/outputs.ts";
import {
  type TtestFindings,
  ttestSection,
} from "../../lib/null_test/section.ts";
import { allTestsPart } from "../../lib/null_test/section/all_tests.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { RunReport } from "../../lib/report/run_report.ts";
import type { StageRecord } from "../../lib/store/record.ts";
import { openingOf, said } from "../said.ts";

const GOOD: SpaceTest = {
  gene_set: "shap",
  null_model: "uniform",
  space: "umap",
  measure: "ami",
  sets: 199,
  layouts: 2,
  repeats: 1,
  genes: 300,
  null_mean: 0.8,
  null_sd: 0.02,
  statistic: 0.9,
  difference: 0.1,
  z: 5,
  t: 4.988,
  df: 198,
  p_t: 6.5e-7,
  log10_p_t: Math.log10(6.5e-7),
  sets_counted: 199,
  n_as_extreme: 0,
  p_empirical: 1 / 200,
  spaces: 1,
  p_adjusted: 1 / 200,
  p_adjusted_low: 0,
  p_adjusted_high: 0.0184,
  critical_value: 0.834,
  monte_carlo_se: 0.001,
  null_monte_carlo_se: 0.002,
  within_set_sd: 0.005,
  within_set_p_t: 4e-15,
  log10_within_set_p_t: Math.log10(4e-15),
  mean_gene_overlap: 0.3,
};

/** A test that stopped with 20 of 61 sets. */
const STOPPED = {
  difference: 0.01,
  z: 0.5,
  t: 0.498,
  p_t: 0.31,
  n_as_extreme: 20,
  sets_counted: 61,
  p_empirical: 20 / 61,
  p_adjusted: 0.66,
  p_adjusted_low: 0.21,
  p_adjusted_high: 1,
  critical_value: null,
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
      spaces: 3,
      mean_gene_overlap: null_model === "uniform" ? 0.3 : 0.62,
      ...(significant(null_model, space) ? {} : STOPPED),
    }))
  );
}

/** Findings of these tests. */
function findings(...tests: readonly SpaceTest[]): TtestFindings {
  return {
    crossFitted: true,
    tests,
    others: [],
    geneSets: [{
      gene_set: "shap",
      genes: 300,
      space: tests[0].space,
      embedding_seeds: [4711, 4712],
      kmeans_seeds: [1, 2],
      amis: [0.9, 0.9],
      v_measures: [0.95, 0.95],
    }],
    nullRows: Array.from({ length: 60 }, (_, index) => ({
      gene_set: "shap",
      null_model: "uniform",
      space: "umap",
      random_set: Math.floor(index / 2) + 1,
      gene_seed: 1000 + Math.floor(index / 2),
      shared_genes: 90,
      layout: index % 2 + 1,
      embedding_seed: 2000 + index,
      repeat: 1,
      kmeans_seed: index,
      homogeneity: 0.7,
      completeness: 0.7,
      v_measure: 0.8,
      ami: index % 2 ? 0.705 : 0.695,
      ari: 0.5,
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
  assert.match(
    text,
    /^the gene set separates the tissues \*\*better\*\* than .*: AMI in UMAP space 0\.900 against 0\.800 ± 0\.020 \(mean ± sd\), p = 0\.00500;/,
  );
  assert.match(
    text,
    /mean AMI in UMAP space is 0\.900 against 0\.800 ± 0\.020 .* 199 random sets of 300 genes\), a difference of 0\.100,/,
  );
  assert.match(
    text,
    /5\.0 standard deviations of random sets above their mean: far outside/,
  );
  assert.match(
    text,
    /0 of 199 random sets score at least as high: p = 0\.00500; t-test p below 0\.005\. Null hypothesis: the set's mean AMI is one more/,
  );
  assert.match(text, /What this does not show.* outside UMAP space/);
  assert.match(text, /ranked on the same samples that test them/);
  assert.doesNotMatch(text, /not fair|evidence is weak|ndecided/);
});

Deno.test("nothing is shown when p is large", () => {
  const text = verdictOn(STOPPED);
  assert.match(text, /^it is \*\*not shown\*\*/);
  assert.match(text, /well within the spread/);
  assert.match(
    text,
    / 20 of the first 61 random sets score at least as high: p = 0\.328;/,
  );
  assert.match(text, /A large p does not show/);
  assert.doesNotMatch(text, /\*\*better\*\*/);
});

Deno.test("a p just below the level is weak evidence", () => {
  const text = verdictOn({
    sets: 999,
    sets_counted: 999,
    p_empirical: 0.03,
    p_adjusted: 0.03,
    n_as_extreme: 29,
    p_adjusted_low: 0.0195,
    p_adjusted_high: 0.0414,
  });
  assert.match(text, /\*\*better\*\*/);
  assert.match(text, /29 of 999 random sets score at least as high/);
  assert.match(text, /The evidence is weak:\*\* p is close to 0\.05/);
  assert.doesNotMatch(verdictOn({ p_adjusted: 0.01 }), /evidence is weak/);
});

Deno.test("a p whose interval holds the level is undecided, whatever its side", () => {
  // 3 and 12 hits of 199 (Clopper-Pearson).
  const below = {
    p_adjusted: 0.02,
    p_adjusted_low: 0.003,
    p_adjusted_high: 0.0501,
  };
  const above = {
    p_adjusted: 0.065,
    p_adjusted_low: 0.0315,
    p_adjusted_high: 0.103,
  };
  for (const [test, side] of [[below, "below"], [above, "above"]] as const) {
    assert.ok(dependsOnSets({ ...GOOD, ...test }));
    assert.ok(isUndecided({ ...GOOD, ...test }));
    const shown = side === "below"
      ? /^the gene set separates the tissues \*\*better\*\* than/
      : /^it is \*\*not shown\*\* that/;
    const [clause, ...details] = verdictOn(test).split("\n");
    assert.match(clause, shown);
    assert.match(
      clause,
      /; but other random sets could change it: it is \*\*undecided\*\*$/,
    );
    assert.match(
      details.join("\n"),
      /of its size, but this is \*\*undecided\*\*, as other random sets could change it: its mean AMI/,
    );
    assert.match(
      verdictOn(test),
      /Undecided, because of the random sets that were drawn: against random genes in UMAP space \(adjusted p 0\.0\d+, 95 % interval 0\.0\d\d to 0\.\d{3}\)\.\*\*.*`--ttest\.sets 999`/,
    );
  }
  assert.ok(!dependsOnSets({ ...GOOD, ...below, p_adjusted_high: 0.0499 }));
  assert.ok(!dependsOnSets({ ...GOOD, ...above, p_adjusted_low: 0.05 }));
  assert.ok(!dependsOnSets({ ...GOOD, ...below, sets: 19 }));
});

Deno.test("AMI of all genes, and other measures, are given", () => {
  const amis = [{ gene_set: "shap", own: 0.613, all: 0.288 }];
  assert.match(
    formatVerdict({ ...findings(GOOD), amis }),
    /AMI is 0 on average.* is 0\.613 for the gene set and 0\.288 for all genes\./,
  );
  assert.doesNotMatch(verdictOn({}), /AMI is 0 on/);
  const others = [
    {
      ...GOOD,
      measure: "v_measure" as const,
      statistic: 0.95,
      null_mean: 0.85,
    },
    { ...GOOD, measure: "ari" as const, space: "pca", statistic: 0.7 },
  ];
  const found = { ...findings(GOOD), others };
  assert.match(
    formatVerdict(found),
    /By other measures of the same clusters: V-measure 0\.950 against 0\.850 ± 0\.020, p = 0\.00500\.$/m,
  );
  const section = ttestSection.write(found, report());
  assert.ok(section.includes(
    "| ARI | uniform | Principal components | 0.700 | 0.800 ± 0.020 | 0.100 | " +
      "5.00 | 0 of 199 | 0.00500 | 0.00500 |",
  ));
});

Deno.test("a null without spread is not defined, not infinite", () => {
  const text = verdictOn({ null_sd: 0, z: null, t: null, p_t: null });
  assert.match(text, /an effect that is not defined/);
  assert.doesNotMatch(text, /t-test/);
});

Deno.test("a score below the null is called so", () => {
  assert.match(
    verdictOn({ z: -2.5, p_t: 0.99, p_adjusted: 0.98 }),
    /2\.5 standard deviations of random sets below their mean: outside/,
  );
});

Deno.test("random sets of another size make the comparison unfair", () => {
  assert.match(verdictOn({ genes: 2423 }), /not fair.*2,423 genes.*300/);
});

Deno.test("several gene sets are named in the verdict", () => {
  const found = findings(GOOD, { ...GOOD, ...STOPPED, gene_set: "mine" });
  const mine = { ...found.geneSets[0], gene_set: "mine" };
  const text = formatVerdict({ ...found, geneSets: [...found.geneSets, mine] });
  assert.match(text, /^the gene set shap separates the tissues \*\*better/);
  assert.match(text, /not shown\*\* that the gene set mine separates/);
});

Deno.test("spaces and null models: where the set is significant", () => {
  const verdict = (significant: (model: string, space: string) => boolean) =>
    formatVerdict(findings(...spaceTests(significant)));
  assert.match(
    verdict((model, space) => model === "uniform" && space !== "pca"),
    /\*\*The spaces together:\*\* against random genes, better in UMAP space \(0\.00500\) and gene space \(0\.00500\) but not in principal component space \(0\.660\); against random genes with similar expression, not shown to be better in UMAP space \(0\.660\), principal component space \(0\.660\) or gene space \(0\.660\)\. .* Genes with similar mean, zeros and variation within tissues may do as well/,
  );
  assert.match(
    verdict((_, space) => space === "umap"),
    /A result in UMAP space only is weak/,
  );
  assert.match(
    verdict((model, space) => model === "uniform" && space === "umap"),
    /only is weak.* Genes with similar mean, zeros/,
  );
  assert.match(
    verdict(() => true),
    /together:\*\* against random genes, better in UMAP space \(0\.00500\), principal component space \(0\.00500\) and gene space \(0\.00500\); against .* each kind of random sets\.$/m,
  );
  assert.match(
    verdict((_, space) => space !== "umap"),
    /depends on the representation/,
  );
  assert.doesNotMatch(verdict(() => true), /Not tested in this run/);
  assert.match(
    verdictOn({}),
    /\*\*Not tested in this run:\*\* principal component space, gene space, random genes with similar expression\.$/,
  );
});

Deno.test("the adjusted p decides", () => {
  assert.ok(isSignificant({ p_adjusted: 0.0499 }));
  assert.ok(!isSignificant({ p_adjusted: 0.05 }));
});

Deno.test("a row a test, with its effect, its p and what it shares", () => {
  const text = formatSection(
    ...spaceTests((model, space) => model === "uniform" || space === "umap"),
  );
  assert.ok(text.includes(
    "| uniform | UMAP | 0.900 | 0.0010 | 0.800 ± 0.020 | 0.100 | 5.00 | " +
      "0 of 199 | 0.00500 | 0.00500 | &lt; 0.005 | 30 % | yes |",
  ));
  assert.ok(text.includes(
    "| matched | Genes | 0.900 | 0.0010 | 0.800 ± 0.020 | 0.010 | 0.50 | " +
      "20 of 61 | 0.328 | 0.660 | 0.310 | 62 % | no |",
  ));
  assert.match(text, /\*\*Outcome:\*\* against random genes, better in UMAP/);
  assert.match(text, /\(0\.660\)\. The result depends/);
  assert.match(
    text,
    /A count ends with the 20th that scores as high, .* 20 divided by the sets up to there/,
  );
  assert.match(
    text,
    /would be 4\.00e-15; it is &lt; 0\.005\. Of 6 tests, 6 would be significant; .* 4 are/,
  );
  assert.doesNotMatch(text, /Not everything was tested/);
  assert.doesNotMatch(formatSection(GOOD), /A count ends/);
});

Deno.test("a count that went on past the first look is told beside one that stopped", () => {
  const later = { ...GOOD, space: "pca", sets: 999, sets_counted: 999 };
  const stopped = { ...GOOD, ...STOPPED, null_model: "matched" };
  const part = (planned: number, ...tests: readonly SpaceTest[]) =>
    allTestsPart(tests, [], { spaces, nullModels }, planned);
  assert.match(
    part(999, GOOD, later, stopped),
    /20th that scores .* ended\. Any other count ends after 199 random sets if .* Only the others count up to 999\./,
  );
  assert.match(
    part(999, GOOD, stopped),
    /Any other count .* in every such test here, so none counts up to 999\./,
  );
  assert.doesNotMatch(part(199, GOOD, stopped), /ends after/);
});

Deno.test("a count of few sets that all score as high has not stopped", () => {
  const all = { sets: 10, sets_counted: 10, n_as_extreme: 10, p_empirical: 1 };
  assert.ok(!hasStopped(all));
  assert.ok(hasStopped({ ...all, sets_counted: 20, n_as_extreme: 20 }));
});

Deno.test("a count that ends at the first look: why, and how many could follow", () => {
  const known = { spaces, nullModels };
  const part = (planned: number, ...tests: readonly SpaceTest[]) =>
    allTestsPart(tests, [], known, planned);
  assert.match(
    part(999, GOOD),
    /A count ends after 199 random sets .* if 0\.05 is outside the 95 % interval of p\. That is so in every test here, so none counts up to 999\. p takes into account/,
  );
  assert.match(
    part(999, { ...GOOD, sets: 999 }, {
      ...GOOD,
      space: "pca",
      sets: 999,
      sets_counted: 999,
    }),
    /after 199 random sets .*\. Only the others count up to 999\./,
  );
  assert.doesNotMatch(part(199, GOOD), /A count ends/);
});

Deno.test("the outcome of all tests in plain words", () => {
  const section = (significant: (model: string, space: string) => boolean) =>
    formatSection(...spaceTests(significant));
  assert.match(section(() => true), /Outcome:.*\. In plain words: in every/);
  assert.match(section(() => false), /Outcome:.*\. In plain words: no test/);
  assert.match(
    section((_, space) => space === "umap"),
    /A result in UMAP space only is weak/,
  );
  assert.match(
    section((model) => model === "uniform"),
    /Genes with similar mean, zeros/,
  );
});

Deno.test("the verdict's point is short where all spaces agree", () => {
  const point = (significant: (model: string, space: string) => boolean) =>
    pointOf(findings(...spaceTests(significant)));
  assert.match(
    point(() => true),
    /; with p adjusted for the spaces, better in all 3 spaces against random genes and random genes with similar expression \(p at most 0\.00500\); its genes/,
  );
  assert.match(
    point(() => false),
    /, not shown to be better in any of 3 spaces against random genes or random genes with similar expression \(p at least 0\.660\);/,
  );
  assert.match(
    point((model, space) => model === "uniform" && space === "pca"),
    /, against random genes, better in principal component space \(0\.00500\) but not in UMAP space \(0\.660\) or gene space \(0\.660\); against random genes with/,
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

Deno.test("the null distribution's seeds are listed", () => {
  const text = formatSection(GOOD);
  for (let set = 1; set <= 30; set++) {
    assert.ok(
      text.includes(`| ${set} | ${999 + set} | 0.7000 |`),
    );
  }
  assert.ok(text.includes("`deno task ttest --reproduce 17`"));
});

function pointOf(found: TtestFindings): string {
  return ttestSection.points!(found, report()).random!;
}

Deno.test("too few random sets to be significant: said first, with the fewest that can", () => {
  const tests = spaceTests(() => false).map((test) => ({ ...test, sets: 10 }));
  const text = formatVerdict(findings(...tests));
  assert.match(
    text,
    /^\*\*Cannot be significant with 10 random sets:\*\* p cannot be below 1\/11 = 0\.0909, and significant is below 0\.05\. `--ttest\.sets 20`, added/,
  );
  assert.doesNotMatch(text, /The spaces together/);
  assert.equal(pointOf(findings(...tests)), "");
  assert.equal(
    openingOf(ttestSection, findings(...tests)),
    "no test against random genes can be significant with 10 random sets",
  );
  const section = formatSection(...tests);
  assert.match(
    section,
    /\*\*No test can be significant with 10 random sets\.\*\*/,
  );
  assert.doesNotMatch(section, /Outcome|no test shows/);
});

Deno.test("20 random sets are the fewest that can be significant at 0.05", () => {
  assert.equal(FEWEST_SETS, 20);
  for (const sets of [19, 20]) {
    const p = leastP(sets);
    assert.equal(isSignificant({ p_adjusted: p }), sets === 20);
    const few = {
      ...GOOD,
      sets,
      sets_counted: sets,
      p_empirical: p,
      p_adjusted: p,
      p_adjusted_high: 0.04,
    };
    const found = findings(few);
    assert.equal(/^\*\*Cannot be/.test(formatVerdict(found)), sets === 19);
    assert.equal(pointOf(found) === "", sets === 19);
    assert.equal(openingOf(ttestSection, found) === "", sets === 20);
    const lines = formatTestLines(few, 300);
    assert.equal(
      /cannot be rejected with 19 random sets: p cannot be below 0\.0500\. --ttest\.sets 20 or more/
        .test(lines),
      sets === 19,
    );
    assert.equal(/is rejected at 0\.05\.$/.test(lines), sets === 20);
  }
});

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
  assert.doesNotMatch(formatVerdict(all), /AMI is 0 on/);
  assert.equal(pointOf(all), "");
  assert.match(openingOf(ttestSection, all), /random genes shows nothing$/);
  assert.match(formatVerdict(of(1, 15)), /k is 1: all samples are one cluster/);
  assert.match(formatVerdict(of(14, 15)), /AMI is 0 on average/);
  assert.doesNotMatch(formatVerdict(of(14, 15)), /shows nothing/);
});

Deno.test("a set of all genes is not compared with anything", () => {
  const whole = findings({ ...GOOD, mean_gene_overlap: 1 });
  assert.match(
    formatVerdict(whole),
    /^\*\*The test shows nothing:\*\* the gene set holds all genes/,
  );
  assert.equal(pointOf(whole), "");
  assert.match(openingOf(ttestSection, whole), /random genes shows nothing$/);
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
    /\| s above which the adjusted p is below 0\.05 \| 0\.8340 \|/,
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
  assert.ok(dependsOnSeeds(close) && isUndecided(close));
  assert.ok(!dependsOnSeeds({ ...close, monte_carlo_se: 0.0329 }));
  assert.ok(dependsOnSeeds({ ...close, statistic: 0.77 }));
  assert.ok(!dependsOnSeeds({ ...close, critical_value: null }));
  assert.ok(!dependsOnSeeds({ ...close, monte_carlo_se: null }));
  assert.ok(
    !dependsOnSeeds({ ...close, statistic: 0.834, monte_carlo_se: 0 }),
  );
  const pca = { ...close, space: "pca", layouts: 1, repeats: 3 };
  const text = formatSection(close, pca, { ...GOOD, space: "genes" });
  assert.match(text, /\| uniform \| UMAP \| .* \| yes, undecided \|/);
  assert.match(text, /\| uniform \| Genes \| .* \| yes \|/);
  assert.match(
    text,
    /\*\*Undecided, because of the seeds of embeddings and k-means: against random genes in UMAP space and principal component space\.\*\* .* `--clusters\.layouts 8 --clusters\.repeats 12`, added .* halves the error/,
  );
  assert.doesNotMatch(formatSection(GOOD), /Undecided/);
  assert.match(
    formatVerdict(findings(close, pca)),
    /^the gene set .* better in all 2 spaces .*; but other seeds of embeddings and k-means could change all of these results: they are \*\*undecided\*\*\n/,
  );
});

Deno.test("what is shown stands before what luck could turn, also where both are true", () => {
  const clauseOn = (change: (test: SpaceTest) => Partial<SpaceTest>) =>
    formatVerdict(
      findings(
        ...spaceTests(() => true).map((test) => ({ ...test, ...change(test) })),
      ),
    ).split("\n")[0];
  const seeds = { monte_carlo_se: 0.0331 };
  const sets = {
    p_adjusted: 0.02,
    p_adjusted_low: 0.003,
    p_adjusted_high: 0.0501,
  };
  // The main test, significant in all spaces as the others are.
  const one = clauseOn(({ null_model, space }) =>
    null_model === "uniform" && space === "umap" ? seeds : {}
  );
  assert.match(
    one,
    /^the gene set separates the tissues \*\*better\*\* than .* better in all 3 spaces against .*; but other seeds of embeddings and k-means could change the result against random genes in UMAP space: it is \*\*undecided\*\*$/,
  );
  const several = clauseOn(({ null_model, space }) =>
    null_model === "uniform" ? { ...sets } : space === "umap" ? seeds : {}
  );
  assert.match(
    several,
    /; but other random sets could change the results against random genes in UMAP space, .* and gene space, and other seeds of embeddings and k-means could change the result against random genes with similar expression in UMAP space: they are \*\*undecided\*\*$/,
  );
  for (const clause of [one, several]) {
    assert.equal(clause.split("undecided").length, 2);
  }
  assert.doesNotMatch(clauseOn(() => ({})), /undecided|; but/);
});
