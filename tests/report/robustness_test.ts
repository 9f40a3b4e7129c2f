/** The section on how far to believe the set, with and without each part. */

import assert from "node:assert/strict";
import { fakeChecks, fakeDecoys } from "./fake_robustness.ts";
import { fakeRun } from "./fake_run.ts";
import { makeReport, partOf, reportOf } from "./make_report.ts";

const chance = "Genes that are there by chance";
const model = "Is it the data or the model?";
const nulls = "Other spaces, other random sets";

/** A whole run with other decoys. */
const decoys = (otherwise: Partial<typeof fakeDecoys>) => ({
  whole: true,
  shap: { decoys: { ...fakeDecoys, ...otherwise } },
});

Deno.test("decoys: rate, genes by chance, and a rule that does better", async () => {
  const text = await partOf(chance, { whole: true });
  assert.match(text, /\*\*1 of 8 decoys entered the set \(13 %\)\.\*\*/);
  // 5 of 12 genes; with two decoys 2 / 8 * 40 / 12.
  assert.match(text, /about 5 of the 12 genes .* at most 42 % \(83 % with one/);
  assert.match(text, /every 100 genes in the set, up to about 42 may mean/);
  assert.match(text, /\*\*The cut does not keep chance out\.\*\* The study's/);
  // 0.3125, up to three decimals, as no cut has a rate of 0.1.
  assert.match(text, /`--shap\.cut fdr --shap\.fdr 0\.313`, added to \[the/);
  assert.match(text, /lowest rate of any cut is 31 %, down to rank 9/);
  // Down to rank 9: 1 / 8 * 40 / 40 = 0.125; down to rank 10 0.25.
  assert.match(text, /\| of this run \| 7 \| 12 \| 1 \|/);
  assert.match(text, /\| rate at most 20 % \| 9 \| 40 \| 0 \|/);
  assert.doesNotMatch(text, /at most 10 % \|/);
});

Deno.test("decoys: more genes by chance than the set holds are capped", async () => {
  const text = await partOf(
    chance,
    decoys({
      entered: 6,
      rate: 0.75,
      false_genes: 30,
      false_discovery_rate: 1,
    }),
  );
  assert.match(text, /30 would\. So up to about 12 of the 12 genes/);
  assert.match(text, /genes that mean nothing rank as well as the set/);
});

Deno.test("decoys: a low rate needs no other rule", async () => {
  const text = await partOf(
    chance,
    decoys({ false_discovery_rate: 0.08, lowest_false_discovery_rate: 0.05 }),
  );
  assert.match(text, /does not look at chance, and the rate is low all the/);
  assert.doesNotMatch(text, /--shap\.cut/);
});

Deno.test("decoys: a reachable rate is that of the default", async () => {
  const text = await partOf(
    chance,
    decoys({ lowest_false_discovery_rate: 0.06 }),
  );
  assert.match(text, /`--shap\.cut fdr`, added .* cuts where .* at most 10 %/);
});

Deno.test("decoys: where no cut helps, none is proposed", async () => {
  const text = await partOf(chance, decoys({ lowest_false_discovery_rate: 1 }));
  assert.match(text, /no cut of this ranking holds more than chance/);
  assert.doesNotMatch(text, /--shap\.cut/);
});

Deno.test("decoys: where the best cut is poor, it is not proposed", async () => {
  const text = await partOf(
    chance,
    decoys({ lowest_false_discovery_rate: 0.6 }),
  );
  assert.match(text, /No cut makes this ranking .* rank 9, has a rate of 60 %/);
  assert.doesNotMatch(text, /--shap\.cut/);
});

Deno.test("decoys: none among few is no proof of none", async () => {
  const text = await partOf(
    chance,
    decoys({ entered: 0, rate: 0, false_genes: 0, false_discovery_rate: 0 }),
  );
  // 1 / 8 * 40 / 12
  assert.match(text, /\*\*None of 8 decoys .* would be 42 %: so few decoys/);
});

Deno.test("decoys: a cut by the rate is told as one", async () => {
  const wishes = { whole: true, shap: { cut: "fdr" } };
  assert.match(await partOf(chance, wishes), /last as low as asked for/);
  const report = await reportOf(wishes);
  assert.match(report, /last rank at which the false discovery rate/);
  assert.doesNotMatch(report, /does not keep chance out/);
  assert.match(report, /\| cut the tissues' lists where half .* \| cut at the/);
});

Deno.test("draws: error, overlap with a rerun, genes clear of zero", async () => {
  const text = await partOf("Other draws", { whole: true });
  assert.match(text, /100 a sample and network, taken in 2 rounds/);
  // 0.02 of a mean |output - expected| of 0.5.
  assert.match(text, /error is 0\.0200 on average, 4\.0 % of the mean/);
  assert.match(text, /name \*\*86 %\*\* of each tissue's 4 best genes again/);
  assert.match(text, /share 80 % and whose rank correlation is 0\.77/);
  assert.match(text, /by the luck of the draws\. `--shap\.max-draws 400`/);
  // 1 / i > 0.22 for i = 1 to 4.
  assert.match(text, /Of the 12 genes in the set, 4 have a score more than/);
  const asked = { whole: true, shap: { draws_asked: 100 } };
  assert.match(
    await partOf("Other draws", asked),
    /`--shap\.draws auto`, added/,
  );
});

Deno.test("networks: overlap beside chance, and the tissues' range", async () => {
  const text = await partOf("Another network", { whole: true });
  assert.match(text, /share \*\*55 %\*\* of each tissue's 4 best genes \(two/);
  assert.match(text, /would share 10 %\)\. .* is 0\.41/);
  assert.match(text, /from 50 % \(leaf\) to 60 % \(root\)/);
  assert.match(text, /most of the best genes come again/);
  // With 4 best genes there is no other ten.
  assert.doesNotMatch(text, /10 best/);
});

Deno.test("networks: words follow the overlap", async () => {
  const words = (overlap: number) =>
    partOf("Another network", {
      whole: true,
      shap: {
        networks_stability: {
          replicates: 3,
          top: 100,
          overlap,
          overlap_top_10: 0.65,
          spearman: 0.4,
          chance_overlap: 0.1,
        },
      },
    });
  assert.match(await words(0.85), /names much the same genes/);
  assert.match(await words(0.85), /65 % of the 10 best \(by chance 25 %\)/);
  assert.match(await words(0.4), /are the luck of one training/);
  assert.match(await words(0.15), /say next to nothing of another's/);
});

Deno.test("checks: a row each, the rerun as the ceiling", async () => {
  const text = await partOf(model, { whole: true });
  assert.match(text, /the same network, other draws \| 0\.80 \| 0\.95 \| 90 %/);
  assert.match(text, /all layers drawn anew \| 0\.10 \| 0\.80 \| 20 %/);
  assert.match(text, /trained on shuffled tissues \| 0\.20 \| 0\.70 \| 14 %/);
  assert.match(text, /4 best genes; by chance it is 10 %/);
  // 0.2 of 0.8 by rank correlation; overlaps keep 0.1 and 0.04 of 0.8.
  assert.match(text, /\*\*The scores depend on what .* at most 25 %/);
  assert.match(text, /learnt 97 % .* gives 13 % .* where guessing gives 16 %/);
  assert.match(text, /Scores without their signs agree more/);
});

Deno.test("checks: scores of the data are called so", async () => {
  const checks = (overlap: number, spearman = overlap) => ({
    whole: true,
    checks: {
      checks: fakeChecks.checks.map((row) =>
        row.check === "all_layers" ? { ...row, overlap, spearman } : row
      ),
    },
  });
  const all = await partOf(model, checks(0.88));
  assert.match(all, /\*\*The scores hardly depend on/);
  const some = await partOf(model, checks(0.5));
  assert.match(some, /\*\*The scores depend in part/);
  const blind = {
    whole: true,
    checks: {
      checks: fakeChecks.checks.map((row) => ({
        ...row,
        spearman: 0.02,
        overlap: 0.12,
      })),
    },
  };
  assert.match(await partOf(model, blind), /\*\*This check cannot tell\.\*\*/);
  const lucky = {
    whole: true,
    checks: {
      checks: [...fakeChecks.checks, {
        check: "replicate",
        spearman: 0.24,
        spearman_absolute: 0.6,
        overlap: 0.22,
      }],
    },
  };
  const luck = await partOf(model, lucky);
  assert.match(luck, /a replicate, which learnt the same \| 0\.24 \| 0\.60/);
  // The ignorant keep 0.2 / 0.8, the replicate 0.24 / 0.8.
  assert.match(luck, /not visibly on what .* at most 25 % .* replicate 30 %/);
  const lazy = {
    ...fakeChecks.shuffled_network,
    train_accuracy: 0.3,
  };
  assert.match(
    await partOf(model, { whole: true, checks: { shuffled_network: lazy } }),
    /learnt little even of what it was shown/,
  );
});

Deno.test("an older run says what was not done, and how to do it", async () => {
  const wishes = { stages: ["cnn", "shap", "clusters", "ttest"] };
  const flags: readonly (readonly [string, RegExp])[] = [
    [chance, /Not done: .*`--prepare\.decoys 0\.1`, added to \[the command/],
    ["Other draws", /Not done: .*`--shap\.draws 100`/],
    ["Another network", /Not done: .*`--cnn\.replicates 3`/],
    [model, /Not done: .*`deno task checks --run /],
    [nulls, /Not done: .*--ttest\.nulls uniform,matched`/],
  ];
  for (const [title, words] of flags) {
    assert.match(await partOf(title, wishes), words);
  }
  const report = await reportOf(wishes);
  assert.match(report, /No decoy genes were hidden/);
  assert.match(report, /\*\*Not done in this run:\*\* decoys, replicate netw/);
  const weak = report.match(/\| (not|the same) in this run, so this weakness/g);
  // Matched sets, decoys, replicates, checks.
  assert.equal(weak?.length, 4);
});

Deno.test("the summary holds the numbers of the section", async () => {
  const run = await fakeRun({ whole: true, replicates: 2 });
  try {
    const { summary } = await makeReport(run);
    const set = summary.gene_set as Record<string, Record<string, unknown>>;
    assert.equal(summary.decoys, 8);
    assert.equal(set.decoys.entered, 1);
    assert.equal(set.draws.genes_clear_of_zero, 4);
    assert.equal(set.networks_stability.overlap, 0.55);
    assert.equal(set.planted.true_false_discovery_rate, 0.5);
    const { held, tests } = summary.ttest as Record<string, unknown>;
    assert.equal(held, 4);
    assert.equal((tests as unknown[]).length, 6);
    assert.equal((summary.checks as Record<string, unknown>).depends, "yes");
  } finally {
    await Deno.remove(run, { recursive: true });
  }
});
