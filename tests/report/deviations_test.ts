/** The table of the departures from the study. */

import assert from "node:assert/strict";
import { scores } from "../../lib/clusters/outputs.ts";
import { metrics } from "../../lib/cnn/outputs.ts";
import { testResults } from "../../lib/null_test/outputs.ts";
import { decoys, folds, samples } from "../../lib/prepare/outputs.ts";
import { type ShapSummary, summary } from "../../lib/shap/outputs.ts";
import { TinyRun } from "./tiny_run.ts";

/** The rows of the table in the report of a run that was changed. */
async function deviationsOf(
  change: (run: TinyRun) => Promise<void> = () => Promise.resolve(),
): Promise<{ study: string; here: string }[]> {
  await using run = await TinyRun.copy();
  await change(run);
  const { report } = await run.report();
  const [, section] = report.split("\n## Deviations from the original study\n");
  const rows = section.split("\n## ")[0]
    .matchAll(/^\| (\d+) \| (.+) \| (.+) \| (.+) \|$/gm);
  return [...rows].map(([, number, study, here], index) => {
    assert.equal(Number(number), index + 1);
    return { study, here };
  });
}

/** What this run did where the study did that. */
async function here(
  study: RegExp,
  change?: (run: TinyRun) => Promise<void>,
): Promise<string> {
  const rows = await deviationsOf(change);
  const row = rows.find((row) => study.test(row.study));
  assert.ok(row, `no row ${study}`);
  return row.here;
}

const withParameters =
  (stage: string, values: Readonly<Record<string, string | number>>) =>
  (run: TinyRun) => run.setParameters(stage, values);

Deno.test("the order of the genes in the image is said", async () => {
  assert.match(await here(/order of the columns/), /^the same/);
  assert.match(
    await here(
      /order of the columns/,
      withParameters("cnn", { columns: "member" }),
    ),
    /^in a random order of each network's own$/,
  );
});

Deno.test("every deviation has its row", async () => {
  const rows = await deviationsOf();
  const words = [
    /again in every notebook/,
    /seeded only UMAP/,
    /both sides of the split/,
    /wrote the cluster number/,
    /tissue label included/,
    /one random set several times/,
    /13,670 genes with random sets of 2,423/,
    /29 clusters whatever/,
    /k-means restarts within a set/,
    /on the UMAP embedding only/,
    /200 unseeded draws/,
    /order of the columns/,
    /moving averages of batch normalization/,
    /genes of any level of expression/,
    /did not ask how noisy the ranking is/,
    /explained one network/,
    /scores show what the network learned/,
    /without regard to the tissues/,
    /ranked the genes on test samples/,
    /gradients for every class/,
    /log2\(x \+ 0\.001\) \+ 10/,
    /samples that were predicted right/,
    /whatever the direction/,
    /the probability of the tissue/,
    /a bias before batch normalization/,
    /where half of the genes listed are repeats/,
    /trained with blocks 4, width 1, hidden 512, epochs 50/,
    /trained with Keras/,
    /spectral layout/,
    /maize RNA-seq samples/,
  ];
  assert.equal(rows.length, words.length);
  rows.forEach(({ study }, index) => assert.match(study, words[index]));
});

Deno.test("groups are said to be kept together only if they were given", async () => {
  const study = /both sides of the split/;
  assert.match(await here(study), /^groups were given: each is on one side/);
  const none = (run: TinyRun) =>
    run.edit(
      samples,
      (rows) => rows.map((row) => ({ ...row, group: "" })),
    );
  assert.match(
    await here(study, none),
    /^no groups were given in this run; this weakness remains/,
  );
});

Deno.test("the spaces are those of the run", async () => {
  const study = /on the UMAP embedding only/;
  assert.match(
    await here(study),
    /^in 3 spaces \(UMAP, Principal components, Genes\), and tested in 3 of/,
  );
  const umap = async (run: TinyRun) => {
    await run.remove("ttest");
    await run.edit(
      scores,
      (rows) => rows.filter(({ space }) => space === "umap"),
    );
  };
  assert.match(
    await here(study, umap),
    /^UMAP only in this run; this weakness/,
  );
});

Deno.test("random sets of another size are called so", async () => {
  const study = /13,670 genes/;
  assert.match(await here(study), /^random sets have the gene set's size$/);
  const smaller = (run: TinyRun) =>
    run.edit(testResults, (results) => ({
      ...results,
      tests: results.tests.map((test) => ({ ...test, genes: 12 })),
    }));
  assert.match(
    await here(study, smaller),
    /have 12 genes, the set \d\d: as in the study, the sizes do not match$/,
  );
});

Deno.test("the settings of the training are those of the run", async () => {
  assert.match(
    await here(/^trained with blocks 4/),
    /^blocks 1, width 0\.0625, hidden 64, epochs 2, batch 32, learning-rate 0\.0003, ensemble 2$/,
  );
  const study = {
    ...{ blocks: 4, width: 1, hidden: 512 },
    ...{ epochs: 50, batch: 64, "learning-rate": 1e-4 },
  };
  const rows = await deviationsOf(async (run) => {
    await run.setParameters("cnn", study);
    await run.edit(metrics, (found) => ({
      ...found,
      epochs: 50,
      ensemble: 1,
    }));
  });
  assert.ok(rows.every(({ study }) => !/^trained with (?!Keras)/.test(study)));
  const normalization = /moving averages of batch normalization/;
  assert.match(
    await here(normalization),
    /^means and variances are recomputed/,
  );
  assert.match(
    await here(
      normalization,
      withParameters("cnn", { "batch-norm": "moving" }),
    ),
    /^the same, as requested/,
  );
});

Deno.test("the table says how the draws were made", async () => {
  const draws = (alphas: string, backgrounds: string, control = "none") =>
    here(
      /200 unseeded draws/,
      withParameters("shap", { alphas, backgrounds, control }),
    );
  assert.match(
    await draws("importance", "balanced", "background"),
    /seeded; one in each of .*, short parts where .* changes most, .*; background samples spread over the tissues, corrected by the mean of all;/,
  );
  assert.match(
    await draws("stratified", "random"),
    /path from background to sample; background samples at random, as in the study;/,
  );
  assert.match(
    await draws("uniform", "random"),
    /seeded; anywhere on the path, as in the study; background samples at/,
  );
});

Deno.test("safeguards that the run does without are weaknesses that remain", async () => {
  const rows = await deviationsOf();
  const matches = (pattern: RegExp) =>
    rows.filter(({ here }) => pattern.test(here)).length;
  assert.equal(matches(/30 decoys .* and give the ranking's noise rate/), 1);
  assert.equal(matches(/the mean of 2 networks predicts and is explained/), 1);
  assert.equal(matches(/random sets of genes with similar expression/), 1);
  assert.equal(matches(/compared with those of networks with random/), 1);
  const without = await deviationsOf(async (run) => {
    await run.remove("checks");
    await run.write(decoys, []);
    await run.edit(metrics, (found) => ({ ...found, ensemble: 1 }));
    await run.edit(testResults, (results) => ({
      ...results,
      tests: results.tests.filter((test) => test.null_model === "uniform"),
    }));
  });
  const weak = without.filter(({ here }) =>
    /^(not|the same) in this run; this weakness remains/.test(here)
  );
  // Matched sets, decoys, networks, checks.
  assert.equal(weak.length, 4);
});

Deno.test("with folds no sample is explained by its own network", async () => {
  const study = /ranked the genes on test samples/;
  assert.match(await here(study), /^the genes are ranked on training samples/);
  const tested = (run: TinyRun) =>
    run.edit(summary, (data) => ({ ...data, explained_part: "test" as const }));
  assert.match(
    await here(study, tested),
    /^the same, on one split; this weakness/,
  );
  const folded = async (run: TinyRun) => {
    await tested(run);
    const rows = await run.read(samples);
    await run.write(
      folds,
      [1, 2, 3].flatMap((fold) =>
        rows.map(({ sample_id }, index) => ({
          fold,
          sample_id,
          split: index % 3 === fold - 1 ? "test" as const : "train" as const,
        }))
      ),
    );
  };
  assert.match(
    await here(study, folded),
    /networks that have not seen it; .* so part of this weakness remains$/,
  );
  assert.match(
    await here(/again in every notebook/, folded),
    /^one division into 3 folds, made by prepare/,
  );
});

Deno.test("another transform has a row", async () => {
  const study = /^took log2\(x \+ 0\.001\) \+ 10 of the values$/;
  assert.equal(await here(study), "log2(x + 1)");
  assert.equal(
    await here(study, withParameters("prepare", { transform: "none" })),
    "the values as they were given",
  );
  const rows = await deviationsOf(
    withParameters("prepare", { pseudocount: 0.001, shift: 10 }),
  );
  assert.ok(rows.every((row) => !study.test(row.study)));
});

Deno.test("another rule for the cutoff has a row", async () => {
  const study = /^cut the tissues' lists where half/;
  assert.match(await here(study), /^cut at a fixed rank$/);
  const withRule = (cutoff_rule: "noise" | "unique") => (run: TinyRun) =>
    run.edit(summary, (data) => ({ ...data, cutoff_rule }));
  assert.match(
    await here(study, withRule("noise")),
    /^cut at the last rank with a noise rate/,
  );
  const rows = await deviationsOf(withRule("unique"));
  assert.ok(rows.every((row) => !study.test(row.study)));
});

Deno.test("what is ranked otherwise than in the study has a row", async () => {
  const changed = (changes: Partial<ShapSummary>) => (run: TinyRun) =>
    run.edit(summary, (data) => ({ ...data, ...changes }));
  assert.match(await here(/predicted right/), /explained for its own tissue/);
  assert.match(
    await here(/however few samples/, changed({ min_samples: 3 })),
    /^a tissue needs 3 samples/,
  );
  assert.match(
    await here(/explained the probability/, changed({ output: "log-odds" })),
    /^the log-odds of the tissue/,
  );
  const study = await deviationsOf(
    changed({ samples: "right", direction: "both" }),
  );
  assert.ok(
    study.every(({ study }) =>
      !/predicted right|whatever the direction/.test(study)
    ),
  );
});
