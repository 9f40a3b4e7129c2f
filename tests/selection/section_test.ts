/** Decoys and networks in the report. */

import assert from "node:assert/strict";
import { madeDecoys, partOf, report } from "../shap/made_report.ts";

const CHANCE = "Genes in the set by chance";

/** A run with other decoys. */
const decoys = (changes: Partial<typeof madeDecoys>) => ({
  summary: { decoys: { ...madeDecoys, ...changes } },
});

Deno.test("decoys: rate, genes by chance, and a rule that is better", async () => {
  const text = await partOf(CHANCE);
  assert.match(text, /\*\*1 of 8 decoys was selected \(13 %\)\.\*\*/);
  // 5 of 12 genes; with two decoys 2 / 8 * 40 / 12.
  assert.match(text, /about 5 of the 12 genes .* at most 42 % \(83 % with one/);
  assert.match(text, /every 100 genes in the set, up to about 42 may mean/);
  assert.match(
    text,
    /\*\*The cutoff does not control false discoveries\.\*\* The study's/,
  );
  // 0.3125, up to three decimals, as no cutoff has a rate of 0.1.
  assert.match(text, /`--shap\.cutoff fdr --shap\.fdr 0\.313`, added to \[the/);
  assert.match(text, /lowest rate of any cutoff is 31 %, at rank 9/);
  // Down to rank 9: 1 / 8 * 40 / 40 = 0.125; down to rank 10 0.25.
  assert.match(text, /\| of this run \| 7 \| 12 \| 1 \|/);
  assert.match(text, /\| rate at most 20 % \| 9 \| 40 \| 0 \|/);
  assert.doesNotMatch(text, /at most 10 % \|/);
});

Deno.test("decoys: more genes by chance than the set holds are capped", async () => {
  const text = await partOf(
    CHANCE,
    decoys({
      selected: 6,
      rate: 0.75,
      false_genes: 30,
      false_discovery_rate: 1,
    }),
  );
  assert.match(text, /30 would be\. So up to about 12 of the 12 genes/);
  assert.match(text, /genes that mean nothing rank as high as the set/);
});

Deno.test("decoys: a low rate needs no other rule", async () => {
  const text = await partOf(
    CHANCE,
    decoys({ false_discovery_rate: 0.08, lowest_false_discovery_rate: 0.05 }),
  );
  assert.match(text, /does not look at chance, but the rate is low\./);
  assert.doesNotMatch(text, /--shap\.cutoff/);
});

Deno.test("decoys: a reachable rate is that of the default", async () => {
  const text = await partOf(
    CHANCE,
    decoys({ lowest_false_discovery_rate: 0.06 }),
  );
  assert.match(text, /`--shap\.cutoff fdr`, added .* rate of at most 10 %/);
});

Deno.test("decoys: if no cutoff helps, none is proposed", async () => {
  const text = await partOf(CHANCE, decoys({ lowest_false_discovery_rate: 1 }));
  assert.match(text, /no cutoff of this ranking selects more than chance/);
  assert.doesNotMatch(text, /--shap\.cutoff/);
});

Deno.test("decoys: if the best cutoff is poor, it is not proposed", async () => {
  const text = await partOf(
    CHANCE,
    decoys({ lowest_false_discovery_rate: 0.6 }),
  );
  assert.match(text, /No cutoff makes .* rank 9, has a rate of 60 %/);
  assert.doesNotMatch(text, /--shap\.cutoff/);
});

Deno.test("decoys: that none of a few is selected proves little", async () => {
  const text = await partOf(
    CHANCE,
    decoys({ selected: 0, rate: 0, false_genes: 0, false_discovery_rate: 0 }),
  );
  // 1 / 8 * 40 / 12
  assert.match(text, /\*\*None of 8 decoys .* would be 42 %: with so few/);
});

Deno.test("decoys: selection by the rate is called so", async () => {
  const changes = { summary: { cutoff_rule: "fdr" as const } };
  const text = await partOf(CHANCE, changes);
  assert.match(text, /at most the one that was asked for/);
  const { text: section } = await report(changes);
  assert.match(section, /last rank at which the false discovery rate/);
  assert.doesNotMatch(section, /does not control false discoveries/);
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
    await partOf(CHANCE, { summary: { decoys: null } }),
    /Not done: .*`--prepare\.decoys 0\.1`, added to \[the command/,
  );
  assert.match(
    await partOf("Another network", { summary: { networks_stability: null } }),
    /Not done: .*`--cnn\.ensemble 3`/,
  );
});
