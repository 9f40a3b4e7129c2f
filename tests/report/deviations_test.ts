/** The table of the departures from the study. */

import assert from "node:assert/strict";
import { reportOf } from "./make_report.ts";

Deno.test("every deviation has its row", async () => {
  const report = await reportOf();
  const rows = [...report.matchAll(/^\| (\d+) \| (.+) \| (.+) \| (.+) \|$/gm)]
    .filter(([line]) => !/^\| \d+ \| \d+ \|/.test(line));
  assert.deepEqual(
    rows.map(([, number]) => Number(number)),
    rows.map((_, index) => index + 1),
  );
  const words = [
    /anew in every notebook/,
    /seed to UMAP only/,
    /both sides of the split/,
    /wrote the cluster number/,
    /tissue label among them/,
    /one random set several times/,
    /13,670 genes with random sets of 2,423/,
    /29 clusters whatever/,
    /k-means restarts within a set/,
    /on the UMAP embedding only/,
    /200 unseeded draws/,
    /order of the columns/,
    /moving averages of batch normalization/,
    /genes of any level of expression/,
    /how many genes enter the set by chance/,
    /explained one network/,
    /scores tell of what the network learnt/,
    /without regard to the tissues/,
    /ranked the genes on test samples/,
    /gradients for every class/,
    /a bias in front of batch normalization/,
    /trained with epochs 50/,
    /trained with Keras/,
    /spectral layout/,
    /maize RNA-seq samples/,
  ];
  assert.equal(rows.length, words.length);
  rows.forEach((row, index) => assert.match(row[2], words[index]));
});

Deno.test("a deviation that this run does not make is not claimed", async () => {
  assert.match(await reportOf(), /no groups were given in this run, so this/);
  assert.match(await reportOf(), /UMAP only in this run, so this weakness/);
  assert.match(
    await reportOf({ spaces: ["umap", "pca"] }),
    /shown in UMAP space, principal component space/,
  );
  assert.match(
    await reportOf({ statistics: "moving" }),
    /Its batch normalization uses the moving averages/,
  );
  assert.match(
    await reportOf({ ttest: { genes: 2423 } }),
    /as in the study, the sizes do not match/,
  );
  assert.doesNotMatch(await reportOf({ epochs: 50 }), /trained with epochs/);
});

Deno.test("the report tells how the draws were made", async () => {
  const told = (alphas: string, backgrounds: string) =>
    reportOf({ shapParameters: { alphas, backgrounds } });
  assert.match(
    await told("steep", "balanced"),
    /seeded; one in each of .*, short parts where .* changes most, .*; background samples spread over the tissues;/,
  );
  assert.match(
    await told("stratified", "random"),
    /way from background to sample; background samples at random, as in the/,
  );
  assert.match(
    await told("random", "random"),
    /seeded; anywhere on the way, as in the study; background samples at/,
  );
});
