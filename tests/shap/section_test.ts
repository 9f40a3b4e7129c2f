/** The explanation, the draws and the verdict in the report. */

import assert from "node:assert/strict";
import type { ShapSummary } from "../../lib/shap/outputs.ts";
import { madeDecoys, partOf, report } from "./made_report.ts";

Deno.test("explanation: samples, additivity, cutoff and all figures", async () => {
  const { text, figuresLeft } = await report();
  assert.match(text, /each of 12 explained samples, with 100 draws a sample/);
  assert.match(
    text,
    /means over 2 networks\. What is explained is the probability of the predicted tissue\. 11 were predicted right; 11 of these are ranked\./,
  );
  // 0.05 of a mean |output - base value| of 0.5.
  assert.match(text, /mean \|gap\| is 0\.0500, 10 % of the mean .* \(0\.500\)/);
  assert.match(text, /until half or fewer of the genes listed are distinct\./);
  assert.match(
    text,
    /7 ranks went into the set; of the genes on them 50 % are distinct\./,
  );
  assert.match(text, /12 of 40 \(30 %\)\.\n/);
  assert.equal(figuresLeft, "");
  assert.match(text, /!\[.*\]\(shap\/cutoff_curve\.svg\)/);
  const folds = await report({ summary: { folds: 3, ensemble: 1 } });
  assert.match(folds.text, /sample; each .* networks that have not seen it/);
  const all = await report({
    summary: { samples: "all", ranked: 12, output: "log-odds" },
  });
  assert.match(
    all.text,
    /for its own tissue, whatever was predicted\. What is explained is the log-odds of that tissue, ln\(p \/ \(1 - p\)\)\. 11 were predicted right; 12 are ranked\./,
  );
  const some = await report({ summary: { fewest_draws: 50 } });
  assert.match(some.text, /with 50 to 100 draws a sample and network/);
});

Deno.test("explanation: whether neighbors in the image matter", async () => {
  const measured = { below: 0.07, right: -0.04, chance_sd: 0.011 };
  const { text } = await report({ summary: { image_neighbors: measured } });
  assert.match(
    text,
    /of a gene and of the gene below it are correlated by \+0\.070, those of a gene and the one to its right by −0\.040 \(means over tissues; random pairs: 0 ± 0\.011\)\. Other neighbors would give somewhat other scores, and every network has the same: `--cnn\.columns member`, added/,
  );
  const member = await report({
    summary: { image_neighbors: measured },
    columns: "member",
  });
  assert.match(
    member.text,
    /below it in a network's image are .* other scores, but no gene has the same ones in two networks\./,
  );
  const none = await report({
    summary: { image_neighbors: { ...measured, below: 0.043 } },
  });
  assert.match(none.text, /This is within chance\./);
  const unknown = { below: null, right: null, chance_sd: null };
  const few = await report({ summary: { image_neighbors: unknown } });
  assert.doesNotMatch(few.text, /Neighbors in the image/);
});

Deno.test("genes: what the networks agree on comes first, then each tissue's list", async () => {
  const text = await partOf("Genes of each tissue");
  assert.match(
    text,
    /^\n\*\*The genes to start with\*\* are in `shap\/consensus_genes\.csv`: 3 genes, counted in each tissue, that at least 80 % of the 2 networks .* their tissue \(unrelated rankings would agree on 2\)\. 2 networks are few; `--cnn\.ensemble 5`, added/,
  );
  assert.match(text, /\| leaf \| 3 \| 2 \| `Zm000` `bx1` `Zm002` \|/);
  assert.match(text, /\| root \| {2}\| 1 \| too few networks explain/);
  assert.match(text, /in `shap\/tissue_genes\.csv`: genes that are higher/);
  assert.match(text, /\| leaf \| 7 \| 0 \| `Zm000` `bx1` .* `Zm006` \|/);
  assert.match(text, /\| root \| 7 \| 1 \| `Zm003` .* `Zm009` \|/);
  assert.match(
    text,
    /4 genes .* 1 of 8 \(13 %\) are lower .* not ranked; `shap\/absent_genes\.csv` lists them/,
  );
  const few = await report({
    summary: {
      folds: 5,
      ensemble: 1,
      consensus: {
        voters: 5,
        top: 4,
        share: 0.8,
        tissues: ["leaf", "root"].map((tissue) => (
          { tissue, voters: 1, genes: null, chance_genes: 0 }
        )),
      },
    },
  });
  for (const words of [few.text, few.verdict]) {
    assert.doesNotMatch(words, /genes to start with|too few networks/);
    assert.match(
      words,
      /agree on is not known:.* explain 3 samples or more .*`--cnn\.ensemble 5`/,
    );
    assert.match(words, /\| leaf \| 7 \| 0 \| `Zm000` `bx1` .* `Zm006` \|/);
  }
  assert.match(few.verdict, /\*\*Each tissue's genes\*\*/);
  const single = await partOf("Genes of each tissue", {
    summary: { consensus: null, direction: "both" },
  });
  assert.doesNotMatch(single, /consensus/);
  assert.match(single, /whatever the direction in which they change/);
  assert.match(single, /They are ranked among the others/);
});

Deno.test("tissues that were left out are named with the remedy", async () => {
  const tissues_left_out = [
    { tissue: "seed", samples: 1 },
    { tissue: "ear", samples: 0 },
  ];
  const { text, verdict } = await report({ summary: { tissues_left_out } });
  for (const words of [text, verdict]) {
    assert.match(
      words,
      /\*\*Left out\*\*, with fewer than 3 explained samples: seed \(1\), ear \(0\)\. `--folds 5`/,
    );
  }
  const folds = await report({ summary: { tissues_left_out, folds: 5 } });
  assert.match(folds.verdict, /`--shap\.min-samples 1`, added/);
  assert.doesNotMatch((await report()).verdict, /Left out/);
});

Deno.test("other attributions are named, with what their scores miss", async () => {
  const row = { fold: 1, explained_tissue: "leaf", score_sum: 1 };
  const attributed = [0.1, 0.3, 0.2].map((gap, index) => ({
    ...row,
    attribution: "integrated-gradients" as const,
    sample_id: `s${index}`,
    model_output: 3 + gap,
    baseline_output: 2,
    completeness_gap: gap,
  }));
  const other = {
    ...row,
    attribution: "gradient-x-input" as const,
    sample_id: "s0",
    model_output: null,
    baseline_output: null,
    completeness_gap: null,
  };
  const both = await partOf("Scores", { attributed: [...attributed, other] });
  assert.match(
    both,
    /by integrated gradients and by gradient x input \(`shap\/attributions\.csv`\); .* With 32 steps integrated gradients miss 17 % of/,
  );
  const one = await partOf("Scores", { attributed: [other] });
  assert.match(one, /attributed by gradient x input \(`/);
  assert.doesNotMatch(one, /With 32 steps|With 1 /);
  assert.doesNotMatch(await partOf("Scores"), /Other attributions/);
});

Deno.test("draws: error, and overlap with a rerun", async () => {
  const text = await partOf("Other draws");
  assert.match(text, /100 a sample and network, taken in 2 rounds/);
  // 0.02 of a mean |output - base value| of 0.5.
  assert.match(text, /error is 0\.0200 on average, 4\.0 % of the mean/);
  assert.match(text, /name \*\*86 %\*\* of each tissue's 4 best genes again/);
  assert.match(text, /share 80 % and whose rank correlation is 0\.77/);
  assert.match(text, /by the luck of the draws\. `--shap\.max-draws 400`/);
  assert.match(
    text,
    /by the draws alone is in `shap\/tissue_genes\.csv` \(`error_of_draws`\)/,
  );
  assert.doesNotMatch(text, /above zero/);
  assert.match(
    await partOf("Other draws", { summary: { draws_asked: 100 } }),
    /`--shap\.draws auto`, added .* until 95 % are expected\./,
  );
});

Deno.test("draws: the report has a level of its own, below that of auto", async () => {
  const draws = (expected_overlap: number) =>
    partOf("Other draws", {
      summary: {
        draws_stability: {
          top: 4,
          overlap_of_halves: 0.8,
          expected_overlap,
          spearman_of_halves: 0.77,
        },
      },
    });
  assert.match(await draws(0.9), /at least 90 %: the draws hardly matter/);
  assert.match(await draws(0.899), /less than 90 %: some of the best genes/);
});

Deno.test("draws: a single one has no error", async () => {
  const none = { draws_stability: null, mean_standard_error: null };
  assert.match(
    await partOf("Other draws", { summary: none }),
    /Not done: .*`--shap\.draws 100`/,
  );
});

Deno.test("verdict: the size of the set", async () => {
  const { verdict } = await report();
  assert.match(
    verdict,
    /7 best genes of each tissue, down to the cutoff, make/,
  );
  assert.match(verdict, /12 genes of 40 \(30 %\)\./);
  assert.doesNotMatch(verdict, /hardly specific/);
  const large = await report({ summary: { genes: 26 } });
  assert.match(large.verdict, /hardly specific/);
});

Deno.test("verdict: the noise rate, and a cutoff that does not look at it", async () => {
  const verdictOf = async (
    decoys: Partial<typeof madeDecoys>,
    cutoff_rule: "unique" | "noise" = "unique",
  ) =>
    (await report({
      summary: { cutoff_rule, decoys: { ...madeDecoys, ...decoys } },
    })).verdict;
  assert.match(
    await verdictOf({}),
    /The noise rate of the ranking is 74 % \(95 % interval 1\.0 % to 100 %\): how often a decoy, .* not how many genes are specific\. \*\*The cutoff does not/,
  );
  assert.doesNotMatch(
    await verdictOf({ noise_rate: 1 / 12 }),
    /does not look at noise/,
  );
  assert.doesNotMatch(await verdictOf({}, "noise"), /not look at noise/);
  const none = await report({ summary: { decoys: null } });
  assert.doesNotMatch(none.verdict, /noise rate/);
  assert.match(none.verdict, /\*\*Not done in this run:\*\* decoys; \[Robust/);
});

Deno.test("verdict: other networks count before other draws", async () => {
  const { verdict } = await report();
  assert.match(verdict, /share 55 % of .* 4 best genes \(by chance 10 %\)/);
  assert.doesNotMatch(verdict, /86 %/);
  assert.match(
    verdict,
    /More under \[Robustness of the gene set\]\(#robustness-of-the-gene-set\)/,
  );
  const single = await report({ summary: { networks_stability: null } });
  assert.match(single.verdict, /name 86 % of each tissue's 4 best genes/);
  assert.match(single.verdict, /\*\*Not done .* an ensemble of networks; \[Ro/);
});

Deno.test("the summary holds the numbers, and works are cited", async () => {
  const { summary, citations } = await report();
  assert.equal(summary.genes, 12);
  assert.equal(summary.genes_in_matrix, 40);
  assert.equal(summary.gap_share, 0.1);
  const { decoys, networks_stability } = summary as Record<
    string,
    Record<string, unknown>
  >;
  assert.equal(decoys.selected, 1);
  assert.equal(networks_stability.overlap, 0.55);
  assert.match(citations, /Erion .*\ndecoys: Elias and Gygi/);
  const none = await report({ summary: { decoys: null } });
  assert.doesNotMatch(none.citations, /decoys/);
});

Deno.test("verdict: scores that explain little come first, with what helps", async () => {
  const sound = await report();
  assert.doesNotMatch(sound.verdict, /explain little/);
  assert.doesNotMatch(sound.headline, /explain little/);
  const { verdict, headline, summary } = await report({
    summary: { median_gap_share: 0.6, draws: 50 },
    learningRate: 1,
  });
  assert.match(
    verdict,
    /^\*\*The scores explain little of the network's output:\*\* their sum misses 60 % of it \(median over 12 samples\)/,
  );
  assert.match(verdict, /`--shap\.output centered-logit`, added to/);
  assert.match(verdict, /`--cnn\.learning-rate 0\.0003`, added to/);
  // 50 (0.6 / 0.1)^2
  assert.match(verdict, /`--shap\.draws 1800`, added .* takes enough draws/);
  assert.match(
    headline,
    /^the scores explain little of the network's output; SHAP selects 12 genes$/,
  );
  assert.equal(summary.median_gap_share, 0.6);
  const usual = await report({
    summary: { median_gap_share: 0.6, output: "centered-logit" },
  });
  assert.doesNotMatch(usual.verdict, /learning-rate|--shap\.output/);
  // A third itself is not too much.
  const third = await report({ summary: { median_gap_share: 1 / 3 } });
  assert.doesNotMatch(third.verdict, /explain little/);
});

Deno.test("verdict: tissues whose scores miss much, or that have none", async () => {
  const { verdict, headline } = await report({
    summary: {
      tissues_missed: [{ tissue: "ro_ot", gap_share: 0.4 }],
      tissues_without_scores: ["e*ar"],
    },
  });
  assert.match(
    verdict,
    /output\*\* in ro\\_ot \(40 %\): so much of it their sum misses .*`--shap\.draws 1600`/,
  );
  assert.match(verdict, /\*\*Nothing is ranked\*\* in e\\\*ar: all genes/);
  assert.doesNotMatch(headline, /explain little/);
  assert.doesNotMatch((await report()).verdict, /Nothing is ranked/);
});

Deno.test("verdict: the study's rule with two tissues is all or nothing", async () => {
  assert.match(
    (await report()).verdict,
    /\*\*With two tissues the cutoff unique is all or nothing: .*`--shap\.cutoff top`, added/,
  );
  assert.match(
    (await report({ summary: { cutoff_rule: "stable" } })).verdict,
    /genes of each tissue that come again on halves .*, at most 7, make a set/,
  );
  assert.doesNotMatch(
    (await report({ summary: { cutoff_rule: "top" } })).verdict,
    /all or nothing/,
  );
});

Deno.test("verdict: a set of all genes selects nothing, and one of few is small", async () => {
  const all = await report({ summary: { genes: 40, cutoff_rule: "top" } });
  assert.match(
    all.headline,
    /^the gene set is all 40 genes and selects nothing$/,
  );
  assert.match(
    all.verdict,
    /\*\*The set is all genes: it selects nothing\.\*\*/,
  );
  assert.doesNotMatch(all.verdict, /hardly specific/);
  // Down to rank 8 there are 20 of 40 genes.
  assert.match(
    all.verdict,
    /`--shap\.cutoff top --shap\.top 8`, added .* half\./,
  );
  const few = await report({ summary: { genes: 4 } });
  assert.match(few.verdict, /A set of 4 genes is small: one gene decides/);
  assert.doesNotMatch((await report()).verdict, /is small|--shap\.top/);
});

Deno.test("verdict: networks that agree no more than by chance", async () => {
  const agree = (overlap: number) =>
    report({
      summary: {
        networks_stability: {
          ensemble: 2,
          top: 4,
          overlap,
          overlap_top_10: 0.2,
          spearman: 0.1,
          chance_overlap: 0.1,
        },
      },
    });
  assert.match((await agree(0.2)).verdict, /hardly predict another's/);
  assert.doesNotMatch((await agree(0.3)).verdict, /hardly predict another's/);
});

Deno.test("errors: the count on other samples, or why there is none", async () => {
  const title = "Other samples and other networks";
  const fold = (judged: number, above_two_errors: number | null) => ({
    fold: 1,
    explained: 15,
    listed_ranks: 7,
    genes: 12,
    judged,
    above_two_errors,
  });
  const partWith = (summary: Partial<ShapSummary>) =>
    partOf(title, { summary });
  assert.match(
    await partWith({ fold_lists: [fold(14, 9), fold(6, 2), fold(3, null)] }),
    /Of the genes that training samples listed, .* \*\*11 of 20\*\* \(55 %\) have a median score over the test samples, which had no part in the list, that is more than two/,
  );
  assert.match(
    await partWith({ fold_lists: [fold(14, 9)], folds: 5 }),
    /each fold's training samples .* of that fold, .* once for each fold/,
  );
  for (const fold_lists of [null, [fold(0, null)]]) {
    const text = await partWith({ fold_lists });
    assert.match(text, /is not said: it takes genes that were listed by other/);
    assert.doesNotMatch(text, /\*\*\d+ of/);
  }
  assert.match(
    await partWith({ ensemble: 1 }),
    /With one network .*ensemble 3/,
  );
});
