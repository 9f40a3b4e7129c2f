/** What the report says of the network. */

import assert from "node:assert/strict";
import { metrics as metricsFile } from "../../lib/cnn/outputs.ts";
import type { ByGroups } from "../../lib/cnn/by_groups.ts";
import type { Metrics } from "../../lib/cnn/outputs.ts";
import { cnnSection } from "../../lib/cnn/section.ts";
import { WORK_LIMIT } from "../../lib/cnn/training_work.ts";
import type { Comparison } from "../../lib/cnn/section/findings.ts";
import { prepareSection } from "../../lib/prepare/section.ts";
import type { DataRows } from "../../lib/prepare/section/rows.ts";
import { RunReport } from "../../lib/report/run_report.ts";
import type { StageRecord } from "../../lib/store/record.ts";
import { stageFiles } from "../stage_files.ts";
import { openingOf } from "../said.ts";

const TISSUES = ["leaf", "root"];

const tissues = TISSUES.map((tissue) => ({
  tissue,
  precision: 0.9,
  recall: 1,
  f1: 0.95,
  support: 6,
}));

/** A rival's scores, and how it compares with the network. */
function rival(
  { macro_f1, right, b, c, p = 0.5, by_groups = null }: {
    macro_f1: number;
    right: number;
    b: number;
    c: number;
    p?: number;
    by_groups?: ByGroups | null;
  },
) {
  return {
    macro_f1,
    accuracy: right / 12,
    balanced_accuracy: 0.5,
    tissues,
    penalties: [
      { fold: 1, penalty: 12.5, chosen_by: "validation samples" as const },
    ],
    only_network_right: b,
    only_rival_right: c,
    p,
    adjusted_p: p,
    by_groups,
    f1_difference: { difference: 0.95 - macro_f1, low: -0.0401, high: 0.2 },
  };
}

/** All rivals with the same numbers, changed for some. */
function rivalsOf(
  common: Parameters<typeof rival>[0],
  changes: Partial<
    Record<keyof NonNullable<Metrics["baselines"]>, Parameters<typeof rival>[0]>
  > = {},
) {
  return {
    nearest_centroid: rival(changes.nearest_centroid ?? common),
    five_nearest_neighbors: rival(changes.five_nearest_neighbors ?? common),
    ridge: rival(changes.ridge ?? common),
    logistic_regression: rival(changes.logistic_regression ?? common),
  };
}

/** One network, 12 test samples. */
const made: Metrics = {
  macro_f1: 0.95,
  accuracy: 0.95,
  test_samples: 12,
  tissues,
  confusion: { tissues: TISSUES, counts: [[5, 1], [2, 5]] },
  balanced_accuracy: 0.94,
  swaps: { seed: 77, ways: 2001, unit: "samples" },
  baselines: {
    nearest_centroid: rival({ macro_f1: 0.8, right: 9, b: 2, c: 0 }),
    five_nearest_neighbors: rival({ macro_f1: 0.7, right: 8, b: 3, c: 0 }),
    ridge: rival({ macro_f1: 0.91, right: 11, b: 1, c: 1 }),
    logistic_regression: rival({ macro_f1: 0.9, right: 11, b: 0, c: 0 }),
  },
  kept_epoch: 30,
  epochs: 30,
  updates: 120,
  batches_an_epoch: 4,
  batch_norm_statistics: "recomputed",
  n_parameters: 12345,
  image_side: 7,
  multiply_adds: 1e9,
  ...networks(1, 1),
};

const untested = {
  macro_f1: null,
  accuracy: null,
  balanced_accuracy: null,
  swaps: null,
  test_samples: 0,
  tissues: null,
  confusion: null,
  baselines: null,
};

/** Networks of macro F1 0.90, 0.92, 0.94 ... */
function networks(folds: number, ensemble: number) {
  return {
    folds,
    ensemble,
    networks: Array.from({ length: folds * ensemble }, (_, index) => ({
      fold: Math.floor(index / ensemble) + 1,
      member: index % ensemble + 1,
      macro_f1: 0.9 + 0.02 * index,
      accuracy: 0.9 + 0.02 * index,
      kept_epoch: 30 - index,
    })),
  };
}

/** What the report says of such metrics. */
async function report(
  changes: Partial<Metrics> = {},
  findings: Partial<Comparison> = {},
  decoys = 0,
  ensemble: number | "auto" = 1,
  columns: "file" | "member" = "file",
) {
  const root = await Deno.makeTempDir();
  await Deno.mkdir(`${root}/cnn`);
  const files = stageFiles(root, `${root}/cnn`);
  await files.write(metricsFile, { ...made, ...changes });
  const run = new RunReport({
    folder: "reports/made",
    pipeline: files.pipeline,
    sections: new Map(),
    records: [
      { stage: "prepare", parameters: { group: "study" } } as Partial<
        StageRecord
      > as StageRecord,
      {
        stage: "cnn",
        parameters: { ensemble, columns },
        warnings: [],
        figures: ["learning_curves", "confusion_matrix", "tissue_f1"]
          .map((name) => ({ file: `${name}.svg`, caption: name })),
      } as Partial<StageRecord> as StageRecord,
    ],
    outdated: [],
    simulated: false,
  });
  run.set(prepareSection, { decoys } as Partial<DataRows> as DataRows);
  const artifact = (name: string) => Promise.resolve(`${root}/${name}`);
  const read = await cnnSection.read({ ...files, artifact }, run);
  await Deno.remove(root, { recursive: true });
  const found = {
    ...read,
    comparison: read.comparison && { ...read.comparison, ...findings },
  };
  return {
    found,
    text: cnnSection.write(found, run),
    warning: cnnSection.warning!(found, run),
    verdict: cnnSection.details!(found, run).join("\n"),
    point: cnnSection.points!(found, run).rivals!,
    headline: openingOf(cnnSection, found),
    citations: cnnSection.citations!(found),
    summary: cnnSection.summarize!(found),
    rest: run.remainingFigures("cnn"),
  };
}

Deno.test("network section: one network", async () => {
  const { text, verdict, citations, summary, rest } = await report();
  assert.match(text, /^Each sample is an image of 7 x 7 pixels, a gene a pix/);
  assert.match(text, /The network has 12,345 trained weights\./);
  assert.match(text, /It was trained for 30 epochs \(120 updates\), and/);
  assert.match(text, /were then recomputed over the whole training part/);
  assert.doesNotMatch(text, /networks of this kind|those of the first network/);
  assert.match(text, /\| network \(CNN\) \| 0\.950 \| 0\.950 \| 0\.940 \|/);
  assert.match(text, /\| nearest centroid \| 0\.800 \| 0\.750 \| 0\.500 \|/);
  assert.match(
    text,
    /\| ridge regression \| 1 \| 1 \| 0\.500 \| 0\.500 \| \+0\.040 \(95 % interval -0\.040 to \+0\.200\) \|/,
  );
  assert.match(text, /corrected for 4 tests by Holm/);
  assert.match(
    text,
    /swapped, a sample at a time, in 2,001 ways \(seed 77\)\. .*; it takes samples to be independent\./,
  );
  assert.match(text, /\| 1 \| 12\.5 \| 12\.5 \| validation samples \|/);
  assert.match(
    text,
    /root predicted as leaf \(2\), leaf predicted as root \(1/,
  );
  assert.match(text, /\| leaf \| 0\.900 \| 1\.000 \| 0\.950 \| 6 \|/);
  assert.deepEqual(
    [...text.matchAll(/\]\((cnn\/\w+\.svg)\)/g)].map(([, path]) => path),
    [
      "cnn/learning_curves.svg",
      "cnn/tissue_f1.svg",
      "cnn/confusion_matrix.svg",
    ],
  );
  assert.equal(rest, "");
  // Ridge gets as many right as logistic regression, with the higher macro F1.
  assert.match(
    verdict,
    /^The network is \*\*not\*\* shown to predict better than ridge regression, the best of the simple classifiers: of 12 test samples the network gets 11 right \(macro F1 0\.950\), ridge regression 11 \(0\.910\); 1 only the network, 1 only the other \(exact McNemar test, Holm-adjusted p = 0\.500\); the difference in macro F1 is \+0\.040 \(95 % interval -0\.040 to \+0\.200\); they differ on too few samples \(2\) for any difference to be significant\.$/,
  );
  assert.equal(summary.against_rivals, "not different");
  assert.equal(summary.ridge_macro_f1, 0.91);
  assert.equal(summary.nearest_centroid_macro_f1, 0.8);
  assert.equal(summary.networks, null);
  assert.match(citations.join("\n"), /McNemar.*\n.*Holm.*\n.*Yeh/);
});

Deno.test("network section: an ensemble's macro F1 and its spread", async () => {
  const { text, verdict, summary } = await report(networks(1, 3), {}, 4);
  assert.match(
    text,
    /3 networks of this kind .* 3 networks of the ensemble differ only in/,
  );
  assert.match(text, /macro F1 of 0\.900 to 0\.940 \(mean 0\.920\)\./);
  // The sd of 0.90, 0.92 and 0.94.
  assert.match(text, /of the same ensemble is 0\.020: this is the chance/);
  assert.match(text, /\| 1 \| 3 \| 28 \| 0\.940 \| 0\.940 \|/);
  assert.match(text, /\| mean of 3 networks \(CNN\) \| 0\.950/);
  assert.match(text, /The first one was trained for 30 epochs/);
  assert.match(text, /curves are those of the first network/);
  assert.match(text, /a gene or decoy a pixel/);
  assert.match(verdict, /of 12 test samples the mean of 3 networks gets 11 /);
  const { member_sd, ...spread } = summary.networks as Record<string, number>;
  assert.ok(Math.abs(member_sd - 0.02) < 1e-12);
  assert.equal(spread.ensemble, 3);
  assert.equal(spread.highest_macro_f1, 0.9 + 0.02 * 2);
});

Deno.test("network section: folds", async () => {
  const { text, found } = await report(networks(3, 1));
  assert.match(text, /Each of the 3 folds has its own, which predict and/);
  assert.match(text, /each on its own fold's test samples\./);
  assert.match(text, /learn from the training part of each fold/);
  assert.doesNotMatch(text, /differ only in|standard deviation/);
  assert.equal(found.spread!.member_sd, null);

  const both = await report(networks(2, 2));
  assert.match(both.text, /The 2 networks of each fold's ensemble differ/);
  // In each fold two scores that differ by 0.02.
  assert.match(both.text, /ensemble is 0\.014: this is the chance/);
});

Deno.test("network section: the verdict follows McNemar's test", async () => {
  const ahead = { macro_f1: 0.5, right: 4, b: 8, c: 1, p: 0.04 };
  const behind = { macro_f1: 0.99, right: 12, b: 0, c: 7, p: 0.03 };
  const even = { macro_f1: 0.97, right: 11, b: 4, c: 4, p: 1 };

  const better = await report({
    baselines: rivalsOf(ahead, { ridge: { ...ahead, right: 5 } }),
  });
  assert.match(
    better.verdict,
    /^The network predicts better than each simple classifier; the best of them is ridge regression: of 12 .* 8 only the network, 1 only the other/,
  );
  assert.match(
    better.point,
    /^the network reaches a macro F1 of 0\.950 and the best simple classifier, ridge regression, 0\.500: it is better than all of them$/,
  );

  // Better than all but one is not better than a simple classifier.
  const same = await report({
    baselines: rivalsOf(ahead, { logistic_regression: even }),
  });
  assert.match(
    same.verdict,
    /is \*\*not\*\* shown to predict better than logistic regression, though better than some of the simple/,
  );
  assert.match(
    same.point,
    /^the network reaches a macro F1 of 0\.950 and a simple classifier, logistic regression, 0\.970: it is \*\*not shown\*\* to be better$/,
  );
  assert.doesNotMatch(same.verdict, /too few samples/);

  const worse = await report({
    baselines: rivalsOf(ahead, { five_nearest_neighbors: behind, ridge: even }),
  });
  assert.match(
    worse.verdict,
    /^The network predicts \*\*worse\*\* than five nearest neighbors, a simple classifier: .* 0 only the network, 7 only the other .* p = 0\.0300\); the difference in macro F1 is -0\.040/,
  );
  assert.match(
    worse.point,
    / and a simple classifier, five nearest neighbors, .*: it is \*\*worse\*\*$/,
  );

  // A higher macro F1 is no evidence by itself, nor is a p of 0.05.
  const level = await report({ baselines: rivalsOf({ ...ahead, p: 0.05 }) });
  assert.match(level.point, /: it is \*\*not shown\*\* to be better$/);
});

Deno.test("network section: the adjusted p decides", async () => {
  const ahead = { macro_f1: 0.5, right: 4, b: 8, c: 1, p: 0.04 };
  const baselines = rivalsOf(ahead);
  baselines.ridge.adjusted_p = 0.16;
  const { verdict, found } = await report({ baselines });
  assert.match(verdict, /not\*\* shown .* Holm-adjusted p = 0\.160/);
  assert.equal(found.comparison!.named_rival.name, "ridge");
});

Deno.test("network section: the test by groups has to agree", async () => {
  const ahead = { macro_f1: 0.5, right: 4, b: 8, c: 1, p: 0.04 };
  const groupsOf = (adjusted_p: number, groups: number) => ({
    groups,
    p: adjusted_p / 4,
    adjusted_p,
    least_adjusted_p: 4 * 2 ** (1 - groups),
  });
  const alike = await report({
    baselines: rivalsOf({ ...ahead, by_groups: groupsOf(0.03, 12) }),
    swaps: { seed: 77, ways: 2001, unit: "groups" },
  });
  assert.match(
    alike.verdict,
    /^The network predicts better .* Holm-adjusted p = 0\.0400; by 12 groups \(`study`\) p = 0\.0300\);/,
  );
  assert.match(alike.point, /better than all of them$/);
  assert.match(
    alike.text,
    /\| c \| McNemar p \| adjusted p \| p by groups \| adjusted p by groups \|/,
  );
  assert.match(alike.text, /\| 0\.0400 \| 0\.0400 \| 0\.00750 \| 0\.0300 \|/);
  assert.match(
    alike.text,
    /takes the 12 groups of the test samples .* only if both adjusted p are below 0\.05\. /,
  );
  assert.match(
    alike.text,
    /swapped, a whole group at a time, in 2,001 ways \(seed 77\)/,
  );
  assert.ok(alike.citations!.some((text) => text.includes("Winkler")));

  const apart = await report({
    baselines: rivalsOf({ ...ahead, by_groups: groupsOf(0.2, 12) }),
  });
  assert.match(
    apart.verdict,
    /^The network is \*\*not\*\* shown .* p = 0\.0400; by 12 groups \(`study`\) p = 0\.200\);/,
  );
  assert.match(apart.point, /it is \*\*not shown\*\* to be better$/);
});

Deno.test("network section: too few groups leave the test by samples, with a reservation", async () => {
  const ahead = {
    macro_f1: 0.5,
    right: 4,
    b: 8,
    c: 1,
    p: 0.04,
    by_groups: {
      groups: 6,
      p: 0.03125,
      adjusted_p: 0.125,
      least_adjusted_p: 0.125,
    },
  };
  const few = await report({ baselines: rivalsOf(ahead) });
  assert.match(
    few.verdict,
    /^The network predicts better .* p = 0\.0400; the 6 groups \(`study`\) are too few to test by groups\);/,
  );
  assert.match(
    few.point,
    /better than all of them, if samples of a group are independent$/,
  );
  assert.match(
    few.text,
    /With so few groups its adjusted p cannot be below 0\.125, so McNemar's test decides alone/,
  );
  const some = await report({
    baselines: rivalsOf(ahead, { ridge: { ...ahead, p: 0.06 } }),
  });
  assert.match(
    some.verdict,
    /though better than some of the simple classifiers, if samples of a group are independent: of 12/,
  );
  // Nothing is claimed, so there is no reservation.
  const none = await report({ baselines: rivalsOf({ ...ahead, p: 0.06 }) });
  assert.match(none.verdict, /not\*\* shown .* p = 0\.0600\);/);
  assert.match(none.point, /it is \*\*not shown\*\* to be better$/);
});

Deno.test("network section: the same samples right", async () => {
  const { verdict } = await report({
    baselines: rivalsOf({ macro_f1: 0.95, right: 11, b: 0, c: 0, p: 1 }),
  });
  assert.match(
    verdict,
    /nearest centroids 11 \(0\.950\), the same samples; the difference in macro F1 is 0\.000 \(95 %/,
  );
  assert.doesNotMatch(verdict, /McNemar|too few/);
});

Deno.test("network section: the statistics that validation used", async () => {
  assert.match((await report()).text, /starting values were removed; Keras/);
  const { text } = await report({ batch_norm_statistics: "moving" });
  assert.match(text, /Validation normalizes by Keras's moving means/);
  assert.match(text, /uses the moving averages of the training\./);
});

Deno.test("network section: no scores without test samples", async () => {
  const { found, text, verdict, citations } = await report({
    ...untested,
    ...networks(1, 2),
  });
  assert.match(text, /There is no test sample, so nothing was tested/);
  assert.doesNotMatch(text, /simple classifiers|By themselves/);
  assert.match(verdict, /is not known: there is no test sample\.$/);
  assert.equal(found.comparison, null);
  assert.deepEqual(citations, []);
});

Deno.test("network section: names with markup break no table", async () => {
  const name = "a|b*_`<x>";
  const { text } = await report({
    tissues: [{ ...tissues[0], tissue: name }, ...tissues.slice(1)],
    confusion: { tissues: [name, "root"], counts: [[5, 1], [0, 5]] },
  });
  const escaped = "a\\|b\\*\\_\\`&lt;x&gt;";
  assert.ok(text.includes(`| ${escaped} | 0.900 |`));
  assert.ok(text.includes(`${escaped} predicted as root (1)`));
});

Deno.test("network section: the number of networks and its reason", async () => {
  const alone = await report();
  assert.match(
    alone.text,
    /^More networks make .*`--cnn\.ensemble 5`.* trains 5, .* take 1 s on two/m,
  );
  assert.doesNotMatch(alone.text, /The program chose/);
  const five = networks(1, 5);
  assert.doesNotMatch(
    (await report(five)).text,
    /networks make|The program chose/,
  );
  const work = { multiply_adds: WORK_LIMIT / 2 };
  const chosen = await report({ ...five, ...work }, {}, 0, "auto");
  assert.match(
    chosen.text,
    /^The program chose 5 networks: .* take 13 min on two cores, less than .* 25 min/m,
  );
  const fewer = await report({ ...networks(2, 2), ...work }, {}, 0, "auto");
  assert.match(
    fewer.text,
    /^The program chose 2 networks in each fold, because 5 would take longer than .* 25 min .* trains 5 in each fold, which is estimated to take 31 min/m,
  );
});

/** Metrics of test samples by true tissue (rows) and prediction. */
function metricsOf(counts: number[][]): Partial<Metrics> {
  const names = counts.map((_, index) => `t_${index}`);
  const samples = counts.flat().reduce((sum, count) => sum + count, 0);
  const right = counts.reduce((sum, row, index) => sum + row[index], 0);
  return {
    accuracy: right / samples,
    test_samples: samples,
    tissues: counts.map((row, index) => {
      const support = row.reduce((sum, count) => sum + count, 0);
      return {
        tissue: names[index],
        precision: 0.5,
        recall: support === 0 ? 0 : row[index] / support,
        f1: 0.5,
        support,
      };
    }),
    confusion: { tissues: names, counts },
  };
}

Deno.test("network section: no better than naming the largest tissue is said first", async () => {
  const { warning, point, headline, summary } = await report({
    ...metricsOf([[7, 3], [4, 6]]),
    macro_f1: 0.9,
  });
  assert.match(
    warning,
    /^\*\*The network is not shown to have learned the tissues\.\*\* It gets 13 of 20 test samples right; always naming t\\_0, the largest tissue, would get 10 \(binomial test, p = 0\.132\)\./,
  );
  assert.match(
    point,
    /^the network reaches a macro F1 of 0\.900: it is \*\*not shown\*\* to be better than always naming the largest tissue$/,
  );
  assert.equal(
    headline,
    "the network is not shown to have learned the tissues",
  );
  // 137,980 of 2^20 sequences have 13 heads or more.
  const p = summary.p_against_largest_tissue as number;
  assert.ok(Math.abs(p - 137980 / 2 ** 20) < 1e-12, `p ${p}`);
  const none = await report(metricsOf([[0, 5], [5, 0]]));
  assert.match(none.warning, /gets 0 of 10 .* \(binomial test, p > 0\.99\)/);
  const single = await report(metricsOf([[5, 0], [0, 0]]));
  assert.match(single.warning, /gets 5 of 5 .* t\\_0, .* would get 5 /);
  const better = await report(metricsOf([[9, 1], [2, 8]]));
  assert.doesNotMatch(better.warning, /not shown|predicted as|No sample/);
  assert.match(
    better.point,
    /: it is \*\*not shown\*\* to be better$/,
  );
  assert.equal(better.headline, "");
});

Deno.test("network section: one prediction for all, and tissues never right", async () => {
  const one = await report(metricsOf([[0, 5, 0], [0, 9, 0], [0, 2, 0]]));
  assert.match(one.warning, /Every test sample is predicted as t\\_1\./);
  assert.match(
    one.warning,
    /\*\*No sample of t\\_0, t\\_2 is predicted right:\*\* do not rely on the genes found for them\./,
  );
  const some = await report(metricsOf([[30, 0, 0], [0, 30, 0], [2, 0, 0]]));
  assert.doesNotMatch(some.warning, /Every test sample|not shown/);
  assert.match(
    some.warning,
    /No sample of t\\_2 is predicted right:\*\* .* it\./,
  );
  // A tissue without test samples is not said to be wrong.
  const absent = await report(metricsOf([[30, 0, 0], [0, 30, 0], [0, 0, 0]]));
  assert.doesNotMatch(absent.warning, /No sample of/);
});

Deno.test("network section: no error among few samples proves little", async () => {
  const few = await report(metricsOf([[6, 0], [0, 6]]));
  // 1 - 0.05^(1 / 12) = 0.221
  assert.match(few.warning, /All 12 test samples .* up to 22 % cannot be excl/);
  const many = await report(metricsOf([[40, 0], [0, 40]]));
  assert.doesNotMatch(many.warning, /cannot be excluded/);
});

Deno.test("network section: says if each network has its own order of genes", async () => {
  const { text } = await report({}, {}, 0, 2, "member");
  assert.match(
    text,
    /a gene a pixel; each network has them in a random order of its own\. The/,
  );
  assert.doesNotMatch((await report()).text, /order of its own/);
});
