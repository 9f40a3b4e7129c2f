/** Replicates and folds in the sections on the data and the network. */

import assert from "node:assert/strict";
import { reportOf } from "./make_report.ts";

Deno.test("replicates: each network's macro F1, and their spread", async () => {
  const report = await reportOf({ replicates: 3, whole: true });
  assert.match(
    report,
    /3 networks of this kind .* 3 replicates differ in their/,
  );
  assert.match(report, /macro F1 of 0\.900 to 0\.940 \(mean 0\.920\)/);
  // The sd of 0.90, 0.92 and 0.94.
  assert.match(report, /between replicates is 0\.020: so much is the luck/);
  assert.match(report, /\| 1 \| 3 \| 28 \| 0\.940 \| 0\.940 \|/);
  assert.match(report, /0\.950 for the mean of 3 networks, 0\.800 for nearest/);
  assert.match(report, /\| mean of 3 networks \(CNN\) \| 0\.950/);
  assert.match(report, /the mean of 3 networks predicts and is explained/);
  assert.match(report, /curves are those of the first network/);
  assert.match(report, /a gene or decoy a pixel/);
});

Deno.test("one network is told as before", async () => {
  const report = await reportOf();
  assert.doesNotMatch(
    report,
    /networks of this kind|those of the first network|replicates differ/,
  );
  assert.match(report, /It was trained for 30 epochs/);
  assert.match(report, /`--folds 5`, added to \[the command at the end\]/);
  assert.match(report, /the same, on one split, so this weakness remains/);
});

Deno.test("folds: cross-fitting in data, network, verdict and deviations", async () => {
  const report = await reportOf({ folds: 3, grouped: true, whole: true });
  assert.match(report, /36 samples were tested in 3 folds, each by networks/);
  // 36 samples in 3 folds: 12 test and 24 train in each.
  assert.match(report, /In a fold 24 samples train, 0 validate and 12 test/);
  assert.match(report, /all in all 36 are tested\./);
  assert.match(report, /\| leaf \| 18 \| 18 \| 3 \|/);
  // Groups and folds both go by the sample's number modulo 3.
  assert.match(report, /All samples of one group are in the same fold/);
  assert.match(report, /Each of the 3 folds has its own, which predict and/);
  assert.match(report, /each on its own fold's test samples/);
  assert.match(report, /explained by networks that have not seen it/);
  assert.match(report, /one parting into 3 folds, made by prepare/);
  assert.match(report, /so part of this weakness remains/);
  assert.match(report, /cross-fitting: Chernozhukov/);
  assert.doesNotMatch(report, /--folds 5/);
});

Deno.test("a group that two folds test is told", async () => {
  // Groups go by the sample's number modulo 3, folds modulo 2.
  const report = await reportOf({ folds: 2, grouped: true });
  assert.match(report, /3 groups are in more than one fold/);
});
