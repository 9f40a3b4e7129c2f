/** SHAP's panels beside those of the simple rankings. */

import assert from "node:assert/strict";
import { rankingMethods } from "../../lib/rankings/methods.ts";
import { isSimple } from "../../lib/rankings/simple.ts";
import { find } from "../../lib/panels/find_rows.ts";
import {
  panelPredictions,
  type PanelRow,
  panels,
  type PanelsSummary,
  summary,
} from "../../lib/panels/outputs.ts";
import { bestRival } from "../../lib/panels/rivals.ts";
import { makeMatrix } from "./made_matrix.ts";
import { geneId, MadePanels, TISSUES } from "./made_run.ts";

const GENES = 60;

/** Genes 0 to 5 mark tissues; SHAP lists others, which mark nothing. */
function misled() {
  const samples = makeMatrix({
    genes: GENES,
    samples: 30,
    tested: 18,
    seed: 3,
    add: (tissue, gene) => Math.floor(gene / 2) === tissue ? 3 : 0,
  });
  const lists = Object.fromEntries(
    TISSUES.map((tissue, t) => [
      tissue,
      Array.from({ length: 10 }, (_, index) => geneId(10 + 10 * t + index)),
    ]),
  );
  return {
    samples,
    genes: Array.from({ length: GENES }, (_, gene) => geneId(gene)),
    foldLists: [lists],
    testLists: lists,
  };
}

Deno.test("the samples that only one ranking tells right are counted", async () => {
  const data = misled();
  await using run = await MadePanels.make(data);
  await run.judge({ sizes: ["1", "2"], sets: 79 });
  const predictions = (await run.read(panelPredictions))
    .filter(({ classifier }) => classifier === "nearest_centroid");
  const tissueOf = new Map(data.samples.map(({ id, tissue }) => [id, tissue]));
  const isRight = (ranking: string, size: number) =>
    predictions.filter((row) => row.ranking === ranking && row.size === size)
      .map((row) => row.predicted === tissueOf.get(row.sample_id));
  const { rivals } = await run.read(summary);
  assert.deepEqual(
    rivals.map(({ size, ranking }) => `${size} ${ranking}`),
    [1, 2, 0].flatMap((size) =>
      rankingMethods.map(({ name }) => name).filter(isSimple)
        .map((name) => `${size} ${name}`)
    ),
  );
  for (const { size, ranking, ...test } of rivals) {
    const [own, other] = [isRight("shap", size), isRight(ranking, size)];
    assert.equal(own.length, 54);
    assert.equal(
      test.only_shap_right,
      own.filter((right, at) => right && !other[at]).length,
    );
    assert.equal(
      test.only_ranking_right,
      other.filter((right, at) => right && !own[at]).length,
    );
    assert.ok(test.adjusted_p >= test.p && test.adjusted_p <= 1);
  }
});

Deno.test("samples of a group are compared as a whole", async () => {
  const { samples, ...data } = misled();
  const groups = 9;
  const seen = await Promise.all([true, false].map(async (hasGroups) => {
    await using run = await MadePanels.make({
      ...data,
      samples: samples.map((sample, at) => ({
        ...sample,
        ...hasGroups && { group: `donor${at % groups}` },
      })),
    });
    await run.judge({ sizes: ["1"], sets: 79 });
    return {
      rivals: (await run.read(summary)).rivals,
      verdict: (await run.report()).verdict,
    };
  }));
  const [grouped, alone] = seen;
  assert.ok(alone.rivals.every(({ by_groups }) => by_groups === null));
  assert.doesNotMatch(alone.verdict, /group/);
  const methods = grouped.rivals.filter(({ size }) => size === 1).length;
  const found = grouped.rivals.map(({ by_groups, ...test }, index) => {
    assert.deepEqual(
      { ...test, by_groups: null },
      alone.rivals[index],
    );
    assert.equal(by_groups!.groups, groups);
    assert.equal(
      by_groups!.least_adjusted_p,
      Math.min(1, methods * 2 ** (1 - groups)),
    );
    assert.ok(by_groups!.adjusted_p >= by_groups!.p);
    return by_groups!.p - test.p;
  });
  assert.ok(found.some((difference) => difference !== 0));
  assert.match(
    grouped.verdict,
    /adjusted p [=<] [\d.e-]+; by 9 groups p [=>] /,
  );
});

Deno.test("a better simple ranking is called better, in every sentence", async () => {
  await using run = await MadePanels.make(misled());
  const line = await run.judge({ sizes: ["1", "2"], sets: 79 });
  assert.match(line, /, [-\w' ]+, the best simple ranking, 0\.\d{3}/);
  const { verdict, summary: numbers } = await run.report();
  assert.equal(numbers.best_simple_ranking!.is, "better");
  assert.match(
    verdict,
    /^\*\*[-\w' ]+, the best of the simple rankings, is better than SHAP:\*\* macro F1 0\.\d{3} with 1 gene a tissue \(\d+ samples? predicted right only by it, \d+ only by SHAP; exact McNemar test of the samples, adjusted p [<=] [\d.e-]+\)$/m,
  );
  // Genes without a mark may still beat random ones by luck.
  const rows = (await run.read(panels)).map((row) =>
    row.ranking === "shap" && row.score === "centroid_macro_f1"
      ? { ...row, adjusted_p: 0.01 }
      : row
  );
  await Deno.writeTextFile(`${run.path}/${panels.file}`, panels.format(rows));
  assert.match(
    (await run.report()).headline,
    /better than random genes, but [-\w' ]+, a simple ranking, does better$/,
  );
});

Deno.test("better and worse need the score, the samples and a small p", () => {
  const row = (ranking: string, value: number): PanelRow => ({
    ranking,
    size: 1,
    genes: 8,
    score: "centroid_macro_f1",
    value,
    null_mean: 0.2,
    null_sd: 0.1,
    null_low: 0.1,
    null_high: 0.4,
    p: 0.01,
    adjusted_p: 0.02,
  });
  const titled = [
    "shap",
    "shap_test",
    "consensus",
    "fold_change",
    "welch_t",
  ].map((ranking) => ({
    ranking,
    title: ranking,
    seen: ranking === "shap_test",
    smallest_macro_f1: 1,
    smallest_ami: null,
  }));
  const test = (
    ranking: string,
    [only_shap_right, only_ranking_right]: readonly number[],
    adjusted_p: number,
    by_groups: PanelsSummary["rivals"][number]["by_groups"] = null,
  ): PanelsSummary["rivals"][number] => ({
    size: 1,
    ranking,
    only_shap_right,
    only_ranking_right,
    p: adjusted_p / 2,
    adjusted_p,
    by_groups,
  });
  const shap = row("shap", 0.7);
  const judged = (
    welch: number,
    counts: readonly number[],
    adjusted_p: number,
    by_groups: PanelsSummary["rivals"][number]["by_groups"] = null,
  ) => {
    // No rival are a list that has seen the samples, and one with SHAP's vote.
    const rows = [
      shap,
      row("shap_test", 0.99),
      row("consensus", 0.98),
      row("fold_change", 0.4),
      row("welch_t", welch),
    ];
    const rival = bestRival(rows, {
      rankings: titled,
      rivals: [
        test("fold_change", [9, 0], 0.001),
        test("welch_t", counts, adjusted_p, by_groups),
      ],
    }, shap)!;
    assert.equal(rival.row, find(rows, "welch_t", 1, "centroid_macro_f1"));
    return rival.is;
  };
  assert.equal(judged(0.9, [2, 30], 0.001), "better");
  assert.equal(judged(0.9, [2, 30], 0.05), "not different");
  assert.equal(judged(0.9, [30, 2], 0.001), "not different");
  // The groups have to agree, if there are enough of them.
  const groups = { groups: 12, p: 0.02, least_adjusted_p: 0.001 };
  const by = (adjusted_p: number, least_adjusted_p = 0.001) =>
    judged(0.9, [2, 30], 0.001, { ...groups, adjusted_p, least_adjusted_p });
  assert.equal(by(0.04), "better");
  assert.equal(by(0.06), "not different");
  assert.equal(by(0.5, 0.5), "better");
  assert.equal(judged(0.5, [30, 2], 0.001), "worse");
  assert.equal(judged(0.5, [5, 5], 1), "not different");
  assert.equal(
    bestRival([shap], { rankings: titled, rivals: [] }, shap),
    null,
  );
});
