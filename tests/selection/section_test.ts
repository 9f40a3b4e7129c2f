/** The noise rate and networks in the report. */

import assert from "node:assert/strict";
import { madeDecoys, partOf, report } from "../shap/made_report.ts";

const NOISE = "Noise rate of the ranking";

/** A run with other decoys. */
const decoys = (changes: Partial<typeof madeDecoys>) => ({
  summary: { decoys: { ...madeDecoys, ...changes } },
});

Deno.test("noise: the rate, each tissue's, and a rule that is better", async () => {
  const text = await partOf(NOISE);
  assert.match(
    text,
    /\*\*The noise rate is 74 % \(95 % interval 1\.0 % to 100 %\)\.\*\* Of the decoys 13 % rank as high as the set \(1 of 8 decoys\); of the 40 genes, 30 % do\./,
  );
  assert.match(text, /how noisy the scores are, not how many genes are spec/);
  assert.match(text, /\| leaf \| 7 \| 0 \| 63 % \| 0 % to 100 % \|/);
  assert.match(text, /\*\*The cutoff does not look at noise\.\*\* The study's/);
  // 0.3125, up to three decimals, as no cutoff has a rate of 0.1.
  assert.match(
    text,
    /`--shap\.cutoff noise --shap\.noise-rate 0\.313`, added to \[the/,
  );
  assert.match(text, /lowest rate of any cutoff is 31 %, at rank 9/);
  // Down to rank 9: 1 / 9 * 40 / 40; down to rank 10 twice that.
  assert.match(text, /\| of this run \| 7 \| 12 \| 1 \| 74 % \| 1\.0 % to/);
  assert.match(
    text,
    /\| rate at most 20 % \| 9 \| 40 \| 0 \| 11 % \| 0 % to 37 % \|/,
  );
  assert.doesNotMatch(text, /at most 10 % \|/);
  assert.doesNotMatch(text, /false discover/);
});

Deno.test("noise: a rate of 1 is said in words", async () => {
  const text = await partOf(NOISE, decoys({ selected: 6, noise_rate: 1 }));
  assert.match(
    text,
    /\*\*Columns of noise rank as high as the genes of the set/,
  );
});

Deno.test("noise: a low rate needs no other rule", async () => {
  const text = await partOf(
    NOISE,
    decoys({ noise_rate: 0.08, lowest_noise_rate: 0.05 }),
  );
  assert.match(text, /does not look at noise, but the rate is low\./);
  assert.doesNotMatch(text, /--shap\.cutoff/);
});

Deno.test("noise: a reachable rate is that of the default", async () => {
  const text = await partOf(NOISE, decoys({ lowest_noise_rate: 0.06 }));
  assert.match(text, /`--shap\.cutoff noise`, added .* rate of at most 10 %/);
});

Deno.test("noise: if no cutoff helps, none is proposed", async () => {
  const text = await partOf(NOISE, decoys({ lowest_noise_rate: 1 }));
  assert.match(text, /no cutoff of this ranking selects genes more often/);
  assert.doesNotMatch(text, /--shap\.cutoff/);
});

Deno.test("noise: if the best cutoff is poor, it is not proposed", async () => {
  const text = await partOf(NOISE, decoys({ lowest_noise_rate: 0.6 }));
  assert.match(text, /No cutoff makes .* rank 9, has a rate of 60 %/);
  assert.doesNotMatch(text, /--shap\.cutoff/);
});

Deno.test("noise: that none of a few is selected proves little", async () => {
  const text = await partOf(
    NOISE,
    decoys({ selected: 0, rate: 0, noise_rate: 10 / 27 }),
  );
  assert.match(
    text,
    /No decoy ranks as high; .* shown to be lower than 37 %\./,
  );
});

Deno.test("noise: selection by the rate is called so", async () => {
  const changes = { summary: { cutoff_rule: "noise" as const } };
  const text = await partOf(NOISE, changes);
  assert.match(text, /at most the one that was asked for/);
  const { text: section } = await report(changes);
  assert.match(section, /last rank at which the noise rate, measured/);
  assert.doesNotMatch(section, /does not look at noise/);
});

Deno.test("networks: overlap beside chance, and the tissues' range", async () => {
  const text = await partOf("Another network");
  assert.match(text, /share \*\*55 %\*\* of each tissue's 4 best genes \(two/);
  assert.match(text, /would share 10 %\)\. .* is 0\.41/);
  assert.match(text, /between 50 % \(leaf\) and 60 % \(root\)/);
  assert.match(text, /most of the best genes again/);
  // With 4 best genes there is no other ten.
  assert.doesNotMatch(text, /10 best/);
});

Deno.test("networks: words follow the overlap", async () => {
  const words = (overlap: number) =>
    partOf("Another network", {
      summary: {
        networks_stability: {
          ensemble: 3,
          top: 100,
          overlap,
          overlap_top_10: 0.65,
          spearman: 0.4,
          chance_overlap: 0.1,
        },
      },
    });
  assert.match(await words(0.85), /names much the same genes/);
  assert.match(await words(0.85), /65 % of the 10 best \(by chance 1\.0 %\)/);
  assert.match(
    await words(0.4),
    /depend on the random numbers of its training/,
  );
  assert.match(await words(0.15), /hardly predict another's/);
});

Deno.test("what was not done is said with the flag that does it", async () => {
  assert.match(
    await partOf(NOISE, { summary: { decoys: null } }),
    /Not done: .*`--prepare\.decoys auto`, added to \[the command/,
  );
  assert.match(
    await partOf("Another network", { summary: { networks_stability: null } }),
    /Not done: .*`--cnn\.ensemble 3`/,
  );
});

Deno.test("knockoffs stand in the place of the noise rate", async () => {
  const knockoffs = {
    fdr: 0.1,
    tissues: [
      { tissue: "leaf", threshold: 0.25, listed: 12, below: 0 },
      { tissue: "root", threshold: null, listed: 0, below: 0 },
    ],
  };
  const summary = { decoys: null, cutoff_rule: "knockoff", knockoffs } as const;
  const text = await partOf("Genes and their knockoffs", { summary });
  assert.match(text, /and one more, are at most 10 % of those listed/);
  assert.match(text, /\| leaf \| 0\.250 \| 12 \| 0 \|/);
  assert.match(text, /\| root \| none \| 0 \| 0 \|/);
  const { verdict } = await report({ summary });
  assert.match(verdict, /1 of 2 tissues have genes at a false discovery rate/);
  assert.doesNotMatch(verdict, /noise rate of the ranking is/i);
});
